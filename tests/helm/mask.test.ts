// The mask of a template: the same length, line breaks and text outside actions, and YAML in their place.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mask } from "../../lib/helm/mask.js";
import { scan } from "../../lib/helm/scan.js";

/** The masked text, with what the mask wrote made visible: `·` is a space, `¶` a line feed that it added. */
function masked(text: string): string {
  const { actions } = scan(text);
  const result = mask(text, actions);
  const shown = (character: string, at: number): string => {
    if (character === " " && actions.some((action) => action.start <= at && at < action.end)) return "·";
    return character === "\n" && text[at] !== "\n" ? "¶" : character;
  };
  return [...result].map(shown).join("");
}

describe("mask", () => {
  it.each([
    // Rule 1
    ["a line of an action alone", "a: 1\n  {{ b }}\nc: 2", "a: 1\n¶¶¶¶¶¶¶¶¶\nc: 2"],
    ["a line of several actions", "{{ a }} {{- b }}\nc: 1", "¶¶¶¶¶¶¶¶¶¶¶¶¶¶¶¶\nc: 1"],
    ["lines of one action", "{{ a\n  b }}\nc: 1", "¶¶¶¶\n¶¶¶¶¶¶\nc: 1"],
    ["a comment over lines", "{{/* a\nb: */}}\nc: 1", "¶¶¶¶¶¶\n¶¶¶¶¶¶¶\nc: 1"],
    // Rule 2
    ["an action inside text", "image: nginx:{{ a }}-x", "image: nginx:_______-x"],
    ["an action as a value", "a: {{ b }}\nc: 1", "a: _______\nc: 1"],
    ["an action as a key", "{{ a }}: 1", "_______: 1"],
    ["later lines of an action with text around", 'a: "{{ b\n  c }}"', 'a: "____\n······"'],
    // Rule 3
    ["a value that goes on below", "a: {{ b }}\n  c: 1", "a: ·······\n  c: 1"],
    ["an item that goes on below", "- {{ b }}\n  c: 1", "- ·······\n  c: 1"],
    ["a value whose items stand at its column", "a: {{ b }}\n- c", "a: ·······\n- c"],
    ["a value behind a dash", "- a: {{ b }}\n  c: 1", "- a: _______\n  c: 1"],
    [
      "a value that goes on below lines of actions",
      "a: {{ b }}\n{{ if c }}\n  # d\n  e: 1",
      "a: ·······\n¶¶¶¶¶¶¶¶¶¶\n  # d\n  e: 1",
    ],
    ["a value over lines that goes on as text", "a: {{ b }}\n  more", "a: _______\n  more"],
    // Rule 4
    ["behind a block scalar's header", "a: |-{{ b }}\n  c", "a: |-·······\n  c"],
    ["behind a header with an anchor", "a: &x > {{ b }}\nc: 1", "a: &x > ·······\nc: 1"],
    ["behind what only looks like a header", "a: x > {{ b }}\nc: 1", "a: x > _______\nc: 1"],
    // Rule 5
    ["a comment beside text", "a: 1 {{/* b */}}", "a: 1 ···········"],
    ["an assignment beside text", "a: 1 {{ $b := 1 }}", "a: 1 ·············"],
    [
      "a control action at a line's edge",
      "a: 1 {{- if b }}\nc: 2\n{{ end }}",
      "a: 1 ···········\nc: 2\n¶¶¶¶¶¶¶¶¶",
    ],
    ["a chain of one line", "{{ if a }}b: 1{{ end }}\nc: 2", "__________b: 1_________\nc: 2"],
    [
      "a chain of one line as a value",
      "a: {{ if b }}c{{ else }}d{{ end }}",
      "a: __________c__________d_________",
    ],
    // Line ends
    [
      "CRLF outside of blanked lines",
      "a: 1\r\n{{ b }}\r\nc: {{ d }}\r\n",
      "a: 1\r\n¶¶¶¶¶¶¶\r\nc: _______\r\n",
    ],
    ["a lone CR", "a: 1\r{{ b }}\rc: 2", "a: 1\r¶¶¶¶¶¶¶\rc: 2"],
  ])("masks %s", (_name, text, expected) => {
    expect(masked(text)).toBe(expected);
  });

  const piece = fc.oneof(
    fc.constantFrom(
      "{{ a }}",
      "{{- if b }}",
      "{{ end }}",
      "{{ else }}",
      "{{/* c\n*/}}",
      "{{ $d := 1 }}",
      '{{ define "e" }}',
      "{{ f\n g }}",
      "{{",
      "}}",
    ),
    fc.constantFrom(
      "key: ",
      "- ",
      "\n",
      "\r\n",
      "\r",
      "  ",
      "|-",
      "#",
      "\t",
      '"',
      "\u2028",
      "\ud800",
      "text",
    ),
  );
  const template = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));

  it("keeps the length, every line break, and all text outside actions and blanked lines", () => {
    fc.assert(
      fc.property(template, (text) => {
        const { actions } = scan(text);
        const result = mask(text, actions);
        expect(result.length).toBe(text.length);
        const held = (at: number) => actions.some((action) => action.start <= at && at < action.end);
        let lineStart = 0;
        for (const line of text.split(/(?<=\n)|(?<=\r)(?!\n)/)) {
          const content = line.replace(/[\r\n]+$/, "");
          const onlyActions = [...content].every(
            (_, at) => held(lineStart + at) || /[ \t]/.test(content.charAt(at)),
          );
          const blanked = onlyActions && [...content].some((_, at) => held(lineStart + at));
          for (let at = lineStart; at < lineStart + line.length; at++) {
            const original = text.charAt(at);
            if (at >= lineStart + content.length) expect(result.charAt(at)).toBe(original);
            else if (blanked) expect(result.charAt(at)).toBe("\n");
            else if (!held(at)) expect(result.charAt(at)).toBe(original);
            else expect("_ ").toContain(result.charAt(at));
          }
          lineStart += line.length;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("is the text itself where there are no actions", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(mask(text, [])).toBe(text);
      }),
    );
  });
});
