// Values, ranges and quotes of nodes in their own text.
import { describe, expect, it } from "vitest";
import { parseEvents } from "../../lib/yaml/events.js";
import {
  isEmptyScalar,
  isScalar,
  scalarQuote,
  scalarRange,
  scalarValue,
  scalarValueRange,
} from "../../lib/yaml/scalar.js";

function eventsOf(source: string) {
  const result = parseEvents(source);
  if (!result.ok) throw new Error(result.problem.message);
  return { source, events: result.events, after: result.after, path: [] };
}

describe("scalars", () => {
  it.each([
    [50_000, "'"],
    [50_001, "''"],
  ])("are not decoded where they are longer than any reference: %i quotes", (count, quote) => {
    const tree = eventsOf(`a: '${"''".repeat(count)}'`);
    const scalar = tree.events.filter(isScalar)[1];
    if (!scalar) throw new Error("no value");
    expect(scalarValue(tree, scalar)).toBe(quote.repeat(count));
  });

  it.each([
    ["plain", "a: nginx:1.27 # x", "nginx:1.27", "nginx:1.27", ""],
    ["a number", "a: 1.10", "1.10", "1.10", ""],
    ["single-quoted", "a: 'it''s'", "it's", "'it''s'", "'"],
    ["double-quoted", 'a: "b\\tc"', "b\tc", '"b\\tc"', '"'],
    ["empty and quoted", "a: ''", "", "''", "'"],
    ["over lines", "a: b\n  c", "b c", "b\n  c", ""],
    ["a literal block", "a: |-\n  b\n", "b", "  b\n", "|"],
    ["a folded block", "a: >-\n  b\n  c\n", "b c", "  b\n  c\n", ">"],
  ])("reads one that is %s", (_name, text, value, written, quote) => {
    const tree = eventsOf(text);
    const scalar = tree.events.filter(isScalar)[1];
    if (!scalar) throw new Error("no value");
    expect([scalarValue(tree, scalar), text.slice(...scalarRange(scalar)), scalarQuote(scalar)]).toEqual([
      value,
      written,
      quote,
    ]);
    expect(written).toContain(text.slice(...scalarValueRange(scalar)));
  });

  it("tells an empty value", () => {
    const tree = eventsOf("a:\n");
    const [key, value] = tree.events.filter(isScalar);
    if (!key || !value) throw new Error("no pair");
    expect([isEmptyScalar(key), isEmptyScalar(value), scalarValue(tree, value)]).toEqual([false, true, ""]);
  });
});
