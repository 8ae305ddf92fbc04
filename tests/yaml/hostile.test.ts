// Inputs made to crash or slow a parser: each gives a clear result.
import { describe, expect, it } from "vitest";
import { commentsOf } from "../../lib/yaml/comments.js";
import { read } from "../../lib/yaml/read.js";
import { isSafe, secondOpinion } from "../../lib/yaml/second-opinion.js";

const DEEP = "nested deeper than 200 levels";

/** A line of an alias bomb: an anchor that refers to the one before it, and to `a` twice. */
function aliasLine(_: unknown, at: number): string {
  return `c${String(at)}: &c${String(at)} [*${at === 0 ? "a" : `c${String(at - 1)}`}, *a, *a]\n`;
}

describe("read, hostile input", () => {
  it.each([
    ["a thousand brackets", "[".repeat(1000), DEEP],
    ["a hundred thousand brackets", "[".repeat(100_000), DEEP],
    ["braces", "{a: ".repeat(1000), DEEP],
    ["dashes on one line", "- ".repeat(50_000), DEEP],
    ["question marks on one line", "? ".repeat(50_000), DEEP],
    [
      "a thousand levels of indentation",
      Array.from({ length: 1000 }, (_, level) => `${" ".repeat(level)}a:\n`).join(""),
      DEEP,
    ],
    ["a null byte and a broken line", "a: b\0\n\t- c\n", undefined],
    ["a tab as indentation", "a:\n\tb: c\n", undefined],
  ])("gives an error for %s", (_name, text, message) => {
    const reading = read(text);
    expect(reading.trees).toEqual([]);
    expect(reading.error?.message).toBeTypeOf("string");
    if (message !== undefined) expect(reading.error?.message).toBe(message);
    expect(reading.error?.offset).toBeLessThanOrEqual(text.length);
  });

  it.each([
    [
      "50,000 keys in one mapping",
      Array.from({ length: 50_000 }, (_, at) => `key${String(at)}: value\n`).join(""),
      100_000,
    ],
    [
      "50,000 anchors and aliases",
      Array.from({ length: 50_000 }, (_, at) => `- &a${String(at)} b\n- *a${String(at)}\n`).join(""),
      50_000,
    ],
    ["an alias bomb", `a: &a [b]\n${Array.from({ length: 100 }, aliasLine).join("")}`, 102],
    ["100,000 documents", "---\n".repeat(100_000), 100_000],
    ["one line of a megabyte", `a: ${"b".repeat(1_000_000)}\n`, 2],
  ])("reads %s, and expands nothing", (_name, text, scalars) => {
    const reading = read(text);
    expect(reading.error).toBeUndefined();
    expect(reading.trees.flatMap((tree) => tree.events.filter((event) => event.type === 4)).length).toBe(
      scalars,
    );
  });

  it.each([
    ["50,000 actions", "a: {{ b }}\n".repeat(50_000)],
    ["50,000 nested chains", `${"{{ if a }}\n".repeat(50_000)}b: c\n`],
    [
      "10,000 chains that fit nowhere",
      "{{ if a }}\n   b: c\n {{ else }}\n d: e: f\n{{ end }}\n".repeat(10_000),
    ],
    ["50,000 openings", "{{".repeat(50_000)],
    ["10,000 defines", '{{ define "a" }}\nb: c: d\n{{ end }}\n'.repeat(10_000)],
    ["50,000 lines too far left in a quote", `a:\n  b: "{{ c }}\n${"d\n".repeat(50_000)}`],
    ["deep brackets beside an action", `a: {{ b }}\nc: ${"[".repeat(1000)}\n`],
    [
      "deep lines beside an action",
      `a: {{ b }}\n${Array.from({ length: 1000 }, (_, level) => `${" ".repeat(level)}c:\n`).join("")}`,
    ],
  ])("reads a template with %s", (_name, text) => {
    const reading = read(text);
    expect(reading.template).toBe(true);
    expect(reading.error).toBeUndefined();
    expect(reading.trees.length + reading.notes.length).toBeGreaterThan(0);
    expect(reading.armsAt(text.length - 1).length).toBeLessThanOrEqual(100);
  });

  it("says that 50,000 quotes are never closed, and takes 50,000 that go on too far left", () => {
    expect(read(`a:\n  b: 'c\nd\n${"  e: 'f ''\n".repeat(50_000)}`).error).toBeDefined();
    expect(read(`a:\n${"  - 'b\n  c'\n".repeat(50_000)}`).error).toBeUndefined();
  });

  it("gives no deep or very long text to a recursive parser", () => {
    const levels = (count: number) =>
      Array.from({ length: count }, (_, level) => `${" ".repeat(level)}a:\n`).join("");
    expect(
      [
        "[".repeat(101),
        "{".repeat(101),
        "- ".repeat(101),
        levels(101),
        "a\n".repeat(10_001),
        "a,".repeat(10_001),
      ].map(isSafe),
    ).toEqual(Array<boolean>(6).fill(false));
    expect(
      [
        "[".repeat(100),
        "[]".repeat(101),
        "- ".repeat(100),
        levels(100),
        "a\n".repeat(10_000),
        "a: b\nc: d\n".repeat(101),
      ].map(isSafe),
    ).toEqual(Array<boolean>(6).fill(true));
  });

  it.each([
    ["images", "- image: nginx:1.27\n"],
    ["blank lines", "\n"],
    ["carriage returns", "\r"],
    ["closing braces on lines", "}\n"],
    ["documents", "---\n"],
    ["flow items", "a, "],
    ["questions", "?\n"],
    ["actions", "{{ a }}\n"],
    ["Jinja tags", "{% a %}"],
  ])("parses no file of 10 MB of %s, and says why", (_name, piece) => {
    const text = `image: nginx\n${piece.repeat(10_000_000 / piece.length)}`;
    const { error, trees, lines } = read(text);
    expect(error?.message).toMatch(/^more than 300,000 lines and entries/);
    expect(trees.length + lines.length).toBe(0);
  });

  it("joins few lines of a text that is long, because each time it is parsed again", () => {
    const troubles = "b: [\nc\n]\n".repeat(8);
    expect(read(`a: b\n${troubles}`).error).toBeUndefined();
    expect(read(`a: ${"b ".repeat(3_000_000)}\n${troubles}`).error?.message).toBe("deficient indentation");
  });

  it("asks no other parser about a megabyte of closing braces", () => {
    expect(secondOpinion("}".repeat(1_000_000))).toEqual({ kind: "unasked" });
    expect(read("}".repeat(1_000_000)).error?.message).toContain("end of the stream");
  });

  it("reads files that are larger than any real one", () => {
    const text = Array.from({ length: 100_000 }, (_, at) => `a${String(at)}: b\n`).join("");
    expect(read(text).error).toBeUndefined();
  });

  it("finds the comments of a text that no parser reads", () => {
    expect(commentsOf(`# a\n${"[".repeat(10_000)}\n# b`).length).toBe(2);
  });
});
