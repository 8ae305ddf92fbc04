// Charts that the user's own files and settings name.
import { describe, expect, it } from "vitest";
import { valuesFilesOf } from "../../../lib/charts/uses/values-files.js";
import { readSettings } from "../../../lib/settings/read.js";
import type { Settings } from "../../../lib/settings/settings.js";
import { found, lines } from "./tree.js";

function settingsOf(ours: unknown): Settings {
  const result = readSettings({ "container-images": ours });
  if (!result.ok) throw new Error(result.message);
  return result.settings;
}

const REGISTRY = {
  file: "recipes/registry.yaml",
  list: "components",
  chart: "helm.defaultChart",
  repository: "helm.defaultRepository",
  version: "helm.defaultVersion",
  values: "components/{name}/values*.yaml",
};

describe("a catalogue", () => {
  it("names the chart of each item of its list, and passes over what is none", () => {
    const texts = {
      "recipes/registry.yaml": [
        "components:",
        "- name: one",
        "  helm:",
        "    defaultChart: nvidia/gpu-operator",
        "    defaultRepository: https://helm.example/nvidia",
        "    defaultVersion: v1.0.0",
        "- {name: manifests, kustomize: {defaultPath: x}}",
        "- {name: 'a/../../b', helm: {defaultChart: two}}",
        "- {helm: {defaultChart: three}}",
        "- {name: '*', helm: {defaultChart: four}}",
        "- {name: five, helm: {defaultChart: '{{ five }}'}}",
      ].join("\n"),
    };
    const { chartCatalogues } = settingsOf({ chartCatalogues: [REGISTRY] });
    expect(lines(texts, { chartCatalogues })).toEqual([
      "catalogue recipes/registry.yaml:4: gpu-operator v1.0.0 from https://helm.example/nvidia | " +
        "glob recipes/components/one/values*.yaml",
      "catalogue recipes/registry.yaml:8: two - from ?",
      "catalogue recipes/registry.yaml:9: three - from ?",
      "catalogue recipes/registry.yaml:10: four - from ? | glob recipes/components/\\*/values*.yaml",
    ]);
    expect(found(texts, { chartCatalogues }).problems).toEqual([
      'recipes/registry.yaml:11 names no chart: "{{ five }}"',
    ]);
  });

  it("may be a mapping, in several files", () => {
    const catalogue = {
      file: ["./clusters/*.yaml"],
      list: "spec.charts",
      chart: "$key",
      version: "version",
      values: ["../values/{$key}.yaml", "../{dir}/*.yaml"],
    };
    const texts = {
      "clusters/a.yaml": "spec:\n  charts:\n    redis: {version: 1, dir: x/y}\n    none: {}\n",
    };
    const { chartCatalogues } = settingsOf({ chartCatalogues: [catalogue] });
    expect(lines(texts, { chartCatalogues })).toEqual([
      "catalogue clusters/a.yaml:3: redis 1 from ? | glob values/redis.yaml | glob x/y/*.yaml",
      "catalogue clusters/a.yaml:4: none - from ? | glob values/none.yaml",
    ]);
  });

  it("means the files that match its pattern, from the catalogue's folder", () => {
    const texts = { "recipes/registry.yaml": "components:\n- {name: one, helm: {defaultChart: one}}\n" };
    const files = ["values.yaml", "values-eks.yaml", "x/values.yaml", "other.yaml"].map(
      (file) => `recipes/components/one/${file}`,
    );
    const { uses } = found(texts, settingsOf({ chartCatalogues: [REGISTRY] }));
    expect(uses.flatMap((use) => valuesFilesOf(use, [...files, "components/one/values.yaml"]))).toEqual([
      "recipes/components/one/values.yaml",
      "recipes/components/one/values-eks.yaml",
    ]);
  });
});

describe("the setting `charts`", () => {
  it("names a chart for files anywhere", () => {
    const { charts } = settingsOf({ charts: [{ files: ["./a/*.yaml", "/b.yaml"], chart: "bitnami/redis" }] });
    const [use] = found({}, { charts }).uses;
    expect(use).toEqual({
      chart: "redis",
      from: undefined,
      version: undefined,
      values: [
        { kind: "pattern", glob: "**/a/*.yaml" },
        { kind: "pattern", glob: "**/b.yaml" },
      ],
      isWhole: true,
      namedBy: { mechanism: "settings", file: "settings.charts", line: 1 },
    });
    expect(use && valuesFilesOf(use, ["x/a/1.yaml", "a/2.yaml", "a/x/3.yaml", "b.yaml", "c.yaml"])).toEqual([
      "x/a/1.yaml",
      "a/2.yaml",
      "b.yaml",
    ]);
  });
});
