// Charts that kustomize inflates.
import { describe, expect, it } from "vitest";
import { lines } from "./tree.js";

describe("kustomize", () => {
  it("names charts in `helmCharts`", () => {
    const texts = {
      "apps/kustomization.yaml": [
        "helmCharts:",
        "- name: longhorn",
        "  repo: https://charts.longhorn.io",
        "  version: 1.7.0",
        "  valuesFile: values/longhorn.yaml",
        "  additionalValuesFiles: [../common.yaml]",
        "  valuesInline: {image: {tag: v1}}",
        "- {name: app, repo: 'oci://ghcr.io/org/charts'}",
      ].join("\n"),
    };
    expect(lines(texts)).toEqual([
      "kustomize apps/kustomization.yaml:2: longhorn 1.7.0 from https://charts.longhorn.io | " +
        "apps/values/longhorn.yaml | common.yaml | apps/kustomization.yaml helmCharts.0.valuesInline",
      "kustomize apps/kustomization.yaml:8: app - from oci://ghcr.io/org/charts",
    ]);
  });

  it("takes a chart from its home in the tree", () => {
    const texts = {
      "a/kustomization.yml": "helmGlobals: {chartHome: ../home}\nhelmCharts: [{name: x}]\n",
      "home/x/Chart.yaml": "name: x\nversion: 1.0.0",
      "b/Kustomization": "helmCharts: [{name: y, version: 2.0.0, repo: 'https://r.example'}]",
      "b/charts/y-2.0.0/y/Chart.yaml": "name: y\nversion: 2.0.0",
    };
    expect(lines(texts).filter((line) => line.startsWith("kustomize"))).toEqual([
      "kustomize a/kustomization.yml:2: x 1.0.0 from ./home/x",
      "kustomize b/Kustomization:1: y 2.0.0 from ./b/charts/y-2.0.0/y",
    ]);
  });

  it("reads the older field, and generators, whose paths begin at the kustomization", () => {
    const texts = {
      "kustomization.yaml": [
        "helmChartInflationGenerator:",
        "- {chartName: old, chartRepoUrl: 'https://r.example', chartVersion: 1.0.0, values: v.yaml}",
        "generators: [gen/chart.yaml]",
      ].join("\n"),
      "gen/chart.yaml": [
        "apiVersion: builtin",
        "kind: HelmChartInflationGenerator",
        "metadata: {name: g}",
        "name: new",
        "repo: https://r.example",
        "version: 2.0.0",
        "valuesFile: values.yaml",
        "valuesInline: {a: 1}",
      ].join("\n"),
      "alone/chart.yaml": "kind: HelmChartInflationGenerator\nname: alone\nvaluesFile: values.yaml\n",
    };
    expect(lines(texts)).toEqual([
      "kustomize kustomization.yaml:2: old 1.0.0 from https://r.example | v.yaml",
      "kustomize gen/chart.yaml:4: new 2.0.0 from https://r.example | values.yaml | " +
        "gen/chart.yaml valuesInline",
      "kustomize alone/chart.yaml:2: alone - from ? | alone/values.yaml",
    ]);
  });
});
