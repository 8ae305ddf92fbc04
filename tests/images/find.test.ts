import { describe, expect, it } from "vitest";
import { fieldsOf, settingsOf, summary } from "./fields-of.js";

const DIGEST = `sha256:${"a".repeat(64)}`;
const POD = (image: string): string =>
  `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: ${image}\n`;

/** name, text, file, what is found */
type Case = readonly [name: string, text: string, filename: string, found: readonly string[]];

const strings: readonly Case[] = [
  ["a container", POD("nginx:1.27"), "pod.yaml", ["nginx:1.27 unpinned"]],
  ["a container without a tag, which is latest", POD("ubuntu"), "pod.yaml", ["ubuntu unpinned"]],
  ["a pinned container", POD(`nginx:1.27@${DIGEST}`), "pod.yaml", [`nginx:1.27@${DIGEST} pinned`]],
  ["a container pinned without a tag", POD(`nginx@${DIGEST}`), "pod.yaml", [`nginx@${DIGEST} pinned`]],
  [
    "63 digits",
    POD(`nginx@sha256:${"a".repeat(63)}`),
    "pod.yaml",
    [`nginx@sha256:${"a".repeat(63)} invalid`],
  ],
  [
    "upper case in a container",
    POD("docker.io/Library/nginx:1"),
    "pod.yaml",
    ["docker.io/Library/nginx:1 invalid"],
  ],
  ["white space in a container", POD("nginx latest"), "pod.yaml", ["nginx latest invalid"]],
  ["an empty image", POD('""'), "pod.yaml", []],
  ["a null image", POD("null"), "pod.yaml", []],
  ["a placeholder", POD("<YOUR-IMAGE>"), "pod.yaml", []],
  ["istio's auto", POD("auto"), "pod.yaml", []],
  ["ko's import path", POD("ko://example.com/cmd"), "pod.yaml", []],
  ["an expression", POD("${REGISTRY}/app:1"), "pod.yaml", ["${REGISTRY}/app:1 templated"]],
  ["Tekton's parameter", POD("$(params.image)"), "pod.yaml", ["$(params.image) templated"]],
  ["imagePullPolicy: Never", POD("app:dev\n      imagePullPolicy: Never"), "pod.yaml", ["app:dev local"]],
  ["localhost", POD("localhost/app:dev"), "pod.yaml", ["localhost/app:dev local"]],
  ["a loopback registry", POD("127.0.0.1:5000/app:dev"), "pod.yaml", ["127.0.0.1:5000/app:dev local"]],
  [
    "init and ephemeral containers",
    "apiVersion: v1\nkind: Pod\nspec:\n  initContainers: [{ image: a:1 }]\n  ephemeralContainers: [{ image: b:2 }]\n",
    "pod.yaml",
    ["a:1 unpinned", "b:2 unpinned"],
  ],
  [
    "a Pod spec deep in a custom resource",
    "apiVersion: x.io/v1\nkind: Job\nspec:\n  a:\n    - b:\n        containers:\n          - image: a:1\n",
    "x.yaml",
    ["a:1 unpinned"],
  ],
  [
    "containers in a file of no kind",
    "job:\n  containers:\n    - image: busybox\n",
    "x.yaml",
    ["busybox unpinned"],
  ],
  [
    "an image volume",
    "apiVersion: v1\nkind: Pod\nspec:\n  volumes:\n    - name: a\n      image:\n        reference: quay.io/a/b:1\n",
    "pod.yaml",
    ["quay.io/a/b:1 unpinned"],
  ],
  [
    "a custom resource's image with a tag",
    "apiVersion: x.io/v1\nkind: X\nspec:\n  image: a/b:1\n",
    "x.yaml",
    ["a/b:1 unpinned"],
  ],
  [
    "a custom resource's image with a registry alone",
    "apiVersion: x.io/v1\nkind: X\nspec:\n  image: quay.io/a/b\n",
    "x.yaml",
    ["quay.io/a/b incomplete"],
  ],
  ["a custom resource's bare word", "apiVersion: x.io/v1\nkind: X\nspec:\n  image: ubuntu\n", "x.yaml", []],
  [
    "*Image in a custom resource",
    "apiVersion: x.io/v1\nkind: X\nspec:\n  proxyImage: a:1\n",
    "x.yaml",
    ["a:1 unpinned"],
  ],
  ["a string in values", "image: nginx:1.27\n", "values.yaml", ["nginx:1.27 unpinned"]],
  ["a bare word in values", "image: nginx\n", "values.yaml", ["nginx incomplete"]],
  ["a bare word at *Image in values", "sidecarImage: nginx\n", "values.yaml", []],
  [
    "upper case where a tag or a registry shows an image",
    "image: Nginx:1.27\naImage: quay.io/Foo/bar\nbImage: Foo\n",
    "values.yaml",
    ["Nginx:1.27 invalid", "quay.io/Foo/bar invalid"],
  ],
  ["a picture", "image: logo.png\nheroImage: images/hero.jpg\n", "values.yaml", []],
  ["a path and a URL", "image: ./x\naImage: /x\nbImage: https://example.com/x:1\n", "values.yaml", []],
  ["a VM's image", "image: ami-0123456789abcdef0\n", "values.yaml", []],
  ["true and numbers", "image: true\naImage: 12\n", "values.yaml", []],
  [
    "any other file: a registry or a path, and a tag",
    "baseImage: ghcr.io/a/b:1\nnodeImage: a/b:1\nsideImage: nginx:1\n",
    "config.yaml",
    ["ghcr.io/a/b:1 unpinned", "a/b:1 unpinned"],
  ],
  [
    "any other file: a tag at `image` itself",
    "image: nginx:1.27\nother: { image: nginx }\n",
    "config.yaml",
    ["nginx:1.27 unpinned"],
  ],
  ["any other file: registry alone", "image: ghcr.io/a/b\n", "config.yaml", []],
  [
    "Compose",
    "services:\n  a: { image: postgres }\n  b: { image: mine:1, build: . }\n",
    "docker-compose.yml",
    ["postgres unpinned"],
  ],
  [
    "a workflow",
    "jobs:\n  a:\n    container: node:20\n    services:\n      db: { image: postgres }\n    steps:\n      - uses: docker://alpine:3\n      - uses: actions/checkout@v4\n        with: { image: x }\n",
    "a/.github/workflows/ci.yml",
    ["node:20 unpinned", "postgres unpinned", "alpine:3 unpinned"],
  ],
  [
    "a template's action",
    "image: {{ .Values.image }}\nx: {{ y }}\n",
    "templates/a.yaml",
    ["{{ .Values.image }} templated"],
  ],
  [
    "a quoted action in values",
    'image: "{{ .Values.global.registry }}/a:1"\n',
    "values.yaml",
    ["{{ .Values.global.registry }}/a:1 templated"],
  ],
];

const mappings: readonly Case[] = [
  [
    "repository and tag",
    "image:\n  repository: quay.io/a/b\n  tag: v1\n",
    "values.yaml",
    ["quay.io/a/b:v1 unpinned"],
  ],
  [
    "registry, repository and tag",
    "image:\n  registry: quay.io\n  repository: a/b\n  tag: v1\n",
    "values.yaml",
    ["quay.io/a/b:v1 unpinned"],
  ],
  [
    "an empty digest",
    'image:\n  repository: a/b\n  tag: v1\n  digest: ""\n',
    "values.yaml",
    ["a/b:v1 unpinned"],
  ],
  [
    "a digest",
    `image:\n  repository: a/b\n  tag: v1\n  digest: ${DIGEST}\n`,
    "values.yaml",
    [`a/b:v1@${DIGEST} pinned`],
  ],
  [
    "a broken digest",
    "image:\n  repository: a/b\n  tag: v1\n  digest: sha256:abc\n",
    "values.yaml",
    ["a/b:v1@sha256:abc invalid"],
  ],
  [
    "a digest in the tag",
    `image:\n  repository: a/b\n  tag: v1@${DIGEST}\n`,
    "values.yaml",
    [`a/b:v1@${DIGEST} pinned`],
  ],
  [
    "a digest where a tag stands: `a/b:sha256:…` is no reference",
    `image:\n  repository: a/b\n  tag: ${DIGEST}\n`,
    "values.yaml",
    [`a/b:${DIGEST} invalid`],
  ],
  [
    "a digest where a tag stands, without a repository",
    `image:\n  tag: ${DIGEST}\n`,
    "values.yaml",
    [`:${DIGEST} invalid`],
  ],
  [
    "a digest as newTag, before which kustomize puts a colon",
    `images:\n  - name: nginx\n    newTag: ${DIGEST}\n`,
    "kustomization.yaml",
    [`nginx:${DIGEST} invalid`],
  ],
  [
    "a digest as the version, before which operators put an @",
    `apiVersion: mellanox.com/v1alpha1\nkind: NicClusterPolicy\nspec:\n  ofedDriver:\n    repository: nvcr.io/nvidia\n    image: x\n    version: ${DIGEST}\n`,
    "n.yaml",
    [`nvcr.io/nvidia/x@${DIGEST} pinned`],
  ],
  [
    "a digest as a version in values",
    `image:\n  repository: a/b\n  version: ${DIGEST}\n`,
    "values.yaml",
    [`a/b@${DIGEST} pinned`],
  ],
  [
    "two digests",
    `image:\n  repository: a/b\n  tag: v1@${DIGEST}\n  digest: ${DIGEST}\n`,
    "values.yaml",
    [`a/b:v1@${DIGEST}@${DIGEST} invalid`],
  ],
  ["a tag alone", 'image:\n  tag: "0.9.0"\n', "values.yaml", [":0.9.0 incomplete"]],
  ["a pinned tag alone", `image:\n  tag: v1@${DIGEST}\n`, "values.yaml", [`:v1@${DIGEST} pinned`]],
  ["a repository alone", "image:\n  repository: a/b\n", "values.yaml", ["a/b incomplete"]],
  ["an empty tag", 'image:\n  repository: a/b\n  tag: ""\n', "values.yaml", ["a/b incomplete"]],
  ["null tag and repository", "image:\n  repository: null\n  tag: ~\n", "values.yaml", []],
  ["a pull policy alone", "image:\n  pullPolicy: Always\n", "values.yaml", []],
  [
    "pullPolicy: Never",
    "image:\n  repository: a/b\n  tag: v1\n  pullPolicy: Never\n",
    "values.yaml",
    ["a/b:v1 local"],
  ],
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
    "chart:\n  repository: oci://ghcr.io/a/charts\n  tag: v1\nb:\n  repository: https://charts.example\n  tag: v1\n",
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
    "apiVersion: mellanox.com/v1alpha1\nkind: NicClusterPolicy\nspec:\n  ofedDriver:\n    repository: nvcr.io/nvidia/mellanox\n    image: doca-driver\n    version: v1\n",
    "n.yaml",
    ["nvcr.io/nvidia/mellanox/doca-driver:v1 unpinned none no-digest-slot"],
  ],
  [
    "Skyhook",
    "apiVersion: skyhook.nvidia.com/v1alpha1\nkind: Skyhook\nspec:\n  packages:\n    a:\n      image: ghcr.io/a/b\n      version: v1\n",
    "s.yaml",
    ["ghcr.io/a/b:v1 unpinned"],
  ],
  [
    "Skyhook, pinned",
    `apiVersion: skyhook.nvidia.com/v1alpha1\nkind: Skyhook\nspec:\n  packages:\n    a:\n      image: ghcr.io/a/b\n      version: v1\n      containerSHA: ${DIGEST}\n`,
    "s.yaml",
    [`ghcr.io/a/b:v1@${DIGEST} pinned`],
  ],
  [
    "Skyhook, the version in the image too",
    "apiVersion: skyhook.nvidia.com/v1alpha1\nkind: Skyhook\nspec:\n  packages:\n    a:\n      image: ghcr.io/a/b:1.2.3\n      version: 1.2.3\n",
    "s.yaml",
    ["ghcr.io/a/b:1.2.3 unpinned"],
  ],
  [
    "Skyhook, another tag in the image",
    "apiVersion: skyhook.nvidia.com/v1alpha1\nkind: Skyhook\nspec:\n  packages:\n    a:\n      image: ghcr.io/a/b:1.2.3\n      version: 1.2.4\n",
    "s.yaml",
    ["ghcr.io/a/b:1.2.3:1.2.4 invalid"],
  ],
  [
    "Skyhook under its new name",
    "apiVersion: nodewright.nvidia.com/v1alpha1\nkind: NodeWright\nspec:\n  packages:\n    a:\n      image: ghcr.io/a/b\n      version: 1.2.3\n",
    "s.yaml",
    ["ghcr.io/a/b:1.2.3 unpinned"],
  ],
  [
    "a digest that is not read",
    `image:\n  repository: a/b\n  tag: v1\n  useDigest: false\n  digest: ${DIGEST}\n`,
    "values.yaml",
    ["a/b:v1 unpinned"],
  ],
  ["upper case beside a tag", "image:\n  repository: a/B\n  tag: v1\n", "values.yaml", ["a/B:v1 invalid"]],
  [
    "image and version in any other kind",
    "apiVersion: x.io/v1\nkind: X\nspec:\n  image: ghcr.io/a/b\n  version: v1\n",
    "x.yaml",
    ["ghcr.io/a/b incomplete"],
  ],
  [
    "a number that Helm reads as another",
    "image:\n  repository: a/b\n  tag: 1.10\n",
    "values.yaml",
    ["a/b:1.10 unpinned none numeric-tag"],
  ],
  [
    "a number that Helm reads as it stands",
    "image:\n  repository: a/b\n  tag: 1.25\n",
    "values.yaml",
    ["a/b:1.25 unpinned"],
  ],
  [
    "a suffix key",
    "image:\n  repository: a/b\n  tag: v1\n  distroless: true\n",
    "values.yaml",
    ["a/b:v1 unpinned suggest chart-breaks"],
  ],
  [
    "a sha of unknown style",
    'image:\n  repository: a/b\n  tag: v1\n  sha: ""\n',
    "values.yaml",
    ["a/b:v1 unpinned suggest sha-style"],
  ],
  [
    "bare hexadecimal digits",
    `image:\n  repository: a/b\n  tag: v1\n  sha: ${"a".repeat(64)}\n`,
    "values.yaml",
    [`a/b:v1@${DIGEST} pinned`],
  ],
  [
    "an output action among the keys",
    "image:\n  repository: a/b\n  {{- toYaml .x | nindent 2 }}\n  tag: v1\n",
    "templates/a.yaml",
    ["a/b:v1 templated"],
  ],
  [
    "an output action in another key's value",
    "image:\n  repository: a/b\n  tag: v1\n  labels:\n    {{- toYaml .x | nindent 4 }}\n",
    "templates/a.yaml",
    ["a/b:v1 unpinned"],
  ],
  [
    "a control action among the keys",
    "image:\n  repository: a/b\n  {{- if .x }}\n  pullPolicy: Always\n  {{- end }}\n  tag: v1\n",
    "templates/a.yaml",
    ["a/b:v1 unpinned"],
  ],
  [
    "two arms, each whole",
    "image:\n  {{- if .x }}\n  repository: a/b\n  tag: v1\n  {{- else }}\n  repository: c/d\n  tag: v2\n  {{- end }}\n",
    "templates/a.yaml",
    ["a/b:v1 unpinned", "c/d:v2 unpinned"],
  ],
  [
    "parts in different arms",
    "image:\n  {{- if .x }}\n  repository: a/b\n  {{- else }}\n  tag: v2\n  {{- end }}\n",
    "templates/a.yaml",
    ["a/b incomplete", ":v2 incomplete"],
  ],
  [
    "HelmRelease's values",
    "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  chart: { spec: { chart: x, version: 1.0.0 } }\n  values:\n    image: nginx\n    proxy: { repository: a/b, tag: v1 }\n",
    "hr.yaml",
    ["nginx incomplete", "a/b:v1 unpinned"],
  ],
  [
    "Kustomization",
    "images:\n  - name: a\n    newName: quay.io/a/b\n    newTag: v1\n  - name: c\n",
    "base/kustomization.yaml",
    ["quay.io/a/b:v1 unpinned"],
  ],
];

describe("find: one string", () => {
  it.each(strings)("%s", (_, text, filename, found) => {
    expect(fieldsOf(text, filename).map((field) => summary(field))).toEqual(found);
  });
});

describe("find: mappings", () => {
  it.each(mappings)("%s", (_, text, filename, found) => {
    expect(fieldsOf(text, filename).map((field) => summary(field))).toEqual(found);
  });
});

describe("find: what a file is", () => {
  const text = "proxy:\n  repository: a/b\n  tag: v1\n";
  it("takes a file beside a Chart.yaml for values", () => {
    expect(fieldsOf(text, "chart/defaults.yaml")).toEqual([]);
    expect(
      fieldsOf(text, "chart/defaults.yaml", settingsOf(), (path) =>
        path === "Chart.yaml" ? "name: x" : undefined,
      ),
    ).toHaveLength(1);
  });
  it("takes a file in a chart's folder of examples for values", () => {
    const below = (path: string) => (path === "../Chart.yaml" ? "name: x" : undefined);
    expect(fieldsOf(text, "chart/ci/small.yaml", settingsOf(), below)).toHaveLength(1);
    expect(fieldsOf(text, "chart/files/small.yaml", settingsOf(), below)).toEqual([]);
  });
  it("obeys the setting `files`", () => {
    expect(
      fieldsOf(text, "a/any.yaml", settingsOf({ files: [{ files: "any.yaml", kind: "values" }] })),
    ).toHaveLength(1);
    expect(
      fieldsOf(text, "values.yaml", settingsOf({ files: [{ files: "values.yaml", kind: "none" }] })),
    ).toEqual([]);
  });
  it("knows a generated file by a comment before its first key", () => {
    const pod = POD("a:1");
    expect(fieldsOf(`# GENERATED by x, DO NOT EDIT\n${pod}`, "p.yaml")[0]?.generated).toBe(true);
    expect(fieldsOf(`${pod}# GENERATED by x, DO NOT EDIT\n`, "p.yaml")[0]?.generated).toBeUndefined();
  });
  it("takes a loopback registry that the settings name for a registry", () => {
    const [field] = fieldsOf(
      POD("localhost:5000/a:1"),
      "p.yaml",
      settingsOf({ registries: ["localhost:5000"] }),
    );
    expect(field?.state).toBe("unpinned");
  });
});

describe("find: anchors and aliases", () => {
  it("makes one field of an aliased whole image, at its anchor", () => {
    const fields = fieldsOf("a:\n  image: &i nginx:1\nb:\n  image: *i\n");
    expect(fields.map((field) => field.field)).toEqual(["a.image"]);
  });
  it("finds an image whose anchor stands at a key of no meaning", () => {
    const fields = fieldsOf("x: &i nginx:1\nb:\n  image: *i\n");
    expect(fields.map((field) => [field.field, field.at])).toEqual([["b.image", [6, 13]]]);
  });
  it("makes a field of each mapping that shares a tag, and pins it where all mean the same image", () => {
    const text = "a:\n  image: { repository: x/y, tag: &t v1 }\nb:\n  image: { repository: x/y, tag: *t }\n";
    expect(fieldsOf(text).map((field) => summary(field))).toEqual(["x/y:v1 unpinned", "x/y:v1 unpinned"]);
  });
  it("leaves a shared tag alone where its users differ", () => {
    const text = "a:\n  image: { repository: x/y, tag: &t v1 }\nb:\n  image: { repository: x/z, tag: *t }\n";
    expect(fieldsOf(text).map((field) => summary(field))).toEqual([
      "x/y:v1 unpinned none anchor-shared",
      "x/z:v1 unpinned none anchor-shared",
    ]);
  });
  it("leaves a tag alone that something else uses", () => {
    const text = "version: &t v1\nimage: { repository: x/y, tag: *t }\nlabel: *t\n";
    expect(fieldsOf(text).map((field) => summary(field))).toEqual(["x/y:v1 unpinned none anchor-shared"]);
  });
});

describe("find: paths", () => {
  it("writes indices in brackets and odd keys in quotes", () => {
    const [field] = fieldsOf(
      'apiVersion: v1\nkind: X\n"a.b/c":\n  containers:\n    - image: a:1\n',
      "x.yaml",
    );
    expect(field?.field).toBe('["a.b/c"].containers[0].image');
  });
});
