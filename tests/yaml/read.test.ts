// How `read` reads a text: as plain YAML, as a template, line by line, or with an error.
import { describe, expect, it } from "vitest";
import { read } from "../../lib/yaml/read.js";
import { imagesOf, valuesOf } from "./values-of.js";

describe("read, plain files", () => {
  it.each([
    ["a mapping", "a: b\n", ["a = b"]],
    ["an empty text", "", []],
    ["documents", "a: b\n---\na: c\n", ["a = b", "a = c"]],
    ["repeated keys", "a: b\na: c\n", ["a = b", "a = c"]],
    ["CRLF", "a: b\r\nc: d\r\n", ["a = b", "c = d"]],
    ["a workflow's expression", "a: ${{ b }}\n", ["a = ${{ b }}"]],
    ["an action in quotes", 'a: "{{ b }}"\n', ["a = {{ b }}"]],
    ["an action in a comment", "a: b # {{ c }}\n", ["a = b"]],
    ["an action in a block scalar", "a: |-\n  {{ b }}\n", ["a = {{ b }}"]],
    [
      "a quoted text that goes on too far left",
      "a:\n  b: 'c\n  d: ''e\n\n f'\n  g: h\n",
      ["a.b = c   d: 'e   f", "a.g = h"],
    ],
    ["an item's quoted text that goes on too far left", 'a:\n  - b: "c \\"\n  d"\n', ['a.0.b = c "   d']],
    ["a closing bracket too far left", "a:\n  b: [\n    c\n]\nd: e\n", ["a.b.0 = c", "d = e"]],
    ["the same behind a comment", "a:\n  b: [\n    c # d\n  ]\n", ["a.b.0 = c"]],
    ["the same with CRLF", "a:\r\n  b: [\r\n    c\r\n  ]\r\n", ["a.b.0 = c"]],
  ])("reads %s whole", (_name, text, values) => {
    const reading = read(text);
    expect(reading).toMatchObject({ text, template: false, actions: [], lines: [], notes: [] });
    expect(reading.error).toBeUndefined();
    expect(valuesOf(reading)).toEqual(values);
    expect(reading.armsAt(0)).toEqual([]);
  });

  it.each([
    ["a flow collection without end", "a: [b\n", 6],
    ["a tab as indentation", "a:\n\tb: c\n", 3],
    ["two values", 'a: "b" c\n', 7],
  ])("says what is wrong with %s, in yaml-eslint-parser's words", async (_name, text, offset) => {
    const reading = read(text);
    expect(reading).toMatchObject({ template: false, trees: [], lines: [], notes: [] });
    expect(reading.error?.offset).toBe(offset);
    const { parseYAML } = await import("yaml-eslint-parser");
    const theirs = expect.objectContaining({
      message: expect.stringContaining(reading.error?.message ?? "–") as unknown,
      index: offset,
    }) as unknown;
    expect(() => parseYAML(text)).toThrow(theirs);
  });

  it.each([
    [
      "Jinja",
      "a:\n{% if b %}\n  image: nginx:1.27\n{% endif %}\n",
      ["a.image = nginx:1.27 (line)"],
      "it holds `{%` or `<%` and is not YAML as it stands",
    ],
    [
      "ERB",
      "<% if a %>\nimage: 'nginx' # b\n<% end %>\n  c: d: e\n",
      ["image = nginx (line)"],
      "it holds `{%` or `<%` and is not YAML as it stands",
    ],
    [
      "what only yaml-eslint-parser reads",
      "a: |\n  \u0007\nimage: nginx\n",
      ["image = nginx (line)"],
      "js-yaml, which finds the images, does not read it (the stream contains non-printable characters)",
    ],
  ])("reads %s line by line, and says so", (_name, text, images, reason) => {
    const reading = read(text);
    expect(reading.error).toBeUndefined();
    expect(reading.notes.map((note) => [note.kind, note.reason])).toEqual([["scanned", reason]]);
    expect(imagesOf(reading)).toEqual(images);
  });
});

describe("read, templates", () => {
  it.each([
    ["an action as a value", "a: {{ b }}\nimage: nginx\n"],
    ["an action as a whole text", "{{ a }}\n"],
    ["actions on lines of their own", "a: 1\n{{- if b }}\nc: 2\n{{- end }}\n"],
    ["a sequence of actions", "a:\n  - {{ b }}\n"],
    ["a flow sequence of actions", "a: [{{ b }}]\n"],
  ])("takes %s for a template", (_name, text) => {
    expect(read(text)).toMatchObject({ template: true, notes: [] });
  });

  it("reads both arms of a chain, and tells them apart", () => {
    const text = "{{- if a }}\nimage: x:1\n{{- else }}\nimage: y:2\n{{- end }}\nb: 1\n";
    const reading = read(text);
    expect(valuesOf(reading)).toEqual(["image = x:1", "image = y:2", "b = 1"]);
    expect(
      ["x:1", "y:2", "b:"].map((each) => reading.armsAt(text.indexOf(each)).map((arm) => arm.index)),
    ).toEqual([[0], [1], []]);
  });

  it("gives positions in the user's text", () => {
    const text = "a: 1\r\n{{ if b }}\r\n  image: nginx\r\n{{ end }}\r\n";
    expect(read(text).positionOf(text.indexOf("nginx"))).toEqual({ line: 3, column: 9 });
  });

  it("reads the bodies of define as documents of their own", () => {
    const text =
      "kind: a\n" +
      '{{- define "b" }}\n' +
      "  image: nginx\n" +
      "{{- end }}\n" +
      "spec:\n" +
      "  c: d\n" +
      '{{ define "e" -}}\n' +
      "- image: redis\n" +
      "{{- end }}\n";
    const reading = read(text);
    expect(reading.notes).toEqual([]);
    expect(valuesOf(reading)).toEqual(["kind = a", "spec.c = d", "image = nginx", "0.image = redis"]);
  });

  it("notes an action without an end, and reads the rest", () => {
    const text = "image: nginx\nb: {{ c }}\nd: x {{ e\n";
    const reading = read(text);
    expect(reading.notes).toEqual([
      { kind: "unclosed-action", offset: text.indexOf("{{ e"), reason: "an action `{{` has no end" },
    ]);
    expect(imagesOf(reading)).toEqual(["image = nginx"]);
  });
});

describe("read, kept", () => {
  it("reads a text once, for all that ask one after the other", () => {
    const reading = read("a: b");
    expect(read("a: b")).toBe(reading);
    expect(read("a: c").text).toBe("a: c");
    expect(read("a: b")).not.toBe(reading);
  });
});
