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

/** Loops within one another, each of which begins with something. */
function loops(count: number, begin: string): string {
  return `${`{{ range .Values.a }}${begin}`.repeat(count)}${"{{ end }}".repeat(count)}`;
}

function evaluatedOften(actions: number): string {
  const text = "{{ .Values.a }} x ".repeat(actions);
  return `{{ $x := "${text}" }}{{ range .Values.l }}${"{{ tpl $x . }}".repeat(100)}{{ end }}\n`;
}

function namedTemplates(count: number): string {
  const defined = Array.from({ length: count }, (_, at) => `{{ define "x.t${String(at)}" }}a{{ end }}`);
  return `${defined.join("")}${'{{ include (print "x.t" .Values.q "z") . }}'.repeat(5000)}\n`;
}

function conditional(count: number): string {
  const lines = Array.from(
    { length: count },
    (_, at) => `{{ if .Values.c${String(at)} }}a: {{ .Values.v${String(at)} }}\n{{ end }}`,
  );
  return lines.join("");
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
  [
    "a list that doubles",
    `{{ $x := list .Values.a .Values.b }}${"{{ $x = concat $x $x }}".repeat(40)}{{ join "," $x }}\n`,
  ],
  [
    "thousands of values of which the first counts",
    `{{ if or ${Array.from({ length: 3000 }, (_, at) => `.Values.a${String(at)}`).join(" ")} }}x{{ end }}\n`,
  ],
  ["a loop in a loop in a loop", `{{ $x := "" }}${loops(30, "{{ $x = print $x . }}")}{{ $x }}\n`],
  ["a text of twenty thousand actions, evaluated again and again", evaluatedOften(20_000)],
  ["names of templates that may be any of thousands", namedTemplates(20_000)],
  ["ten megabytes of actions", "{{.Values.a}}".repeat(800_000)],
  ["a hundred thousand lines, each under a condition of its own", conditional(100_000)],
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
  const uses = chartUses({ templates: [{ file: "a.yaml", text: template + IMAGE }] });
  expect(uses.linesWith([["image", "tag"]]).length).toBeGreaterThan(0);
});

it("the secrets of the images of a list, which grow in a loop in a loop, are read whole", () => {
  const images = Array.from({ length: 12 }, (_, at) => `.Values.i${String(at)}.image`).join(" ");
  const secrets =
    `{{ $s := list }}{{ range list ${images} }}{{ range .pullSecrets }}{{ if kindIs "map" . }}` +
    "{{ $s = append $s .name }}{{ else }}{{ $s = append $s . }}{{ end }}{{ end }}{{ end }}" +
    "{{ range $s | uniq }}\n- name: {{ . }}{{ end }}\n";
  const templates = [{ file: "a.yaml", text: secrets.repeat(20) + IMAGE }];
  expect(chartUses({ templates }).unread).toEqual([]);
});

it("a file that is no template is not read", () => {
  const { linesWith, unread } = chartUses({
    templates: [
      { file: "a.yaml", text: "{{ if }}" },
      { file: "b.yaml", text: IMAGE },
    ],
  });
  expect(unread).toEqual(["a.yaml"]);
  expect(linesWith([["image", "tag"]])).toHaveLength(1);
});

it.each([
  ["a line of many parts", `x: ${"{{ .Values.a }}-".repeat(200)}\n`],
  ["a line of many forms", `image: x${optional(40)}\n`],
])("%s: nothing is known of what is in it, and all of the rest", (_, template) => {
  const uses = chartUses({ templates: [{ file: "a.yaml", text: template + IMAGE }] });
  expect(uses.unread).toEqual([]);
  expect(uses.takenAt([["a"]])).toMatchObject([{ file: "a.yaml", path: ["a"], how: "unknown" }]);
  expect(uses.linesWith([["image", "tag"]])).toHaveLength(1);
});
