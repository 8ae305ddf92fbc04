// The setting `chartFacts` and schemas/charts.schema.json say the same.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { readSettings } from "../../lib/settings/read.js";
import { blocksOf, fileOf } from "../cli/recipes.js";

const schema = JSON.parse(
  readFileSync(new URL("../../schemas/charts.schema.json", import.meta.url), "utf8"),
) as object;
const isOfSchema = new Ajv2020().compile(schema);

function isOfSetting(chartFacts: unknown): boolean {
  return readSettings({ "container-images": { chartFacts } }).ok;
}

const IMAGE = { path: "image", reference: "{repository}:{tag}", digest: { to: "tag" }, evidence: "user" };
const withImage = (image: object): object => ({ charts: [{ chart: "a", images: [{ ...IMAGE, ...image }] }] });

describe("a file of facts", () => {
  it.each([
    ["the smallest", { charts: [] }],
    ["one image", withImage({})],
    [
      "a digest key",
      withImage({ digest: { to: "key", key: "sha", style: "bare", with: { useDigest: "true" } } }),
    ],
    ["no place", withImage({ digest: { to: "none", reason: "chart-breaks", message: "a label" } })],
    [
      "uses",
      {
        charts: [],
        uses: [
          { files: "a/*.yaml", chart: "a" },
          { files: ["b.yaml"], chart: "b", by: "x" },
        ],
      },
    ],
    ["all charts of a source", { charts: [{ chart: "*", source: "https://c.example", images: [] }] }],
    ["mirrors", { charts: [], sources: [["https://c.example", "oci://r.example/c"]] }],
    ["its schema's name", { $schema: "https://c.example", by: "container-images", charts: [] }],
  ])("may be %s", (_, facts) => {
    expect([isOfSchema(facts), isOfSetting(facts)]).toEqual([true, true]);
  });

  it.each([
    ["no object", []],
    ["nothing", {}],
    ["another key", { charts: [], chart: [] }],
    ["all charts of no source", { charts: [{ chart: "*", images: [] }] }],
    ["no evidence", withImage({ evidence: undefined })],
    ["another evidence", withImage({ evidence: "place" })],
    ["a key without a style", withImage({ digest: { to: "key", key: "sha" } })],
    ["a tag with a key", withImage({ digest: { to: "tag", key: "sha" } })],
    ["an empty text", withImage({ reference: "" })],
    ["an unknown use of the tag", withImage({ tagIs: ["version"] })],
    ["a mirror of nothing", { charts: [], sources: [["https://c.example"]] }],
    ["no files", { charts: [], uses: [{ files: [], chart: "a" }] }],
    ["whole or not", { charts: [], uses: [{ files: ["a"], chart: "a", whole: false }] }],
  ])("may not be %s", (_, facts) => {
    const written: unknown = JSON.parse(JSON.stringify(facts));
    expect([isOfSchema(written), isOfSetting(written)]).toEqual([false, false]);
  });

  it("is as the docs and the examples show it", () => {
    const shown = blocksOf("docs/charts.md", "json")[0] ?? "";
    for (const text of [shown, fileOf("examples/recipes/container-images.charts.json")]) {
      const facts: unknown = JSON.parse(text);
      expect([isOfSchema(facts), isOfSetting(facts)]).toEqual([true, true]);
    }
  });
});
