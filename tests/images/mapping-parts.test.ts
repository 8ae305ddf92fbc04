// Which mappings are images, and which row of the vocabulary fits them.
import { lines } from "../support/lines.js";
import { DIGEST, itFinds } from "./cases.js";

/** A Skyhook with one package of these keys. */
function skyhook(...keys: readonly string[]): string {
  return lines(
    "apiVersion: skyhook.nvidia.com/v1alpha1",
    "kind: Skyhook",
    "spec:",
    "  packages:",
    "    a:",
    ...keys.map((key) => `      ${key}`),
  );
}

itFinds("mappings", [
  [
    "under a name that says nothing",
    "proxy:\n  repository: a/b\n  tag: v1\n",
    "values.yaml",
    ["a/b:v1 unpinned"],
  ],
  [
    "a tag or a repository alone under such a name",
    "proxy:\n  tag: v1\nother:\n  repository: a/b\n",
    "values.yaml",
    [],
  ],
  [
    "a chart's repository",
    lines(
      "chart:",
      "  repository: oci://ghcr.io/a/charts",
      "  tag: v1",
      "b:",
      "  repository: https://charts.example",
      "  tag: v1",
    ),
    "values.yaml",
    [],
  ],
  ["defaultImage", "defaultImage:\n  tag: v1\n", "values.yaml", []],
  [
    "a mapping in images",
    "images:\n  a:\n    tag: v1\n  b: { repository: x/y, tag: v2 }\n",
    "values.yaml",
    [":v1 incomplete", "x/y:v2 unpinned"],
  ],
  [
    "ingress-nginx's image beside registry",
    "image:\n  registry: registry.k8s.io\n  image: ingress-nginx/controller\n  tag: v1\n",
    "values.yaml",
    ["registry.k8s.io/ingress-nginx/controller:v1 unpinned suggest chart-unknown"],
  ],
  [
    "a triplet of no known kind",
    "driver:\n  repository: nvcr.io/nvidia\n  image: driver\n  version: v1\n",
    "values.yaml",
    ["nvcr.io/nvidia/driver:v1 unpinned none chart-unknown"],
  ],
  [
    "NicClusterPolicy",
    lines(
      "apiVersion: mellanox.com/v1alpha1",
      "kind: NicClusterPolicy",
      "spec:",
      "  ofedDriver:",
      "    repository: nvcr.io/nvidia/mellanox",
      "    image: doca-driver",
      "    version: v1",
    ),
    "n.yaml",
    ["nvcr.io/nvidia/mellanox/doca-driver:v1 unpinned none no-digest-slot"],
  ],
  ["Skyhook", skyhook("image: ghcr.io/a/b", "version: v1"), "s.yaml", ["ghcr.io/a/b:v1 unpinned"]],
  [
    "Skyhook, pinned",
    skyhook("image: ghcr.io/a/b", "version: v1", `containerSHA: ${DIGEST}`),
    "s.yaml",
    [`ghcr.io/a/b:v1@${DIGEST} pinned`],
  ],
  [
    "Skyhook, the version in the image too",
    skyhook("image: ghcr.io/a/b:1.2.3", "version: 1.2.3"),
    "s.yaml",
    ["ghcr.io/a/b:1.2.3 unpinned"],
  ],
  [
    "Skyhook, another tag in the image",
    skyhook("image: ghcr.io/a/b:1.2.3", "version: 1.2.4"),
    "s.yaml",
    ["ghcr.io/a/b:1.2.3:1.2.4 invalid"],
  ],
  [
    "Skyhook under its new name",
    lines(
      "apiVersion: nodewright.nvidia.com/v1alpha1",
      "kind: NodeWright",
      "spec:",
      "  packages:",
      "    a:",
      "      image: ghcr.io/a/b",
      "      version: 1.2.3",
    ),
    "s.yaml",
    ["ghcr.io/a/b:1.2.3 unpinned"],
  ],
  [
    "image and version in any other kind",
    "apiVersion: x.io/v1\nkind: X\nspec:\n  image: ghcr.io/a/b\n  version: v1\n",
    "x.yaml",
    ["ghcr.io/a/b incomplete"],
  ],
  [
    "HelmRelease's values",
    lines(
      "apiVersion: helm.toolkit.fluxcd.io/v2",
      "kind: HelmRelease",
      "spec:",
      "  chart: { spec: { chart: x, version: 1.0.0 } }",
      "  values:",
      "    image: nginx",
      "    proxy: { repository: a/b, tag: v1 }",
    ),
    "hr.yaml",
    ["nginx incomplete", "a/b:v1 unpinned"],
  ],
  [
    "Kustomization",
    "images:\n  - name: a\n    newName: quay.io/a/b\n    newTag: v1\n  - name: c\n",
    "base/kustomization.yaml",
    ["quay.io/a/b:v1 unpinned"],
  ],
]);
