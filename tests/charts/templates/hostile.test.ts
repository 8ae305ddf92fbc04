// Charts that were made to take long: each is given up, and nothing is known of it.
import { expect, it } from "vitest";
import { chartUses } from "../../../lib/charts/templates/chart-uses.js";

const IMAGE = "image: {{ .Values.image.repository }}:{{ .Values.image.tag }}\n";

/** Named templates of which each calls the next one twice, with an argument. */
function chain(length: number, argument: string): string {
  return Array.from(
    { length },
    (_, at) =>
      `{{ define "t${String(at)}" }}{{ include "t${String(at + 1)}" ${argument} }}` +
      `{{ include "t${String(at + 1)}" ${argument} }}{{ end }}`,
  ).join("\n");
}

/** Parts of a line of which each may be another one. */
function optional(count: number): string {
  const parts = Array.from(
    { length: count },
    (_, at) => `{{ if .Values.x${String(at)} }}b{{ else }}{{ .Values.a }}{{ end }}`,
  );
  return parts.join("");
}

it.each([
  [
    "templates that call the next one twice",
    `${chain(39, ".")}{{ define "t39" }}{{ .Values.image.tag }}{{ end }}{{ include "t0" . }}`,
  ],
  ["an argument that doubles", `${chain(30, '(dict "a" . "b" .)')}{{ include "t0" .Values }}`],
  [
    "a text that doubles",
    `{{ $x := .Values.image.tag }}${"{{ $x = print $x $x }}".repeat(60)}{{ $x }}{{ toYaml $x }}`,
  ],
  [
    "a text that doubles, without its white space",
    `{{ $x := .Values.image.tag }}${"{{ $x = print $x $x }}".repeat(60)}{{ $x | trim | nospace }}`,
  ],
  [
    "a list that grows under conditions, joined",
    `{{ $m := list }}${Array.from(
      { length: 40 },
      (_, at) => `{{ if .Values.c${String(at)} }}{{ $m = append $m .Values.m${String(at)} }}{{ end }}`,
    ).join("")}{{ join "," $m }}\n`,
  ],
  ["more templates within one another than are followed", `${chain(300, ".")}{{ include "t0" . }}`],
])("%s", (_, template) => {
  const { unread } = chartUses({ templates: [{ file: "a.yaml", text: template + IMAGE }] });
  expect(unread).toEqual(["a.yaml"]);
});

it.each([
  [
    "a template that calls itself",
    '{{ define "a" }}{{ include "a" . }}{{ .Values.image.tag }}{{ end }}{{ include "a" . }}\n',
  ],
  [
    "a mapping that is merged with itself",
    `{{ $x := .Values.image }}${'{{ $x = merge (dict "a" $x) $x }}'.repeat(40)}{{ $x.tag }}\n`,
  ],
  [
    "a default that is made of itself",
    `{{ $x := .Values.image.tag }}${"{{ $x = default $x (print $x) }}".repeat(40)}{{ $x }}\n`,
  ],
  ["ten megabytes of text", "x: y\n".repeat(2_000_000)],
  ["twenty thousand actions", "x: {{ .Values.image.repository }}\n".repeat(20_000)],
])("%s: is read", (_, template) => {
  const { lines } = chartUses({ templates: [{ file: "a.yaml", text: template + IMAGE }] });
  expect(lines.get("tag")?.size).toBeGreaterThan(0);
});

it("a file that is no template is not read", () => {
  const { lines, unread } = chartUses({
    templates: [
      { file: "a.yaml", text: "{{ if }}" },
      { file: "b.yaml", text: IMAGE },
    ],
  });
  expect(unread).toEqual(["a.yaml"]);
  expect(lines.get("tag")?.size).toBe(1);
});

it.each([
  ["a line of many parts", `x: ${"{{ .Values.a }}-".repeat(200)}\n`],
  ["a line of many forms", `image: x${optional(40)}\n`],
])("%s: nothing is known of what is in it, and all of the rest", (_, template) => {
  const { taken, lines, unread } = chartUses({ templates: [{ file: "a.yaml", text: template + IMAGE }] });
  expect(unread).toEqual([]);
  expect(taken).toContainEqual({ file: "a.yaml", path: ["a"], how: "unknown" });
  expect(lines.get("tag")?.size).toBe(1);
});
