// Values as plain data: what Helm reads, and what is refused.
import { describe, expect, it } from "vitest";
import { joinValues, override, readValues } from "../../lib/proof/values.js";

describe("values", () => {
  it.each([
    ["", {}],
    ["# nothing\n", {}],
    ["\uFEFFa: 1", { a: 1 }],
    ["a: &x { b: 1 }\nc: *x", { a: { b: 1 }, c: { b: 1 } }],
    ["- a", "it is no mapping"],
    ["a: [", "it is not YAML"],
  ])("of %j", (text, values) => {
    expect(readValues(text)).toEqual(values);
  });

  it("of aliases of aliases are refused", () => {
    const lines = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"].map(
      (key, index, all) =>
        `${key}: &${key} [${
          index === 0
            ? "1"
            : Array(9)
                .fill(`*${String(all[index - 1])}`)
                .join(",")
        }]`,
    );
    expect(readValues(lines.join("\n"))).toBe("its values are too large");
  });

  it("hold no prototype of their own", () => {
    const values = readValues('{"__proto__": {"polluted": 1}}');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(JSON.stringify(values)).toBe('{"__proto__":{"polluted":1}}');
  });

  it("are joined as Helm does", () => {
    expect(joinValues({ a: { b: 1, c: 2 }, d: [1] }, { a: { b: null, e: 3 }, d: [2] })).toEqual({
      a: { c: 2, e: 3 },
      d: [2],
    });
  });

  it("in a list are overridden with the whole list", () => {
    const over = {};
    override(over, { list: [{ tag: 1 }, { tag: 2 }] }, ["list", 1, "tag"], 3);
    expect(over).toEqual({ list: [{ tag: 1 }, { tag: 3 }] });
  });
});
