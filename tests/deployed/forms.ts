// Kustomizations that are built, and such that are refused: tests/oracles/kustomize-forms.test.ts asks it.
import { deployment } from "./trees.js";

const RESOURCES = "resources:\n- web.yaml\n";
const IMAGES = "images:\n- name: q.io/a\n  newTag: v2\n";
const BOTH = RESOURCES + IMAGES;
const PATCH =
  "patches:\n- patch: |-\n    kind: Deployment\n    apiVersion: apps/v1\n    metadata: {name: web}\n" +
  "    spec: {template: {spec: {containers: [{name: app, image: 'q.io/z:v1'}]}}}\n";
const COMPONENT = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n";

/** What stands beside the kustomization `app/kustomization.yaml`. */
export const BESIDE: Readonly<Record<string, string>> = {
  "app/web.yaml": deployment("q.io/a:v1"),
  "app/p.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n",
  "app/empty/notes.txt": "",
  "db/db.yaml": deployment("q.io/db:v1", "db"),
  "db/kustomization.yaml": "resources: [db.yaml]\n",
  "wrong/kustomization.yaml": "resources: [gone.yaml]\n",
  "part/kustomization.yaml": `${COMPONENT}images: [{name: q.io/other, newTag: v3}]\n`,
};

/** By what is special: what it says, and whether it is built and then replaces the image of `web.yaml`. */
export const FORMS: Readonly<Record<string, readonly [text: string, isBuilt: boolean]>> = {
  "nothing special": [BOTH, true],
  "a kind and its version": [
    `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: {name: a}\n${BOTH}`,
    true,
  ],
  "keys without a value": [`${BOTH}patches:\ncomponents:\nreplacements: ~\n`, true],
  "lists without a value, left to a parser": [`${BOTH}patches:\nlabels: [{pairs: {a: "\\x62"}}]\n`, true],
  "a tag of digits in quotes": [`${RESOURCES}images:\n- name: q.io/a\n  newTag: "2"\n`, true],
  "a folder that has one": [`resources: [web.yaml, ../db]\n${IMAGES}`, true],
  "a component": [`${BOTH}components: [../part]\n`, true],
  "a patch in a file": [`${BOTH}patches: [{path: p.yaml}]\n`, true],
  "an entry of nothing": [`${RESOURCES}images: [null]\n${PATCH}`, true],
  "images: a mapping": [`${RESOURCES}images: {}\n${PATCH}`, false],
  "images: a text": [`${RESOURCES}images: a\n${PATCH}`, false],
  "images: a list of texts": [`${RESOURCES}images: [a]\n${PATCH}`, false],
  "images: a key of another name": [`${BOTH}  tag: v2\n`, false],
  "images: a number as tag": [`${RESOURCES}images:\n- name: q.io/a\n  newTag: 1.10\n`, false],
  "images: a truth as tag": [`${RESOURCES}images: [{name: q.io/a, newTag: true}]\n`, false],
  "resources: a text": [`resources: web.yaml\n${IMAGES}`, false],
  "resources: a mapping in the list": [`resources: [web.yaml, {path: p.yaml}]\n${IMAGES}`, false],
  "resources: nothing in the list": [`resources: [web.yaml, null]\n${IMAGES}`, false],
  "resources: a file that is not there": [`resources: [web.yaml, gone.yaml]\n${IMAGES}`, false],
  "resources: a folder that is not there": [`resources: [web.yaml, ../gone]\n${IMAGES}`, false],
  "resources: a folder without one": [`resources: [web.yaml, ./empty]\n${IMAGES}`, false],
  "resources: a folder with a wrong one": [`resources: [web.yaml, ../wrong]\n${IMAGES}`, false],
  "resources: a component": [`resources: [web.yaml, ../part]\n${IMAGES}`, false],
  "resources: a file twice": [`resources: [web.yaml, ./web.yaml]\n${IMAGES}`, false],
  "resources: itself": [`resources: [web.yaml, .]\n${IMAGES}`, false],
  "bases: a text": [`${BOTH}bases: a\n`, false],
  "components: a text": [`${BOTH}components: a\n`, false],
  "components: not there": [`${BOTH}components: [../gone]\n`, false],
  "components: no component": [`${BOTH}components: [../db]\n`, false],
  "patches: a text": [`${BOTH}patches: a\n`, false],
  "patches: a mapping": [`${BOTH}patches: {}\n`, false],
  "patches: a list of texts": [`${BOTH}patches: [p.yaml]\n`, false],
  "patches: not there": [`${BOTH}patches: [{path: gone.yaml}]\n`, false],
  "patches: in a file and in place": [`${BOTH}patches: [{path: p.yaml, patch: "a: b"}]\n`, false],
  "patches: without a patch": [`${BOTH}patches: [{target: {kind: Deployment}}]\n`, false],
  "patches: a key of another name": [`${BOTH}patches: [{path: p.yaml, name: a}]\n`, false],
  "patchesStrategicMerge: a mapping": [`${BOTH}patchesStrategicMerge: {}\n`, false],
  "patchesStrategicMerge: not there": [`${BOTH}patchesStrategicMerge: [gone.yaml]\n`, false],
  "patchesJson6902: without a target": [`${BOTH}patchesJson6902: [{path: p.yaml}]\n`, false],
  "configurations: not there": [`${BOTH}configurations: [gone.yaml]\n`, false],
  "a bracket at the beginning of a line": [`resources: [\n  web.yaml,\n]\n${IMAGES}`, true],
  "a key twice": [`resources: [p.yaml]\n${BOTH}`, true],
  "labels: a number in quotes": [`${BOTH}commonLabels: {version: "1"}\n`, true],
  "labels: a number": [`${BOTH}commonLabels:\n  version: 1\n`, false],
  "labels: a list": [`${BOTH}commonLabels: [a]\n`, false],
  "labels: a truth of YAML 1.1": [`${BOTH}labels: [{pairs: {istio: on}}]\n`, false],
  "labels: a key of another name": [`${BOTH}labels: [{pair: {a: b}}]\n`, false],
  "namePrefix: a mapping": [`${BOTH}namePrefix: {a: b}\n`, false],
  "images: a truth of YAML 1.1 as tag": [`${RESOURCES}images: [{name: q.io/a, newTag: y}]\n`, false],
  "images: a date as tag": [`${RESOURCES}images: [{name: q.io/a, newTag: 2024-01-01}]\n`, true],
  "images: a commit that is a number": [`${RESOURCES}images: [{name: q.io/a, newTag: 1234e56}]\n`, false],
  "images: a commit that is none": [`${RESOURCES}images: [{name: q.io/a, newTag: 1234e567}]\n`, true],
  "replicas: a text": [`${BOTH}replicas: [{name: web, count: "2"}]\n`, false],
  "replicas: a key of another name": [`${BOTH}replicas: [{name: web, replicas: 2}]\n`, false],
  "configMapGenerator: without a name": [`${BOTH}configMapGenerator: [{literals: [a=b]}]\n`, false],
  "configMapGenerator: a mapping": [`${BOTH}configMapGenerator: {name: a}\n`, false],
  "configMapGenerator: literals in a mapping": [
    `${BOTH}configMapGenerator: [{name: a, literals: {a: b}}]\n`,
    false,
  ],
  "patches: a target of another form": [`${BOTH}patches: [{path: p.yaml, target: {labels: a=b}}]\n`, false],
  "patches: operations without a target": [
    `${BOTH}patches: [{patch: "- {op: add, path: /metadata/labels/a, value: b}"}]\n`,
    false,
  ],
  "patches: the name of a file": [`${BOTH}patches: [{patch: p.yaml}]\n`, false],
  "replacements: without targets": [
    `${BOTH}replacements: [{source: {kind: Deployment, name: web}}]\n`,
    false,
  ],
  "helmCharts: a key of another name": [`${BOTH}helmCharts: [{name: a, values: b.yaml}]\n`, false],
  "crds: not there": [`${BOTH}crds: [gone.yaml]\n`, false],
  "transformers: not there": [`${BOTH}transformers: [gone.yaml]\n`, false],
  "openapi: not there": [`${BOTH}openapi: {path: gone.json}\n`, false],
  "nothing but a kind": ["apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n", false],
  "an unknown key": [`${BOTH}image: []\n`, false],
  "an unknown key without a value": [`${BOTH}x-images:\n`, false],
  "another kind": [`kind: Foo\n${BOTH}`, false],
  "another version": [`apiVersion: kustomize.config.k8s.io/v1\nkind: Kustomization\n${BOTH}`, false],
  "Flux's kind": [
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\n${BOTH}`,
    false,
  ],
};
