// `read` on arbitrary and on broken text: it never throws, and what it finds reads the same in the user's
// text.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commentsOf } from "../../lib/yaml/comments.js";
import { read } from "../../lib/yaml/read.js";
import type { Reading } from "../../lib/yaml/reading.js";
import { isScalar, scalarValue } from "../../lib/yaml/scalar.js";

const SEEDS = [
  "apiVersion: v1\n" +
    "kind: Pod\n" +
    "spec:\n" +
    "  containers:\n" +
    "    - name: a\n" +
    '      image: "nginx:1.27" # c\n' +
    "      args: [a, 'b']\n" +
    "---\n" +
    "a: |\n" +
    "  b\n",
  "spec:\n" +
    "  {{- if .a }}\n" +
    "  image: {{ .b }}:1\n" +
    "  {{- else }}\n" +
    "  image: x:1\n" +
    "  {{- end }}\n" +
    '  labels: {{ include "l" . | nindent 4 }}\n' +
    "    c: d\n",
  '{{- define "a" -}}\r\nb: c\r\n{{- end -}}\r\nd: {{/* e */}}\r\n  - f\r\n',
  "{{ if .a -}} stringData: {{- else -}} data: {{- end }}\n  b: |\n{{ .c }}\nargs: [\n{{ .d }},\n]\n",
];
const PIECES = [
  "{{ a }}",
  "{{- if b }}",
  "{{ else }}",
  "{{- end }}",
  "{{",
  "}}",
  "{%",
  ": ",
  "- ",
  "\n",
  "\r\n",
  "\r",
  "  ",
  "\t",
  "[",
  "]",
  "{",
  "}",
  '"',
  "'",
  "|",
  ">",
  "#",
  " # ",
  "&a",
  "*a",
  "!t",
  "---\n",
  "? ",
  "\0",
  "\u2028",
  "\ud800",
  "image: x",
];

const piece = fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "binary", maxLength: 4 }));
const arbitrary = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
const mutated = fc
  .tuple(
    fc.constantFrom(...SEEDS),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 6 }), piece), { minLength: 1, maxLength: 4 }),
  )
  .map(([seed, edits]) =>
    edits.reduce(
      (text, [at, gone, inserted]) =>
        text.slice(0, at % (text.length + 1)) + inserted + text.slice((at % (text.length + 1)) + gone),
      seed,
    ),
  );

function check(reading: Reading): void {
  const { text } = reading;
  const overlaps = (start: number, end: number) =>
    reading.actions.some((action) => action.start < end && action.end > start);
  for (const tree of reading.trees) {
    expect(tree.source.length).toBe(text.length);
    for (const event of tree.events) {
      if (!isScalar(event) || event.valueStart < 0) continue;
      const written = text.slice(event.valueStart, event.valueEnd);
      if (overlaps(event.valueStart, event.valueEnd) || /[\r\n]/.test(written)) continue;
      expect(tree.source.slice(event.valueStart, event.valueEnd)).toBe(written);
      expect(scalarValue({ source: text }, event)).toBe(scalarValue(tree, event));
    }
  }
  for (const { value } of reading.lines) expect(text.slice(...value)).not.toMatch(/[\r\n]/);
  for (const note of reading.notes) expect(note.offset).toBeLessThanOrEqual(text.length);
  let last = 0;
  for (const [start, end] of reading.comments()) {
    expect(start).toBeGreaterThanOrEqual(last);
    expect(text.slice(start, end)).toMatch(/^#[^\r\n]*$/);
    last = end;
  }
  expect(reading.error === undefined || reading.trees.length === 0).toBe(true);
}

describe("read", () => {
  it("takes any text", () => {
    fc.assert(
      fc.property(arbitrary, (text) => {
        check(read(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("takes YAML and templates with something broken in them", () => {
    fc.assert(
      fc.property(mutated, (text) => {
        check(read(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("commentsOf", () => {
  it("takes any text, and agrees with `read` on YAML", () => {
    fc.assert(
      fc.property(fc.oneof(arbitrary, mutated), (text) => {
        const comments = commentsOf(text);
        const reading = read(text);
        if (
          !reading.template &&
          reading.error === undefined &&
          reading.notes.length === 0 &&
          reading.trees[0]?.source === text
        )
          expect(comments).toEqual(reading.comments());
      }),
      { numRuns: 1000 },
    );
  });
});
