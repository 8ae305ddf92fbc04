// Every field that a kustomization may have, and texts in which one of them is not as it should be.
import { dump } from "js-yaml";
import { deployment } from "./trees.js";

const COMPONENT = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n";
const PLUGIN = "apiVersion: builtin\nmetadata: {name: x}\n";

/** What stands beside the kustomization `app/kustomization.yaml`. */
export const BESIDE_VARIANTS: Readonly<Record<string, string>> = {
  "app/web.yaml": deployment("q.io/a:v1"),
  "app/db.yaml": deployment("q.io/db:v1", "db"),
  "app/p.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n",
  "app/j.yaml": "- {op: add, path: /metadata/annotations, value: {x: y}}\n",
  "app/data.txt": "x\n",
  "app/data.env": "A=b\n",
  "app/more.env": "B=c\n",
  "app/names.yaml": "namePrefix:\n- path: metadata/name\n",
  "app/crd.json": "{}\n",
  "app/openapi.json": '{"definitions": {}}\n',
  "app/generator.yaml": `kind: ConfigMapGenerator\n${PLUGIN}name: g\nliterals: [a=b]\n`,
  "app/transformer.yaml": `kind: ImageTagTransformer\n${PLUGIN}imageTag: {name: q.io/other, newTag: v2}\n`,
  "app/replacement.yaml":
    "source: {kind: Deployment, name: web, fieldPath: metadata.name}\n" +
    "targets: [{select: {kind: Deployment, name: web}, fieldPaths: [metadata.labels.app]}]\n",
  "part/kustomization.yaml": `${COMPONENT}images: [{name: q.io/other, newTag: v3}]\n`,
  "two/kustomization.yaml": "resources: [two.yaml]\n",
  "two/two.yaml": deployment("q.io/two:v1", "two"),
};

const OPTIONS = { labels: { a: "b" }, annotations: { c: "d" }, disableNameSuffixHash: true, immutable: true };
const TARGET = {
  group: "apps",
  version: "v1",
  kind: "Deployment",
  name: "web",
  namespace: "",
  labelSelector: "app=web",
  annotationSelector: "",
};
const MAP = {
  name: "m",
  namespace: "n",
  behavior: "create",
  literals: ["a=b"],
  files: ["data.txt"],
  envs: ["data.env"],
  options: OPTIONS,
};
const PATCH = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3}\n";
const IMAGE = { name: "q.io/a", newName: "q.io/b", newTag: "v2", digest: "", tagSuffix: "" };

/** A right value of every key, with all that may stand in it. `resources` are there in any case. */
const RIGHT: Readonly<Record<string, unknown>> = {
  apiVersion: "kustomize.config.k8s.io/v1beta1",
  kind: "Kustomization",
  metadata: { name: "a", namespace: "b", labels: { c: "d" }, annotations: { e: "f" } },
  openapi: { path: "openapi.json" },
  namePrefix: "a-",
  nameSuffix: "-b",
  namespace: "c",
  commonLabels: { a: "b" },
  labels: [
    {
      pairs: { a: "b" },
      includeSelectors: false,
      includeTemplates: true,
      includeVolumeClaimTemplates: true,
      fields: [{ group: "apps", version: "v1", kind: "Deployment", path: "spec/x", create: true }],
    },
  ],
  commonAnnotations: { a: "b" },
  patchesStrategicMerge: ["p.yaml", PATCH],
  patchesJson6902: [{ path: "j.yaml", target: TARGET }],
  patches: [
    { path: "p.yaml", target: TARGET, options: { allowNameChange: true, allowKindChange: true } },
    { patch: PATCH },
  ],
  images: [IMAGE],
  imageTags: [IMAGE],
  replacements: [
    {
      source: {
        group: "apps",
        version: "v1",
        kind: "Deployment",
        name: "web",
        namespace: "",
        fieldPath: "metadata.name",
        options: { delimiter: "-", index: 0, encoding: "", create: false },
      },
      targets: [
        {
          select: TARGET,
          reject: [{ ...TARGET, name: "db" }],
          fieldPaths: ["metadata.labels.app"],
          options: { delimiter: "-", index: 0, encoding: "", create: true },
        },
      ],
    },
    { sourceValue: "x", targets: [{ select: TARGET, fieldPaths: ["metadata.labels.app"] }] },
    { path: "replacement.yaml" },
  ],
  replicas: [{ name: "web", count: 2 }],
  vars: [
    {
      name: "V",
      objref: {
        apiVersion: "apps/v1",
        group: "",
        version: "",
        kind: "Deployment",
        name: "web",
        namespace: "",
      },
      fieldref: { fieldPath: "metadata.name" },
    },
  ],
  sortOptions: { order: "legacy", legacySortOptions: { orderFirst: ["Namespace"], orderLast: ["Service"] } },
  components: ["../part"],
  crds: ["crd.json"],
  bases: ["../two"],
  configMapGenerator: [MAP],
  secretGenerator: [{ ...MAP, type: "Opaque", env: "more.env" }],
  helmGlobals: { chartHome: "a", configHome: "b" },
  helmCharts: [
    {
      name: "a",
      version: "1.0.0",
      repo: "https://example.com",
      releaseName: "b",
      namespace: "c",
      additionalValuesFiles: ["d.yaml"],
      valuesFile: "e.yaml",
      valuesInline: { f: [1, { g: true }] },
      valuesMerge: "override",
      includeCRDs: true,
      skipHooks: true,
      apiVersions: ["v1"],
      kubeVersion: "1.30",
      nameTemplate: "x",
      skipTests: true,
      debug: true,
      devel: true,
    },
  ],
  helmChartInflationGenerator: [
    {
      chartName: "a",
      chartVersion: "1.0.0",
      chartRepoUrl: "https://example.com",
      chartHome: "b",
      chartRepoName: "c",
      helmBin: "d",
      helmHome: "e",
      values: "f.yaml",
      valuesLocal: { g: 1 },
      valuesMerge: "override",
      releaseName: "h",
      releaseNamespace: "i",
      extraArgs: ["j"],
    },
  ],
  generatorOptions: OPTIONS,
  configurations: ["names.yaml"],
  generators: ["generator.yaml"],
  transformers: ["transformer.yaml"],
  validators: ["transformer.yaml"],
  buildMetadata: ["originAnnotations", "transformerAnnotations", "managedByLabel"],
};

/** What takes the place of each value in turn. */
const OTHERS: readonly unknown[] = [
  null,
  "other",
  "",
  2,
  1.5,
  true,
  [],
  {},
  ["other"],
  [2],
  [null],
  [[]],
  [{}],
  { other: "x" },
  { other: 2 },
  { other: null },
  { other: {} },
];

/** Each value in which one thing was replaced, left out or added, and what was done. */
function* changed(value: unknown, path: string): Generator<readonly [string, unknown]> {
  for (const other of OTHERS) yield [`${path} = ${JSON.stringify(other)}`, other];
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    for (const [index, item] of items.entries())
      for (const [name, next] of changed(item, `${path}[${String(index)}]`))
        yield [name, items.with(index, next)];
  } else if (typeof value === "object" && value !== null) {
    yield [`${path}.unknown`, { ...value, unknown: "x" }];
    for (const [key, child] of Object.entries(value)) {
      const others = Object.entries(value).filter(([other]) => other !== key);
      yield [`${path} without ${key}`, Object.fromEntries(others)];
      for (const [name, next] of changed(child, `${path}.${key}`)) yield [name, { ...value, [key]: next }];
    }
  }
}

/** The kustomization with one more key. */
const textOf = (key: string, value: unknown): string =>
  dump({ resources: ["web.yaml", "db.yaml"], [key]: value });

/** Plain texts, some of which YAML 1.1 reads as something else. */
const PLAIN = [
  ..."v1 1.10 1 0 012 08 0x1F 0x 0b11 0b2 0o17 1_000 1__0 _1 1e3 1E-3 1e 12e456 1.e3 .5 .5e1".split(" "),
  ...". .. +1 -1 +.5 1.2.3 .1.2 1:30 1-2 y Y n yes Yes yEs no NO on On off OFF true True tRUE".split(" "),
  ..."false t f ~ null Null nULL 2024-01-01 2024-01-01T00:00:00Z".split(" "),
  ..."9223372036854775808 0x10000000000000000 .inf -.INF .iNF .nan .NaN nan !!str <<".split(" "),
  ...["!!str 1.10", "!!int 1", '"1.10"', "'true'", "1e3 # note"],
];

/** How each of them may be written. */
const ways = (value: string): Readonly<Record<string, string>> => ({
  block: `images:\n- name: q.io/a\n  newTag: ${value}\n`,
  flow: `images:\n- {name: q.io/a, newTag: ${value}\n  }\n`,
  "beside an alias": `images:\n- &i\n  name: q.io/a\n  newTag: ${value}\n- *i\n`,
  "as a number": `replicas:\n- name: web\n  count: ${value}\n`,
  "as a truth": `generatorOptions:\n  immutable: ${value}\n`,
});

/** All forms by what is special. */
export function variants(): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries({ ...RIGHT, resources: ["web.yaml", "db.yaml"] })) {
    texts.set(key, textOf(key, value));
    for (const [name, next] of changed(value, key)) texts.set(name, textOf(key, next));
  }
  for (const value of PLAIN)
    for (const [way, text] of Object.entries(ways(value)))
      texts.set(`${value} ${way}`, `resources:\n- web.yaml\n${text}`);
  return texts;
}
