// Which texts are actions, and where each of them ends.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scan } from "../../lib/helm/scan.js";

function found(text: string): readonly string[] {
  return scan(text).actions.map(
    (action) => `${action.kind} ${action.keyword} ${text.slice(action.start, action.end)}`,
  );
}

describe("scan", () => {
  it.each([
    ["an output", "{{ .Values.image }}", ["output .Values.image {{ .Values.image }}"]],
    ["trim markers", '{{- include "a" . -}}', ['output include {{- include "a" . -}}']],
    ["a minus that is no trim marker", "{{-1}}", ["output -1 {{-1}}"]],
    ["a double-quoted string", '{{ "}}" }}x', ['output  {{ "}}" }}']],
    ["an escaped quote", '{{ "\\"}}" }}x', ['output  {{ "\\"}}" }}']],
    ["a raw string over lines", "{{ `}}\n}}` }}x", ["output  {{ `}}\n}}` }}"]],
    ["a backslash in a raw string", "{{ `\\` }}`}}", ["output  {{ `\\` }}"]],
    ["a character constant", "{{ '\"' }}x", ["output  {{ '\"' }}"]],
    ["a printed delimiter", '{{ "{{" }}b{{ "}}" }}', ['output  {{ "{{" }}', 'output  {{ "}}" }}']],
    ["an action over lines", '{{ include\n  "a" }}', ['output include {{ include\n  "a" }}']],
    ["a comment", "{{/* a }} b */}}c", ["comment  {{/* a }} b */}}"]],
    ["a trimmed comment over lines", "{{- /* a\n}} */ -}}c", ["comment  {{- /* a\n}} */ -}}"]],
    ["a comment with a quote", "{{/* don't */}}{{ x }}", ["comment  {{/* don't */}}", "output x {{ x }}"]],
    ["what only looks like a comment", "{{ /* a */ }}", ["output /* {{ /* a */ }}"]],
    ["an assignment", "{{- $x := 1 }}", ["assignment $x {{- $x := 1 }}"]],
    ["another assignment", "{{ $x = 1 }}", ["assignment $x {{ $x = 1 }}"]],
    ["a comparison that is none in Go either", "{{ $x == 1 }}", ["output $x {{ $x == 1 }}"]],
    ["a variable", "{{ $x }}", ["output $x {{ $x }}"]],
    [
      "a chain",
      "{{if .a}}{{else if .b}}{{else}}{{end}}",
      ["open if {{if .a}}", "else else {{else if .b}}", "else else {{else}}", "end end {{end}}"],
    ],
    ["a condition in parentheses", "{{if(eq 1 2)}}{{end}}", ["open if {{if(eq 1 2)}}", "end end {{end}}"]],
    [
      "range with variables",
      "{{ range $i, $x := .y }}{{ break }}{{ continue }}{{ end }}",
      [
        "open range {{ range $i, $x := .y }}",
        "control break {{ break }}",
        "control continue {{ continue }}",
        "end end {{ end }}",
      ],
    ],
    [
      "define, block, with, template",
      '{{ define "a" }}{{ block "b" . }}{{ with .c }}{{ template "d" }}',
      [
        'open define {{ define "a" }}',
        'open block {{ block "b" . }}',
        "open with {{ with .c }}",
        'output template {{ template "d" }}',
      ],
    ],
    ["a word that begins with a keyword", "{{ endpoint }}", ["output endpoint {{ endpoint }}"]],
    ["an empty action", "{{}}", ["output  {{}}"]],
    [
      "a quote that its line does not close",
      "{{ don't }}\n{{ x }}",
      ["output don {{ don't }}", "output x {{ x }}"],
    ],
  ])("finds %s", (_name, text, expected) => {
    expect(found(text)).toEqual(expected);
    expect(scan(text).unclosed).toBeUndefined();
  });

  it.each([
    ["at the text's end", "a {{ b", 2, []],
    ["before another action", "a {{ b\n{{ c }}", 2, ["output c {{ c }}"]],
    ["a comment", "{{/* a }}", 0, []],
    ["a raw string", "x {{ `a", 2, []],
  ])("says where an action without an end begins: %s", (_name, text, unclosed, expected) => {
    expect(scan(text).unclosed).toBe(unclosed);
    expect(found(text)).toEqual(expected);
  });

  it("finds actions that lie in order inside the text, whatever the text", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "{{",
        "}}",
        "{{-",
        "-}}",
        "{{/*",
        "*/}}",
        '"',
        "'",
        "`",
        "\\",
        "\n",
        "$x :=",
        "if",
        "end",
        " ",
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("");
        let last = 0;
        for (const action of scan(text).actions) {
          expect(action.start).toBeGreaterThanOrEqual(last);
          expect(text.slice(action.start, action.start + 2)).toBe("{{");
          expect(text.slice(action.end - 2, action.end)).toBe("}}");
          last = action.end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["openings", "{{".repeat(200_000)],
    ["openings with a quote", '{{ " }}'.repeat(100_001)],
    ["escaped quotes on one line", '{{ \\" }}'.repeat(100_001)],
    ["raw strings without an end", "{{ ` }}\n".repeat(100_001)],
    ["comments without an end", "{{/* ".repeat(200_000)],
  ])("ends on many %s", (_name, text) => {
    expect(scan(text).actions.length).toBeLessThanOrEqual(text.length / 4);
  });
});
