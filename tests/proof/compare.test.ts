// What counts as an image that got its digest, and what as broken, between two renderings.
import { describe, expect, it } from "vitest";
import { compare, type Difference } from "../../lib/proof/compare.js";

const HEX = "0123456789abcdef".repeat(4);
const DIGEST = `sha256:${HEX}`;
const APP = { id: 1, hex: HEX, tag: "v1", name: "app" };

function judged(before: string, after: string, noise = before): readonly Partial<Difference>[] {
  return compare([before], [noise], [after], [APP]).map(({ ids, ok, how, kind }) => ({
    ids,
    ok,
    how,
    ...(kind ? { kind } : {}),
  }));
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");

describe("a digest is right", () => {
  it.each([
    ["behind the tag", "image: acme/app:v1", `image: acme/app:v1@${DIGEST}`],
    ["in the tag's place", "image: acme/app:v1", `image: acme/app@${DIGEST}`],
    ["in an argument", "args: ['--image=acme/app:v1']", `args: ['--image=acme/app:v1@${DIGEST}']`],
    [
      "in base64",
      `data: { a: ${base64("x: acme/app:v1")} }`,
      `data: { a: ${base64(`x: acme/app:v1@${DIGEST}`)} }`,
    ],
  ])("%s", (_, before, after) => {
    expect(judged(before, after)).toMatchObject([{ ids: [1], ok: true }]);
  });

  it("with a hash of it in an annotation", () => {
    const [before, after] = ["a1b2c3d4e5", "f6a7b8c9d0"].map(
      (hash) => `metadata: { annotations: { sum: ${hash} } }`,
    );
    expect(judged(String(before), String(after))).toMatchObject([{ ids: [], ok: true }]);
  });
});

describe("a digest breaks", () => {
  it.each([
    ["a label", "metadata: { labels: { v: v1 } }", `metadata: { labels: { v: "v1@${DIGEST}" } }`, "label"],
    [
      "a cut label",
      "metadata: { labels: { v: v1 } }",
      `metadata: { labels: { v: v1-${HEX.slice(0, 20)} } }`,
      "label",
    ],
    ["an argument", "args: [--version=v1]", `args: ["--version=v1@${DIGEST}"]`, "argument"],
    ["another image", "image: acme/other:v1", `image: acme/other:v1@${DIGEST}`, "shared"],
    ["a key that goes", "env: a", "{}", "other"],
    ["a number that changes", "port: 9443", "port: 9000", "other"],
    ["two digests", "image: acme/app:v1", `image: acme/app:v1@${DIGEST}@${DIGEST}`, "other"],
    [
      "a selector's hash",
      "spec: { selector: { matchLabels: { h: a1b2c3d4e5 } } }",
      "spec: { selector: { matchLabels: { h: f6a7b8c9d0 } } }",
      "other",
    ],
  ])("%s", (_, before, after, kind) => {
    expect(judged(before, after)).toMatchObject([{ ok: false, kind }]);
  });

  it("where a document comes or goes", () => {
    expect(compare(["a: b"], ["a: b"], ["a: b", "c: d"], [APP])).toMatchObject([{ ok: false }]);
  });
});

describe("what is random in a chart", () => {
  it("is no difference", () => {
    expect(judged("password: abc", "password: def", "password: ghi")).toEqual([]);
  });
});

describe("hostile output", () => {
  it("of aliases of aliases is compared line by line", () => {
    const bomb = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]
      .map(
        (key, index, all) =>
          `${key}: &${key} [${
            index === 0
              ? "1"
              : Array(9)
                  .fill(`*${String(all[index - 1])}`)
                  .join(",")
          }]`,
      )
      .join("\n");
    expect(judged(bomb, `${bomb}\nmore: 1`)).toMatchObject([{ ok: false }]);
  });
});
