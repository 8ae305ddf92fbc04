// Charts that a HelmRelease of Flux names.
import { describe, expect, it } from "vitest";
import { found, lines } from "./tree.js";

const source = (kind: string, name: string, spec: string, namespace?: string): string =>
  [
    "apiVersion: source.toolkit.fluxcd.io/v1",
    `kind: ${kind}`,
    `metadata: {name: ${name}${namespace === undefined ? "" : `, namespace: ${namespace}`}}`,
    `spec: ${spec}`,
    "",
  ].join("\n");

const release = (spec: string, metadata = "{name: app}"): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: ${metadata}\nspec:\n${spec}\n`;

const chart = (name: string, kind: string, ref: string, more = ""): string =>
  `  chart: {spec: {chart: ${name}, version: 1.x, sourceRef: {kind: ${kind}, name: ${ref}}${more}}}\n` +
  "  values: {image: {tag: v1}}";

describe("HelmRelease", () => {
  it("finds its HelmRepository in another file, whatever stands before it in its own", () => {
    const texts = {
      "apps/app/release.yaml": ["kind: Namespace", release(chart("redis", "HelmRepository", "bitnami"))].join(
        "\n---\n",
      ),
      "sources/all.yaml": source("HelmRepository", "bitnami", "{url: 'https://charts.bitnami.com/bitnami/'}"),
    };
    expect(lines(texts)).toEqual([
      "HelmRelease apps/app/release.yaml:7: redis 1.x from https://charts.bitnami.com/bitnami | " +
        "apps/app/release.yaml#1 spec.values",
    ]);
  });

  it("takes the source of its namespace, then the nearest", () => {
    const repository = (host: string, namespace?: string): string =>
      source("HelmRepository", "r", `{url: 'https://${host}.example'}`, namespace);
    const texts = {
      "a/release.yaml": release(chart("x", "HelmRepository", "r"), "{name: one, namespace: n}"),
      "b/c/release.yaml": release(chart("x", "HelmRepository", "r")),
      "a/r.yaml": repository("near", "other"),
      "b/r.yaml": repository("nearest"),
      "z/r.yaml": repository("same", "n"),
    };
    expect(lines(texts).map((line) => line.replace(/ \|.*/, ""))).toEqual([
      "HelmRelease a/release.yaml:5: x 1.x from https://same.example",
      "HelmRelease b/c/release.yaml:5: x 1.x from https://nearest.example",
    ]);
  });

  it("reads as many releases as a file without aliases holds", () => {
    const text = Array.from({ length: 5_000 }, () => release(chart("x", "HelmRepository", "r"))).join(
      "---\n",
    );
    expect(found({ "a.yaml": text }).uses).toHaveLength(5_000);
  });

  it("takes a chart of git, of the tree itself, and of a bucket", () => {
    const texts = {
      "one.yaml": release(chart("./deploy/app", "GitRepository", "far")),
      "two.yaml": release(
        chart(
          "./charts/own",
          "GitRepository",
          "flux-system",
          ", valuesFiles: [charts/own/v.yaml, none.yaml]",
        ),
      ),
      "three.yaml": release(chart("bucket-chart", "Bucket", "b")),
      "sources.yaml": [
        source("GitRepository", "far", "{url: 'https://git.example/app', ref: {tag: v2}}"),
        source("GitRepository", "flux-system", "{url: 'ssh://git@git.example/this'}"),
        source("Bucket", "b", "{endpoint: s3.example}"),
      ].join("---\n"),
      "charts/own/Chart.yaml": "name: own-chart\nversion: 0.1.0\n",
      "charts/own/v.yaml": "",
    };
    expect(lines(texts).filter((line) => line.startsWith("HelmRelease"))).toEqual([
      "HelmRelease one.yaml:5: app 1.x from https://git.example/app//deploy/app?ref=v2 | one.yaml spec.values",
      "HelmRelease two.yaml:5: own-chart 1.x from ./charts/own | charts/own/v.yaml | two.yaml spec.values",
      "HelmRelease three.yaml:5: bucket-chart 1.x from ? | three.yaml spec.values",
    ]);
  });

  it("takes `chartRef` to an OCIRepository and to a HelmChart", () => {
    const texts = {
      "one.yaml": release("  chartRef: {kind: OCIRepository, name: app-template}"),
      "two.yaml": release("  chartRef: {kind: HelmChart, name: podinfo}"),
      "sources.yaml": [
        source(
          "OCIRepository",
          "app-template",
          "{url: 'oci://ghcr.io/bjw-s-labs/helm/app-template', ref: {tag: 4.1.1}}",
        ),
        source(
          "HelmChart",
          "podinfo",
          "{chart: podinfo, version: '6.*', sourceRef: {kind: HelmRepository, name: podinfo}}",
        ),
        source("HelmRepository", "podinfo", "{type: oci, url: 'oci://ghcr.io/stefanprodan/charts'}"),
      ].join("---\n"),
    };
    expect(lines(texts)).toEqual([
      "HelmRelease one.yaml:5: app-template 4.1.1 from oci://ghcr.io/bjw-s-labs/helm",
      "HelmRelease two.yaml:5: podinfo 6.* from oci://ghcr.io/stefanprodan/charts",
    ]);
  });

  it("finds `valuesFrom` in a generator of any kustomization, and in a ConfigMap", () => {
    const texts = {
      "app/release.yaml": release(
        [
          chart("x", "HelmRepository", "r"),
          "  valuesFrom:",
          "  - {kind: ConfigMap, name: app-values}",
          "  - {kind: ConfigMap, name: app-values, valuesKey: more.yaml}",
          "  - {kind: Secret, name: app-secret}",
          "  - {kind: ConfigMap, name: written}",
          "  - {kind: ConfigMap, name: single, targetPath: image.tag}",
          "  - {kind: ConfigMap, name: nowhere}",
        ].join("\n"),
      ),
      "app/kustomization.yaml": [
        "configMapGenerator:",
        "- name: app-values",
        "  files: [values.yaml=./helm/app.yaml, more.yaml]",
        "secretGenerator:",
        "- {name: app-secret, files: [values.yaml]}",
      ].join("\n"),
      "cm.yaml": "kind: ConfigMap\nmetadata: {name: written}\ndata:\n  values.yaml: |\n    image: a:b\n",
    };
    expect(lines(texts)[0]).toBe(
      "HelmRelease app/release.yaml:5: x 1.x from ? | app/helm/app.yaml | app/more.yaml | " +
        "app/values.yaml | " +
        "cm.yaml data.values.yaml | app/release.yaml spec.values",
    );
  });

  it("knows which chart a patch is for, with the patch's own version", () => {
    const texts = {
      "base/release.yaml": release(chart("x", "HelmRepository", "r")),
      "base/r.yaml": source("HelmRepository", "r", "{url: 'https://r.example'}"),
      "prod/patch.yaml": release("  chart: {spec: {version: 2.x}}\n  values: {tag: v2}"),
      "dev/patch.yaml": release("  values: {tag: v3}"),
    };
    expect(lines(texts).slice(1)).toEqual([
      "HelmRelease prod/patch.yaml:3: x 2.x from https://r.example | prod/patch.yaml spec.values",
      "HelmRelease dev/patch.yaml:3: x 1.x from https://r.example | dev/patch.yaml spec.values",
    ]);
  });

  it("reads the release of Flux 1", () => {
    const first = (spec: string): string =>
      `apiVersion: helm.fluxcd.io/v1\nkind: HelmRelease\nmetadata: {name: x}\nspec:\n  chart: ${spec}\n`;
    const texts = {
      "a.yaml": first("{repository: 'https://r.example/', name: x, version: 1.0.0}"),
      "b.yaml": first("{git: 'git@git.example:org/repo', path: charts/x, ref: master}"),
    };
    expect(lines(texts)).toEqual([
      "HelmRelease a.yaml:5: x 1.0.0 from https://r.example",
      "HelmRelease b.yaml:5: x - from git@git.example:org/repo//charts/x?ref=master",
    ]);
  });

  it("leaves out a version and a URL that Flux fills in", () => {
    const texts = {
      "a.yaml": release(
        "  chart: {spec: {chart: x, version: '${V:=1.0.0}', sourceRef: {kind: HelmRepository, name: r}}}",
      ),
      "r.yaml": source("HelmRepository", "r", "{url: 'https://${HOST}/charts'}"),
    };
    expect(lines(texts)).toEqual(["HelmRelease a.yaml:5: x - from ?"]);
  });

  it("says which source and which chart it could not find", () => {
    const texts = {
      "a.yaml": release(chart("x", "HelmRepository", "gone")),
      "b.yaml": release("  chartRef: {kind: OCIRepository, name: gone}", "{name: b}"),
      "c.yaml": release("  values: {tag: v1}", "{name: c}"),
    };
    const { uses, problems } = found(texts);
    expect(uses.map(({ chart: name }) => name)).toEqual(["x"]);
    expect(problems).toEqual([
      'a.yaml:5 names the HelmRepository "gone", which no file of the tree holds',
      'b.yaml:5 names the OCIRepository "gone", which no file of the tree holds',
      'b.yaml:1 names no chart that can be told: "b"',
      'c.yaml:1 names no chart, and no other file holds the release: "c"',
    ]);
  });

  it("is found in a List", () => {
    const items = release(chart("x", "HelmRepository", "r"))
      .replaceAll(/^/gm, "  ")
      .replace("  ", "- ");
    expect(lines({ "l.yaml": `kind: List\nitems:\n${items}` })).toEqual([
      "HelmRelease l.yaml:7: x 1.x from ? | l.yaml items.0.spec.values",
    ]);
  });
});
