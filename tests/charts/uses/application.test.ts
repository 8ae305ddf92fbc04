// Charts that an Application or an ApplicationSet of Argo CD names.
import { describe, expect, it } from "vitest";
import { found, lines } from "./tree.js";

const application = (spec: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: app}\nspec:\n${spec}\n`;

const applicationSet = (generators: string, spec: string): string =>
  [
    "apiVersion: argoproj.io/v1alpha1",
    "kind: ApplicationSet",
    "metadata: {name: set}",
    "spec:",
    `  generators: ${generators}`,
    "  template:",
    "    spec:",
    `      ${spec}`,
  ].join("\n");

describe("Application", () => {
  it("names a chart of a repository, with values in two forms", () => {
    const texts = {
      "app.yaml": application(
        [
          "  source:",
          "    repoURL: https://charts.example/",
          "    chart: redis",
          "    targetRevision: 20.*",
          "    helm:",
          "      valueFiles: [values-in-the-archive.yaml]",
          "      values: |",
          "        image: a:b",
          "      valuesObject: {image: {tag: v1}}",
        ].join("\n"),
      ),
    };
    expect(lines(texts)).toEqual([
      "Application app.yaml:7: redis 20.* from https://charts.example | app.yaml spec.source.helm.values | " +
        "app.yaml spec.source.helm.valuesObject",
    ]);
  });

  it.each([
    ["registry-1.docker.io/bitnamicharts", "redis", "oci://registry-1.docker.io/bitnamicharts"],
    ["oci://ghcr.io/org", "redis", "oci://ghcr.io/org"],
    ["ghcr.io/org", "charts/redis", "oci://ghcr.io/org/charts"],
    ["{{ .Values.repo }}", "redis", "?"],
  ])("takes %s with the chart %s as %s", (url, chart, source) => {
    const texts = { "a.yaml": application(`  source: {repoURL: "${url}", chart: ${chart}}`) };
    expect(lines(texts)).toEqual([`Application a.yaml:5: redis - from ${source}`]);
  });

  it("names values files of the repository by a source's `ref`", () => {
    const texts = {
      "argo/app.yaml": application(
        [
          "  sources:",
          "  - repoURL: https://charts.example",
          "    chart: redis",
          "    targetRevision: 1.0.0",
          "    helm: {valueFiles: [$values/apps/redis/values.yaml, $other/x.yaml, $values/../../x.yaml]}",
          "  - {repoURL: 'https://git.example/this', ref: values}",
        ].join("\n"),
      ),
    };
    expect(lines(texts)).toEqual([
      "Application argo/app.yaml:7: redis 1.0.0 from https://charts.example | apps/redis/values.yaml",
    ]);
  });

  it("names a folder of the tree, and of another repository where it is said to be a chart", () => {
    const source = (path: string, more = ""): string =>
      application(`  source: {repoURL: 'https://git.example/r', targetRevision: v1, path: ${path}${more}}`);
    const texts = {
      "own.yaml": source(
        "charts/app",
        ", helm: {valueFiles: [values-prod.yaml, ../../env/x.yaml, /root.yaml]}",
      ),
      "far.yaml": source("deploy/far", ", helm: {valuesObject: {a: 1}}"),
      "plain.yaml": source("manifests"),
      "charts/app/Chart.yaml": "name: app-chart\n",
    };
    expect(lines(texts).slice(1)).toEqual([
      "Application own.yaml:5: app-chart - from ./charts/app | charts/app/values-prod.yaml | env/x.yaml | " +
        "root.yaml",
      "Application far.yaml:5: far - from https://git.example/r//deploy/far?ref=v1 | " +
        "far.yaml spec.source.helm.valuesObject",
    ]);
  });

  it("is read in a chart's template, as far as it is written there", () => {
    const texts = {
      "templates/app.yaml": [
        "{{- if .Values.redis.enabled }}",
        application(
          [
            "  source:",
            "    repoURL: https://charts.example",
            "    chart: redis",
            "    targetRevision: {{ .Values.version }}",
            "    helm:",
            "      valuesObject:",
            "        tag: {{ .Values.tag }}",
          ].join("\n"),
        ),
        "{{- end }}",
      ].join("\n"),
      "templates/all.yaml": application("  source: {repoURL: x, path: '{{ .Values.path }}'}"),
      "charts/a/Chart.yaml": "name: a",
    };
    expect(lines(texts).slice(1)).toEqual([
      "Application templates/app.yaml:8: redis - from https://charts.example | " +
        "templates/app.yaml spec.source.helm.valuesObject",
    ]);
  });

  it("says where no chart can be told", () => {
    const texts = {
      "a.yaml": application("  source: {repoURL: 'https://r.example', chart: '{{ .chart }}'}"),
    };
    expect(found(texts)).toEqual({
      uses: [],
      problems: ['a.yaml:5 names no chart that can be told (Application "app"): "{{ .chart }}"'],
    });
  });
});

describe("ApplicationSet", () => {
  it("finds the charts of the folders that its generator lists", () => {
    const texts = {
      "set.yaml": applicationSet(
        "[{git: {directories: [{path: apps/*}, {path: apps/no, exclude: true}]}}]",
        "source: {repoURL: 'https://git.example/r', path: '{{path}}', " +
          "helm: {valueFiles: ['../../env/{{path.basename}}.yaml']}}",
      ),
      "apps/one/Chart.yaml": "name: one",
      "apps/two/Chart.yaml": "name: two",
      "apps/two/deep/Chart.yaml": "name: deep",
      "other/Chart.yaml": "name: other",
    };
    expect(lines(texts).filter((line) => line.startsWith("ApplicationSet"))).toEqual([
      "ApplicationSet set.yaml:8: one - from ./apps/one | env/one.yaml",
      "ApplicationSet set.yaml:8: two - from ./apps/two | env/two.yaml",
    ]);
  });

  it("turns what is filled into a values file's path into a pattern", () => {
    const texts = {
      "set.yaml": applicationSet(
        "[{matrix: {generators: [{git: {files: [{path: 'clusters/*/config.yaml'}]}}, {clusters: {}}]}}]",
        "sources: [{repoURL: 'https://r.example', chart: x, targetRevision: 1.0.0, helm: {valueFiles: " +
          "['$v/{{.path.path}}/x.yaml', '$v/env/{{ .metadata.labels.env }}-[a].yaml']}}, " +
          "{repoURL: y, ref: v}]",
      ),
    };
    expect(lines(texts)).toEqual([
      "ApplicationSet set.yaml:8: x 1.0.0 from https://r.example | glob clusters/*/x.yaml | " +
        "glob env/*-\\[a\\].yaml",
    ]);
  });

  it("names the chart of each element of a list", () => {
    const texts = {
      "set.yaml": applicationSet(
        "[{list: {elements: [{chart: a, v: 1.0.0}, {chart: b, v: 2.0.0}]}}]",
        "sources: [{repoURL: 'https://r.example', chart: '{{chart}}', targetRevision: '{{.v}}', " +
          "helm: {valueFiles: ['$v/{{chart}}.yaml']}}, {repoURL: y, ref: v}]",
      ),
    };
    expect(lines(texts)).toEqual([
      "ApplicationSet set.yaml:8: a 1.0.0 from https://r.example | a.yaml",
      "ApplicationSet set.yaml:8: b 2.0.0 from https://r.example | b.yaml",
    ]);
  });
});
