// Images that kustomize replaces, and its patches.
import { describe } from "vitest";
import { documents, lines } from "../support/lines.js";
import { D, resource, testShapes, type ShapeCase } from "./shape-cases.js";

const cases: readonly ShapeCase[] = [
  {
    name: "Argo CD: values as an object, as a string, and kustomize's images",
    file: "a.yaml",
    text: resource(
      "argoproj.io/v1alpha1",
      "Application",
      lines(
        "spec:",
        "  sources:",
        "    - helm:",
        "        valuesObject: { image: { repository: a/b, tag: v1 } }",
        "    - helm:",
        "        values: |",
        "          image:",
        "            repository: c/d",
        "            tag: v2",
        "    - kustomize: { images: ['e=quay.io/e/f:v3'] }",
      ),
    ),
    found: ["a/b:v1 unpinned", "c/d:v2 unpinned", "quay.io/e/f:v3 unpinned"],
    pinned: { "tag: v1": `tag: v1@${D}`, "tag: v2": `tag: v2@${D}`, "f:v3": `f:v3@${D}` },
  },
  {
    name: "Flux: Kustomization and post-renderers",
    file: "f.yaml",
    text: documents(
      resource(
        "kustomize.toolkit.fluxcd.io/v1",
        "Kustomization",
        "spec:\n  images:\n    - name: a/b\n      newTag: v1\n",
      ),
      resource(
        "helm.toolkit.fluxcd.io/v2",
        "HelmRelease",
        lines(
          "spec:",
          "  postRenderers:",
          "    - kustomize:",
          "        images:",
          "          - name: c/d",
          "            newTag: v2",
        ),
      ),
    ),
    found: ["a/b:v1 unpinned", "c/d:v2 unpinned"],
  },
  {
    name: "Kustomization by its kind",
    file: "any.yaml",
    text: resource(
      "kustomize.config.k8s.io/v1alpha1",
      "Component",
      "images:\n  - name: a\n    newName: b/c\n    newTag: v1\n    digest: ''\n",
    ),
    found: ["b/c:v1 unpinned"],
    pinned: { "digest: ''": `digest: '${D}'` },
  },
  {
    name: "kustomize's patches as strings",
    file: "kustomization.yaml",
    text: lines(
      "patches:",
      "  - patch: |-",
      "      - op: replace",
      "        path: /spec/template/spec/containers/0/image",
      "        value: nginx:1",
    ),
    found: ["nginx:1 unpinned"],
    pinned: { "nginx:1": `nginx:1@${D}` },
  },
  {
    name: "a JSON patch in a file of its own",
    file: "patch.yaml",
    text: lines(
      "- op: replace",
      "  path: /spec/image",
      "  value: ghcr.io/a/b:1",
      "- op: replace",
      "  path: /spec/replicas",
      "  value: a:1",
    ),
    found: ["ghcr.io/a/b:1 unpinned"],
  },
  {
    name: "a strategic merge patch without a kind",
    file: "patch.yaml",
    text: "spec:\n  template:\n    spec:\n      containers:\n        - name: a\n          image: a:1\n",
    found: ["a:1 unpinned"],
  },
];

describe("kustomize, Argo CD and Flux", () => {
  testShapes(cases);
});
