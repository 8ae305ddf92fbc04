// No schema of a chart leads Helm to another host or file.
import { describe, expect, it } from "vitest";
import { withLocalSchemas } from "../../lib/proof/local-schemas.js";

function localOf(schema: unknown, path = "values.schema.json"): { readonly schema: unknown; left: unknown } {
  const text = typeof schema === "string" ? schema : JSON.stringify(schema);
  const { files, left } = withLocalSchemas(new Map([[path, Buffer.from(text)]]));
  return { schema: JSON.parse(new TextDecoder().decode(files.get(path))) as unknown, left };
}

describe("withLocalSchemas", () => {
  it.each<[string, unknown, unknown, string]>([
    ["a URL", { $ref: "https://evil.example/a.json" }, {}, "https://evil.example/a.json"],
    [
      "a file",
      { properties: { a: { $ref: "file:///etc/passwd" } } },
      { properties: { a: {} } },
      "file:///etc/passwd",
    ],
    ["a file beside it", { allOf: [{ $ref: "../b.json" }] }, { allOf: [{}] }, "../b.json"],
    ["an escaped key", String.raw`{"\u0024ref":"//evil.example"}`, {}, "//evil.example"],
    ["a dynamic reference", { $dynamicRef: "http://a.example#b" }, {}, "http://a.example#b"],
    ["a dialect of one's own", { $schema: "https://a.example/s" }, {}, "https://a.example/s"],
  ])("takes out %s", (_, schema, kept, left) => {
    expect(localOf(schema)).toEqual({ schema: kept, left: [left] });
    expect(localOf(schema, "charts/b/charts/c/values.schema.json")).toEqual({ schema: kept, left: [left] });
  });

  it("takes out what is too deep to be looked at", () => {
    const deep = `${'{"a":'.repeat(5000)}{"$ref":"https://a.example"}${"}".repeat(5000)}`;
    const { schema, left } = localOf(deep);
    expect(JSON.stringify(schema)).not.toContain("a.example");
    expect(left).toEqual(["what is nested too deeply"]);
  });

  it("leaves all else byte for byte", () => {
    const texts = {
      "values.schema.json":
        '{ "$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#/$defs/a", "properties": { "$ref": {} } }',
      "charts/b/values.schema.json": "{ no JSON",
      "templates/a.json": '{"$ref":"https://a.example"}',
    };
    const files = new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));
    const local = withLocalSchemas(files);
    expect(local.left).toEqual([]);
    expect(Object.fromEntries([...local.files].map(([path, bytes]) => [path, String(bytes)]))).toEqual(texts);
  });
});
