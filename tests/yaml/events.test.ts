// The list of events, its skip table, and errors as values.
import { EVENT_ID } from "js-yaml";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_DEPTH, parseEvents } from "../../lib/yaml/events.js";

const NAMES = new Map<number, string>(Object.entries(EVENT_ID).map(([name, id]) => [id, name.toLowerCase()]));

describe("parseEvents", () => {
  it("has for each node the index after it", () => {
    const result = parseEvents("a:\n  - b\n  - c: d\ne: f\n---\ng\n");
    if (!result.ok) throw new Error(result.problem.message);
    expect(
      result.events.map((event, at) => `${NAMES.get(event.type) ?? ""} ${String(result.after[at])}`),
    ).toEqual([
      ...[
        "document 14",
        "mapping 13",
        "scalar 3",
        "sequence 10",
        "scalar 5",
        "mapping 9",
        "scalar 7",
        "scalar 8",
        "pop 9",
        "pop 10",
      ],
      ...["scalar 11", "scalar 12", "pop 13", "pop 14", "document 17", "scalar 16", "pop 17"],
    ]);
  });

  it.each([
    ["a tab as indentation", "a:\n\tb: 1\n", "tab characters must not be used in indentation", 3],
    ["a null byte", "a: b\0\n", "null byte is not allowed in input", 4],
    ["a quote without end", 'a: "b', "unexpected end of the stream within a double quoted scalar", 5],
  ])("says what is wrong and where: %s", (_name, text, message, offset) => {
    expect(parseEvents(text)).toEqual({ ok: false, problem: { message, offset } });
  });

  it("reports nesting that is too deep", () => {
    const result = parseEvents("[".repeat(MAX_DEPTH * 5));
    expect(result).toMatchObject({
      ok: false,
      problem: { deep: true, message: "nested deeper than 200 levels" },
    });
  });

  it("accepts repeated keys", () => {
    expect(parseEvents("a: 1\na: 2\n").ok).toBe(true);
  });

  it("gives events or a problem inside the text, whatever the text", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "a",
        ": ",
        "- ",
        "\n",
        "  ",
        "[",
        "]",
        "{",
        "}",
        "'",
        '"',
        "|",
        ">",
        "&a ",
        "*a ",
        "!t ",
        "#",
        "---",
        "...",
        "\t",
        "\r",
        "%",
        "? ",
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        const result = parseEvents(text);
        if (result.ok) expect(result.after.length).toBe(result.events.length);
        else {
          expect(result.problem.offset).toBeGreaterThanOrEqual(0);
          expect(result.problem.offset).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
