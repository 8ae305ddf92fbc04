// What a values.schema.json beside the values refuses.
import { describe, expect, it } from "vitest";
import { fieldsOf, summary } from "../images/fields-of.js";
import { settingsOf } from "../support/settings.js";
import { beside, IMAGE } from "./values.js";

describe("a values.schema.json beside the values", () => {
  const schema = (image: object): string =>
    JSON.stringify({ properties: { image: { $ref: "#/$defs/image" } }, $defs: { image } });
  const found = (image: object, text = IMAGE): readonly string[] =>
    fieldsOf(text, "values.yaml", settingsOf(), beside({ "values.schema.json": schema(image) })).map(
      (field) => summary(field),
    );
  const fixed = ["quay.io/corp/tool:v1.2.3 unpinned"];
  const refused = ["quay.io/corp/tool:v1.2.3 unpinned none chart-breaks"];

  it.each([
    ["that says nothing of it", {}, fixed],
    ["that wants a string", { properties: { tag: { type: "string" } } }, fixed],
    ["of several types", { properties: { tag: { type: ["null", "string"] } } }, fixed],
    ["whose pattern fits", { properties: { tag: { pattern: "^v[0-9.]+(@sha256:[0-9a-f]{64})?$" } } }, fixed],
    ["whose pattern refuses", { properties: { tag: { pattern: "^v[0-9.]+$" } } }, refused],
    ["whose pattern may be slow", { properties: { tag: { pattern: "^(v|[a-z0-9.:@]+)+$" } } }, refused],
    ["whose pattern is none", { properties: { tag: { pattern: "(" } } }, refused],
    ["with a length", { properties: { tag: { maxLength: 63 } } }, refused],
    ["with a list of tags", { properties: { tag: { enum: ["v1.2.3"] } } }, refused],
  ] as const)("%s", (_, image, summaries) => {
    expect(found(image)).toEqual(summaries);
  });
  it("refuses a key that it does not know, and a digest that is not of its pattern", () => {
    expect(
      found(
        { additionalProperties: false, properties: { repository: {}, tag: {} } },
        `${IMAGE}  digest: ''\n`,
      ),
    ).toEqual(refused);
    expect(
      found({ properties: { digest: { pattern: "^sha256:[a-f0-9]{64}$" } } }, `${IMAGE}  digest: ''\n`),
    ).toEqual(fixed);
    expect(
      found({ properties: { digest: { pattern: "^[a-f0-9]{64}$" } } }, `${IMAGE}  digest: ''\n`),
    ).toEqual(refused);
  });
  it("refuses a digest in one string", () => {
    const neighbour = beside({
      "values.schema.json": JSON.stringify({ properties: { image: { maxLength: 40 } } }),
    });
    expect(
      fieldsOf("image: quay.io/corp/tool:v1\n", "values.yaml", settingsOf(), neighbour).map((field) =>
        summary(field),
      ),
    ).toEqual(["quay.io/corp/tool:v1 unpinned none chart-breaks"]);
  });
  it.each([
    "",
    "[]",
    "{",
    '{"$ref":"#"}',
    '{"properties":{"image":{"$ref":"#/properties/image"}}}',
    '{"properties":{"image":{"$ref":"https://example.com"}}}',
  ])("is none where it is %j", (text) => {
    expect(
      fieldsOf(IMAGE, "values.yaml", settingsOf(), beside({ "values.schema.json": text })).map((field) =>
        summary(field),
      ),
    ).toEqual(fixed);
  });
});
