// Charts that Rancher's Fleet names.
import { describe, expect, it } from "vitest";
import { found, lines } from "./tree.js";

describe("Fleet", () => {
  it("names a chart of a repository, with values for each target", () => {
    const texts = {
      "app/fleet.yaml": [
        "helm:",
        "  chart: redis",
        "  repo: https://charts.example",
        "  version: 1.0.0",
        "  values: {tag: v1}",
        "  valuesFiles: [values.yaml, ../common.yaml]",
        "targetCustomizations:",
        "- name: dev",
        "  helm: {values: {tag: v2}}",
        "- name: prod",
        "  helm: {version: 2.0.0, valuesFiles: [prod.yaml]}",
        "- name: none",
        "  helm: {releaseName: x}",
        "- name: other",
        "  helm: {chart: 'oci://ghcr.io/org/other', values: {a: 1}}",
        "- name: valkey",
        "  helm: {chart: valkey}",
      ].join("\n"),
    };
    expect(lines(texts)).toEqual([
      "Fleet app/fleet.yaml:2: redis 1.0.0 from https://charts.example | app/values.yaml | common.yaml | " +
        "app/fleet.yaml helm.values",
      "Fleet app/fleet.yaml:9: redis 1.0.0 from https://charts.example | " +
        "app/fleet.yaml targetCustomizations.0.helm.values",
      "Fleet app/fleet.yaml:11: redis 2.0.0 from https://charts.example | app/prod.yaml",
      "Fleet app/fleet.yaml:15: other 1.0.0 from oci://ghcr.io/org | " +
        "app/fleet.yaml targetCustomizations.3.helm.values",
      "Fleet app/fleet.yaml:17: valkey 1.0.0 from https://charts.example",
    ]);
  });

  it.each([
    ["{chart: 'oci://ghcr.io/org/x', version: 1.0.0}", "x 1.0.0 from oci://ghcr.io/org"],
    ["{repo: 'oci://ghcr.io/org/x', version: 1.0.0}", "x 1.0.0 from oci://ghcr.io/org"],
    ["{chart: 'https://dl.example/x-1.2.3.tgz'}", "x 1.2.3 from https://dl.example/x-1.2.3.tgz"],
    [
      "{chart: 'git::https://git.example/r//charts/x?ref=v1'}",
      "x - from https://git.example/r//charts/x?ref=v1",
    ],
    ["{chart: ../chart}", "in-tree 0.1.0 from ./chart"],
  ])("takes %s as %s", (helm, said) => {
    const texts = {
      "app/fleet.yml": `helm: ${helm}`,
      "chart/Chart.yaml": "name: in-tree\nversion: 0.1.0",
    };
    expect(lines(texts).filter((line) => line.startsWith("Fleet"))).toEqual([
      `Fleet app/fleet.yml:1: ${said}`,
    ]);
  });

  it("may stand beside the chart itself", () => {
    const texts = {
      "a/fleet.yaml": "defaultNamespace: x\nhelm: {values: {a: 1}}",
      "a/Chart.yaml": "name: a",
    };
    expect(lines(texts)).toContain("Fleet a/fleet.yaml:2: a - from ./a | a/fleet.yaml helm.values");
  });

  it("is also a HelmOp, with values in a ConfigMap of the tree", () => {
    const texts = {
      "op.yaml": [
        "kind: HelmOp",
        "metadata: {name: op, namespace: n}",
        "spec:",
        "  helm:",
        "    chart: redis",
        "    repo: https://charts.example",
        "    valuesFrom: [{configMapKeyRef: {name: c, key: v.yaml}}]",
      ].join("\n"),
      "cm.yaml": "kind: ConfigMap\nmetadata: {name: c, namespace: n}\ndata: {v.yaml: 'a: 1'}",
    };
    expect(lines(texts)).toEqual([
      "Fleet op.yaml:5: redis - from https://charts.example | cm.yaml data.v.yaml",
    ]);
  });

  it("names none where its folder holds plain manifests, and says where one is gone", () => {
    const texts = { "a/fleet.yaml": "namespace: x", "b/fleet.yaml": "helm:\n  chart: ./gone\n" };
    expect(found(texts)).toEqual({
      uses: [],
      problems: ['b/fleet.yaml:2 names no chart that can be told: "./gone"'],
    });
  });
});
