// Which `#` begin a comment, and which are text of a scalar.
import { describe, expect, it } from "vitest";
import { commentsOf } from "../../lib/yaml/comments.js";
import { read } from "../../lib/yaml/read.js";

const TEXTS: readonly (readonly [name: string, text: string, comments: readonly string[]])[] = [
  ["at a line's start and behind a value", "# a\nb: c # d\n", ["# a", "# d"]],
  ["behind a tab", "b: c\t# d", ["# d"]],
  ["a number sign inside a word", "b: c#d\ne: f", []],
  ["inside quotes", "b: \"c # d\" # e\nf: ' # g'", ["# e"]],
  ["an empty scalar in quotes", 'b: "" # c', ["# c"]],
  ["inside a block scalar", "b: |\n  # c\n  d # e\n# f\n", ["# f"]],
  ["on a block scalar's header", "b: | # c\n  # d\n", ["# c"]],
  ["behind the document's mark", "--- # a\nb: c\n... # d\n", ["# a", "# d"]],
  [
    "behind an anchor, an alias, a tag",
    "a: &b # c\n  d: 1\ne: *b # f\ng: !h # i\n  j\n",
    ["# c", "# f", "# i"],
  ],
  ["between the lines of a flow collection", "a: [ # b\n  c, # d\n]\n", ["# b", "# d"]],
  ["with CRLF and a lone CR", "# a\r\nb: c # d\r# e\r\n", ["# a", "# d", "# e"]],
  ["with U+2028 in it", "# a\u2028b\nc: d", ["# a\u2028b"]],
  ["two in a row", "a: b # c # d\n#e", ["# c # d", "#e"]],
  ["none", "a: b\n", []],
  ["in a template's arm", "{{ if a }}\n# b\nc: {{ d }} # e\n{{ end }}\n", ["# b", "# e"]],
  ["not in a template's action", 'a: {{ b "# c" }} # d\n{{/* # e */}}\nf: 1 {{- /* # g */}}\n', ["# d"]],
  ["not in a template's block scalar", "a: |\n  {{ b }}\n  # c\nd: {{ e }} # f\n", ["# f"]],
  ["a comment that holds an action", "a: {{ b }}\n# c {{ d }} e\n", ["# c {{ d }} e"]],
  ["a template's comment over an action of two lines", "# a {{ b\n c }}\nd: {{ e }}\n", ["# a {{ b"]],
  ["where nothing parses", "a: [ # b\n# c\nd#e\n", ["# b", "# c"]],
  ["in Jinja", "{% if a %}\n# b\nc: d # e\n{% endif %}\n", ["# b", "# e"]],
];

describe("comments", () => {
  it.each(TEXTS)("finds those %s, when the text is read", (_name, text, comments) => {
    const reading = read(text);
    expect(reading.comments().map((range) => text.slice(...range))).toEqual(comments);
    expect(reading.comments()).toBe(reading.comments());
  });

  it.each(TEXTS)("finds those %s, when the text is read for its comments only", (_name, text, comments) => {
    expect(commentsOf(text).map((range) => text.slice(...range))).toEqual(comments);
  });
});
