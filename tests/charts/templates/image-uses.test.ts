// What templates are understood to do with an image's keys: patterns of real charts.
import { describe, expect, it } from "vitest";
import { chartUses } from "../../../lib/charts/templates/chart-uses.js";
import {
  imageUses,
  referenceUses,
  type ImageUses,
  type ReferenceUses,
} from "../../../lib/charts/templates/image-uses.js";
import { lines } from "../../support/lines.js";

const KEYS = { repository: "repository", tag: "tag", digest: "digest" } as const;

function usesIn(template: string, library = "", isWhole = true): ImageUses {
  const templates = [
    { file: "charts/lib/_a.tpl", text: library },
    { file: "a.yaml", text: template },
  ];
  return imageUses(chartUses({ templates, isWhole }), ["image"], KEYS, known);
}

/** The tag is `v1`, a registry is set, and no other value is. */
function known(path: readonly string[]): string {
  return (
    new Map([
      ["image.registry", "quay.io"],
      ["image.repository", "corp/tool"],
      ["image.tag", "v1"],
    ]).get(path.join(".")) ?? ""
  );
}

const IMAGE = "{{ .Values.image.repository }}:{{ .Values.image.tag }}";

/** The helper that most charts of one publisher, and many that learnt from it, have. */
const SEPARATOR = lines(
  '{{- define "common.image" -}}',
  '{{- $separator := ":" -}}',
  "{{- $termination := .imageRoot.tag | toString -}}",
  "{{- if .imageRoot.digest }}",
  '{{- $separator = "@" -}}',
  "{{- $termination = .imageRoot.digest | toString -}}",
  "{{- end -}}",
  '{{- printf "%s/%s%s%s" .imageRoot.registry .imageRoot.repository $separator $termination -}}',
  "{{- end -}}",
);
const CALLS_COMMON = 'image: {{ include "common.image" (dict "imageRoot" .Values.image) }}\n';

describe("an image is put together", () => {
  it.each([
    ["in a line", `image: "${IMAGE}"\n`],
    ["behind a registry", `image: {{ .Values.image.registry }}/${IMAGE}\n`],
    ["with a default", 'image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default "1" }}"\n'],
    ["by printf", 'image: {{ printf "%s:%s" .Values.image.repository .Values.image.tag | quote }}\n'],
    ["by print", 'image: {{ print .Values.image.repository ":" .Values.image.tag }}\n'],
    ["by join", 'image: {{ list .Values.image.repository .Values.image.tag | join ":" }}\n'],
    ["with coalesce", 'image: "{{ .Values.image.repository }}:{{ coalesce .Values.image.tag "1" }}"\n'],
    ["by index", 'image: "{{ index .Values "image" "repository" }}:{{ (index .Values.image "tag") }}"\n'],
    ["as an argument", `args:\n  - --reloader=${IMAGE}\n`],
    ["in an arm", `{{ if .Values.on }}\nimage: ${IMAGE}\n{{ else }}\nimage: none\n{{ end }}`],
    ["by a helper with separators", SEPARATOR + CALLS_COMMON],
    [
      "by `with` and a variable",
      '{{- with .Values.image }}{{ $t := .tag }}\nimage: "{{ .repository }}:{{ $t }}"\n{{ end }}',
    ],
    [
      "for each of a map",
      '{{ range dict "a" .Values.image }}\nimage: {{ .repository }}:{{ .tag }}\n{{ end }}',
    ],
    [
      "for each of a list of several",
      "{{ range list .Values.image .Values.other }}\nimage: {{ .repository }}:{{ .tag }}\n{{ end }}",
    ],
  ])("%s", (_, template) => {
    expect(usesIn(template)).toMatchObject({ isComposed: true, elsewhere: undefined, isKnown: true });
  });

  it("by a library's helper", () => {
    expect(usesIn(CALLS_COMMON, SEPARATOR)).toMatchObject({ isComposed: true, isKnown: true });
  });
  it("by a helper that is not there: nothing is known", () => {
    expect(usesIn(CALLS_COMMON)).toMatchObject({
      isComposed: false,
      isKnown: false,
      elsewhere: undefined,
    });
  });
  it.each([
    ["a helper that is not there and gets everything", '{{ include "lib.all" . }}'],
    ["a helper whose name is computed", '{{ include (printf "%s.x" .Chart.Name) .Values.image }}'],
    [
      "a mapping that is changed",
      '{{ $m := dict }}{{ $_ := set $m "v" .Values.image.tag }}{{ include "x" $m }}',
    ],
    ["a file that is no template", "{{ noFunction }}"],
  ])("and nothing is known beside %s", (_, template) => {
    const templates = [
      { file: "a.yaml", text: `image: ${IMAGE}\n` },
      { file: "b.yaml", text: template },
    ];
    expect(imageUses(chartUses({ templates }), ["image"], KEYS, known)).toMatchObject({
      isComposed: true,
      isKnown: false,
    });
  });
  it("but all is known beside a helper that the chart forgot, for Helm fails on it", () => {
    const template = `{{ define "ours.name" }}a{{ end }}image: ${IMAGE}\n{{ include "ours.x" . }}`;
    expect(usesIn(template)).toMatchObject({ isKnown: true, elsewhere: undefined });
    expect(usesIn(template, "", false)).toMatchObject({ isKnown: false });
  });
  it("and beside the hash of one of two files", () => {
    const name = 'print $.Template.BasePath (ternary "/a.yaml" "/b.yaml" .Values.demo)';
    const template = `image: ${IMAGE}\nchecksum: {{ include (${name}) . | sha256sum }}\n`;
    expect(usesIn(template, "", false)).toMatchObject({ isKnown: true, elsewhere: undefined });
    const asked = template.replace(".Values.demo", '(eq .Values.image.tag "v1")');
    expect(usesIn(asked, "", false).elsewhere).toBe("a.yaml");
  });
  it("but all is known beside the hash of another file", () => {
    const template = '{{ include (print $.Template.BasePath "/config.yaml") . | sha256sum }}';
    expect(usesIn(`image: ${IMAGE}\nchecksum: ${template}\n`)).toMatchObject({ isKnown: true });
  });
});

describe("the tag stands elsewhere", () => {
  it.each([
    ["a label", "app.kubernetes.io/version: {{ .Values.image.tag | quote }}"],
    ["an annotation, by a helper", '{{ define "v" }}{{ .Values.image.tag }}{{ end }}x: {{ include "v" . }}'],
    ["an environment variable", "- name: VERSION\n  value: {{ .Values.image.tag | quote }}"],
    ["an argument", "- --version={{ .Values.image.tag }}"],
    ["a comparison of versions", '{{ if semverCompare ">1" .Values.image.tag }}{{ end }}'],
    ["a comparison with what it is", '{{ if eq .Values.image.tag "v1" }}a: b{{ end }}'],
    ["the end of the tag", '{{ if hasSuffix "1" .Values.image.tag }}a: b{{ end }}'],
    ["what it contains", '{{ if contains "@" .Values.image.tag }}a: b{{ end }}'],
    ["an entry under a computed key", "{{ $d := dict .Values.name .Values.image.tag }}x: {{ $d | toJson }}"],
    ["an item of a list", '{{ $l := list "a" .Values.image.tag }}x: {{ index $l 1 }}'],
    ["the argument of a method", '{{ .Files.Get (printf "%s.txt" .Values.image.tag) }}'],
    ["a key", "{{ index .Values.map .Values.image.tag }}"],
    ["a key that is asked for", "{{ if hasKey .Values.map .Values.image.tag }}a: b{{ end }}"],
    ["an argument by its number", '{{ printf "--v=%[1]s" .Values.image.tag }}'],
    ["its length", "{{ if gt (len .Values.image.tag) 63 }}{{ end }}"],
    ["a piece of it", "{{ .Values.image.tag | trunc 63 }}"],
    ["its parts", '{{ (splitList "-" .Values.image.tag) | first }}'],
    ["an expression", '{{ regexReplaceAll "x" .Values.image.tag "y" }}'],
    ["an arm that adds to it", `image: ${IMAGE}{{ if .Values.rootless }}-rootless{{ end }}`],
    ["another image", 'image: "other:{{ .Values.image.tag }}"'],
    ["another image of the values", "image: {{ .Values.other.repository }}:{{ .Values.image.tag }}"],
    [
      "another image of a range",
      "{{ range .Values.images }}\nimage: {{ .repository }}:{{ $.Values.image.tag }}{{ end }}",
    ],
    [
      "each image of a list",
      "{{ range list .Values.image .Values.x }}\nimage: {{ .repository }}:{{ $.Values.image.tag }}{{ end }}",
    ],
    [
      "the next image of a list",
      '{{ $t := "" }}{{ range list .Values.image .Values.other }}' +
        "\nimage: {{ .repository }}:{{ $t }}\n{{ $t = .tag }}{{ end }}",
    ],
    ["the argument of `tpl`", 'x: {{ tpl "{{ .Values.image.tag }}" . }}'],
    [
      "what a later round of a loop prints",
      "{{ $v := 1 }}{{ range list 1 2 }}\nx: {{ $v }}{{ $v = $.Values.image.tag }}{{ end }}",
    ],
    ["all values by a method", 'x: {{ .Values.AsMap | dig "image" "tag" "" }}'],
    ["all values as text", "data: {{ toYaml .Values | b64enc }}"],
    ["the mapping as text", "{{ toYaml .Values.image | nindent 4 }}"],
    [
      "a hash in a helper",
      '{{ define "h" }}{{ toJson . | sha256sum }}{{ end }}x: {{ include "h" .Values.image }}',
    ],
    ["another name for it", '{{ $x := dict "t" .Values.image.tag }}version: {{ $x.t }}'],
    [
      "a variable that an arm sets",
      "{{ $v := 1 }}{{ if .x }}{{ $v = .Values.image.tag }}{{ end }}v: {{ $v }}",
    ],
  ])("%s", (_, template) => {
    expect(usesIn(`image: ${IMAGE}\n${template}\n`).elsewhere).toBe("a.yaml");
  });

  it.each([
    ["whether it is there", "{{ if .Values.image.tag }}a: b{{ end }}"],
    ["whether it is empty", '{{ if ne .Values.image.tag "" }}a: b{{ end }}'],
    ["that it must be there", '{{ $_ := required "set it" .Values.image.tag }}'],
    ["a comparison with what it is not", '{{ if eq .Values.image.tag "latest" }}a: b{{ end }}'],
    ["a beginning that it does not have", '{{ if hasPrefix "sha256:" .Values.image.tag }}a: b{{ end }}'],
    ["other keys of the mapping", "imagePullPolicy: {{ .Values.image.pullPolicy | lower }}"],
    ["a template that nothing calls", '{{ define "x" }}{{ .Values.image.tag }}{{ end }}'],
  ])("but not: %s", (_, template) => {
    expect(usesIn(`image: ${IMAGE}\n${template}\n`)).toMatchObject({
      elsewhere: undefined,
      isComposed: true,
    });
  });
});

describe("the digest", () => {
  const name = "{{ .Values.image.repository }}";
  it.each([
    ["behind `@`", `image: ${name}@{{ .Values.image.digest }}`, "prefixed"],
    ["behind `@sha256:`", `image: "${name}@sha256:{{ .Values.image.digest }}"`, "bare"],
    ["by a helper with separators", SEPARATOR + CALLS_COMMON, "prefixed"],
    ["never", `image: ${IMAGE}`, undefined],
    [
      "only where there is no tag",
      `image: {{ if .Values.image.tag }}${IMAGE}{{ else }}${name}@{{ .Values.image.digest }}{{ end }}`,
      undefined,
    ],
    [
      "only where there is no tag, in quotes",
      `image: "{{ if .Values.image.tag }}${IMAGE}{{ else }}${name}@{{ .Values.image.digest }}{{ end }}"`,
      undefined,
    ],
  ])("is printed %s", (_, template, digest) => {
    expect(usesIn(`${template}\n`).digest).toBe(digest);
  });
  it("stands elsewhere", () => {
    expect(
      usesIn(`image: ${name}@{{ .Values.image.digest }}\nx: {{ .Values.image.digest }}\n`),
    ).toMatchObject({
      digest: "prefixed",
      digestElsewhere: "a.yaml",
    });
  });
});

describe("a reference in one string", () => {
  const usesOf = (template: string): ReferenceUses =>
    referenceUses(chartUses({ templates: [{ file: "a.yaml", text: template }] }), ["image"], (path) =>
      path.join(".") === "image" ? "quay.io/corp/tool:v1" : "x",
    );
  it.each([
    ["an image", "image: {{ .Values.image }}\n"],
    ["in quotes", 'image: "{{ .Values.image }}" # the image\n'],
    ["an argument", "- --image={{ .Values.image }}\n"],
    ["all values as text", "x: {{ toYaml .Values }}\n"],
    ["with a default", 'image: {{ .Values.image | default "a:b" | quote }}\n'],
  ])("is whole: %s", (_, template) => {
    expect(usesOf(template)).toEqual({ isWhole: true, isKnown: true, elsewhere: undefined });
  });
  it.each([
    ["its tag", '{{ .Values.image | splitList ":" | last }}\n'],
    ["behind a registry", "image: {{ .Values.registry }}/{{ .Values.image }}\n"],
    ["before a tag", "image: {{ .Values.image }}:{{ .Values.version }}\n"],
    ["what it contains", 'image: {{ .Values.image }}\n{{ if contains "@" .Values.image }}a: b{{ end }}\n'],
    ["an image, and a hash", "image: {{ .Values.image }}\nx: {{ sha256sum .Values.image }}\n"],
  ])("is not: %s", (_, template) => {
    expect(usesOf(template)).toMatchObject({ isWhole: false, elsewhere: "a.yaml" });
  });
  it.each([
    ["nothing prints it", "a: b\n", { isWhole: false, isKnown: true }],
    ["a template that is not there gets it", '{{ include "x" .Values.image }}\n', { isKnown: false }],
    ["a hash of all values holds it", "x: {{ sha256sum (toYaml .Values) }}\n", { isKnown: false }],
  ])("is no evidence: %s", (_, template, expected) => {
    expect(usesOf(template)).toMatchObject(expected);
  });
});
