// Charts that k3s and RKE2 install.
import { describe, expect, it } from "vitest";
import { lines } from "./tree.js";

const resource = (kind: string, name: string, spec: string): string =>
  [
    "apiVersion: helm.cattle.io/v1",
    `kind: ${kind}`,
    `metadata: {name: ${name}, namespace: kube-system}`,
    `spec:\n  ${spec}\n`,
  ].join("\n");

describe("HelmChart", () => {
  it("names a chart of a repository, with values as a text or a mapping", () => {
    const texts = {
      "a.yaml": resource(
        "HelmChart",
        "grafana",
        "chart: grafana\n  repo: https://grafana.example\n  version: 8.0.0\n  valuesContent: |-\n    image: a:b\n",
      ),
      "b.yaml": resource("HelmChart", "b", "{chart: x/b, values: {a: 1}}"),
    };
    expect(lines(texts)).toEqual([
      "HelmChart a.yaml:5: grafana 8.0.0 from https://grafana.example | a.yaml spec.valuesContent",
      "HelmChart b.yaml:5: b - from ? | b.yaml spec.values",
    ]);
  });

  it.each([
    ["oci://ghcr.io/org/x", "x - from oci://ghcr.io/org"],
    ["https://dl.example/charts/x-y-1.2.3.tgz", "x-y 1.2.3 from https://dl.example/charts/x-y-1.2.3.tgz"],
    [
      "https://%{KUBERNETES_API}%/static/charts/traefik-27.0.201+up27.0.2.tgz",
      "traefik 27.0.201+up27.0.2 from ?",
    ],
  ])("takes %s as %s", (chart, said) => {
    expect(lines({ "a.yaml": resource("HelmChart", "x", `chart: ${chart}`) })).toEqual([
      `HelmChart a.yaml:5: ${said}`,
    ]);
  });

  it("is given values by a HelmChartConfig, also where the chart comes with the distribution", () => {
    const texts = {
      "chart.yaml": resource("HelmChart", "g", "{chart: grafana, repo: 'https://r.example', version: 1.0.0}"),
      "config.yaml": resource("HelmChartConfig", "g", "valuesContent: 'a: 1'"),
      "rke2.yaml": resource("HelmChartConfig", "rke2-canal", "valuesContent: 'a: 1'"),
    };
    expect(lines(texts).slice(1)).toEqual([
      "HelmChart config.yaml:3: grafana 1.0.0 from https://r.example | config.yaml spec.valuesContent",
      "HelmChart rke2.yaml:3: rke2-canal - from ? | rke2.yaml spec.valuesContent",
    ]);
  });

  it("is not Flux's resource of the same kind", () => {
    const flux = "apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmChart\nspec: {chart: x}\n";
    expect(lines({ "a.yaml": flux })).toEqual([]);
  });
});
