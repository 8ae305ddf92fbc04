// The setting `chartCatalogues`: what is taken, and one line for everything else.
import { describe, expect, it } from "vitest";
import { readSettings } from "../../lib/settings/read.js";

const CATALOGUE = { file: "c.yaml", list: "a", chart: "chart", values: "{name}.yaml" };

function taken(catalogue: unknown): unknown {
  const result = readSettings({ "container-images": { chartCatalogues: [catalogue] } });
  return result.ok
    ? result.settings.chartCatalogues[0]
    : result.message.replace('settings["container-images"].chartCatalogues[0]', "");
}

describe("chartCatalogues", () => {
  it("takes paths of keys, and globs with keys in braces", () => {
    expect(
      taken({ ...CATALOGUE, file: "./a/registry.yaml", list: "spec.apps", chart: "helm.chart" }),
    ).toEqual({
      file: ["a/registry.yaml"],
      list: "spec.apps",
      chart: "helm.chart",
      values: ["{name}.yaml"],
    });
    const values = ["../{$key}/*", "./{a.b}"];
    expect(taken({ ...CATALOGUE, chart: "$key", repository: "repo", version: "v", values })).toEqual({
      file: ["c.yaml"],
      list: "a",
      chart: "$key",
      repository: "repo",
      version: "v",
      values: ["../{$key}/*", "{a.b}"],
    });
  });

  it.each(["a.yaml", null, []])("refuses %j", (catalogue) => {
    expect(taken(catalogue)).toBe(
      " must be an object `{ file, list, chart, repository?, version?, values }`",
    );
  });

  it("refuses a name that it does not know", () => {
    expect(taken({ ...CATALOGUE, name: "x" })).toBe(
      ".name must be file, list, chart, repository, version or values",
    );
  });

  it.each([undefined, "", [], "/a.yaml", "../a.yaml", "a/../../b.yaml"])("refuses the file %j", (file) => {
    expect(taken({ ...CATALOGUE, file })).toBe(
      ".file must be a glob or an array of globs, from the project's root",
    );
  });

  describe.each(["list", "chart", "repository", "version"])("%s", (name) => {
    it.each(["", ".a", "a..b", "a b", "{a}", 1, null])("is not %j", (path) => {
      expect(taken({ ...CATALOGUE, [name]: path })).toBe(
        `.${name} must be keys with dots between, such as \`helm.chart\``,
      );
    });
  });

  it.each([undefined, "", "/a.yaml", "{}.yaml", "{a", "a}", "{a..b}"])("refuses the values %j", (values) => {
    expect(taken({ ...CATALOGUE, values })).toBe(
      ".values must be a glob or an array of globs, with keys in braces: `components/{name}/*.yaml`",
    );
  });
});
