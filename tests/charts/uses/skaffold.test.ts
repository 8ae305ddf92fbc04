// Charts that skaffold deploys or renders.
import { describe, expect, it } from "vitest";
import { found, lines } from "./tree.js";

describe("skaffold", () => {
  it("names charts of the tree and of repositories, in profiles too", () => {
    const texts = {
      "dir/skaffold.yaml": [
        "apiVersion: skaffold/v4beta11",
        "kind: Config",
        "deploy:",
        "  helm:",
        "    releases:",
        "    - {name: own, chartPath: charts/own, valuesFiles: [v.yaml, '{{.ENV}}.yaml'], overrides: {a: 1}}",
        "    - {name: far, remoteChart: redis, repo: 'https://charts.example', version: 1.0.0}",
        "manifests: {helm: {releases: [{name: m, remoteChart: 'oci://ghcr.io/org/m', version: 2.0.0}]}}",
        "profiles:",
        "- {name: p, deploy: {helm: {releases: [{name: q, remoteChart: bitnami/q}]}}}",
      ].join("\n"),
      "dir/charts/own/Chart.yaml": "name: own\nversion: 0.1.0",
    };
    expect(lines(texts).slice(1)).toEqual([
      "skaffold dir/skaffold.yaml:6: own 0.1.0 from ./dir/charts/own | dir/v.yaml | glob dir/*.yaml | " +
        "dir/skaffold.yaml deploy.helm.releases.0.overrides",
      "skaffold dir/skaffold.yaml:7: redis 1.0.0 from https://charts.example",
      "skaffold dir/skaffold.yaml:8: m 2.0.0 from oci://ghcr.io/org",
      "skaffold dir/skaffold.yaml:10: q - from ?",
    ]);
  });

  it("leaves other files of that name alone, and says where a chart is gone", () => {
    const releases = "deploy: {helm: {releases: [{name: a, chartPath: gone/}]}}";
    const texts = {
      "skaffold.yaml": `apiVersion: skaffold/v2beta1\n${releases}`,
      "other/skaffold.yaml": `apiVersion: other/v1\n${releases}`,
    };
    expect(found(texts)).toEqual({
      uses: [],
      problems: ['skaffold.yaml:2 names no chart that can be told: "gone/"'],
    });
  });
});
