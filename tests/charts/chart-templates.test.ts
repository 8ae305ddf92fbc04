// What the templates of the chart beside the values show of a tag.
import { describe, expect, it } from "vitest";
import type { Neighbour } from "../../lib/neighbour.js";
import { fieldsOf, summary } from "../images/fields-of.js";
import { settingsOf } from "../support/settings.js";
import { lines } from "../support/lines.js";
import { beside, IMAGE, indent } from "./values.js";

describe("the templates of the chart beside the values", () => {
  const besideTemplate = (template: string, folder = ""): Neighbour =>
    beside({
      "charts/": "sub/Chart.yaml",
      "charts/sub/Chart.yaml": "name: sub\n",
      "Chart.yaml": "name: ours\n",
      [`${folder}templates/`]: "NOTES.txt\na.yaml",
      [`${folder}templates/a.yaml`]: template,
    });
  const found = (template: string, text = IMAGE, folder = ""): readonly string[] =>
    fieldsOf(text, "values.yaml", settingsOf(), besideTemplate(template, folder)).map((field) =>
      summary(field),
    );
  const fixed = ["quay.io/corp/tool:v1.2.3 unpinned"];
  const suggested = ["quay.io/corp/tool:v1.2.3 unpinned suggest chart-breaks"];

  it.each([
    ["the image alone", 'image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"', fixed],
    ["a label", "app.kubernetes.io/version: {{ .Values.image.tag | quote }}", suggested],
    ["a comparison", '{{- if semverCompare ">=1.0.0" .Values.image.tag }}{{ end }}', suggested],
    ["an argument", "- --version={{ .Values.image.tag }}", suggested],
    ["another image", 'image: "corp/other:{{ .Values.image.tag }}"', suggested],
    ["a question whether it is there", "{{- if not .Values.image.tag }}{{ end }}", fixed],
    ["a variable", "{{- $tag := .Values.image.tag | default .Chart.AppVersion }}", fixed],
    ["another key", "x: {{ .Values.image.tagged }}{{ .Values.other.image.tag }}", fixed],
    [
      "a label, by a variable",
      "{{- $tag := .Values.image.tag | default .Chart.AppVersion }}\nversion: {{ $tag }}",
      suggested,
    ],
    [
      "the image, by variables",
      lines(
        "{{- $name := .Values.image.repository }}",
        "{{- $tag := .Values.image.tag }}",
        'image: "{{ $name }}:{{ $tag }}"',
      ),
      fixed,
    ],
    [
      "a label, by `with`",
      "{{- with .Values.image }}\napp.kubernetes.io/version: {{ .tag }}\n{{- end }}",
      suggested,
    ],
    [
      "the image, by `with`",
      '{{- with .Values.image }}\nimage: "{{ .repository }}:{{ .tag }}"\n{{- end }}',
      fixed,
    ],
    [
      "something else behind a `with`",
      "{{- with .Values.other }}{{ .x }}{{ end }}\nversion: {{ .tag }}",
      fixed,
    ],
    [
      "a label, by a template's argument",
      lines(
        '{{- define "ours.version" }}',
        "version: {{ .tag }}",
        "{{- end }}",
        '{{ include "ours.version" .Values.image }}',
      ),
      suggested,
    ],
    [
      "the image, by a template's argument",
      lines(
        '{{- define "ours.image" }}',
        "{{ .repository }}:{{ .tag }}",
        "{{- end }}",
        'image: {{ include "ours.image" .Values.image }}',
      ),
      fixed,
    ],
    [
      "a label, by a template's dict",
      lines(
        '{{- define "ours.version" }}',
        "version: {{ .of.tag }}",
        "{{- end }}",
        '{{ include "ours.version" (dict "of" .Values.image "context" $) }}',
      ),
      suggested,
    ],
    [
      "the image, by a template's dict",
      lines(
        '{{- define "ours.image" }}',
        "{{ .of.repository }}:{{ .of.tag }}",
        "{{- end }}",
        'image: {{ include "ours.image" (dict "of" .Values.image "version" .Chart.AppVersion) }}',
      ),
      fixed,
    ],
    [
      "a version, by a library's template",
      'x: {{ include "common.images.version" (dict "imageRoot" .Values.image "chart" .Chart) }}',
      suggested,
    ],
    ["an id, hashed with all that is beside it", "id: {{ sha256sum (toYaml .Values.image) }}", suggested],
    [
      "a Secret of all values",
      "{{- $values := merge dict .Values }}\nvalues.yaml: {{ $values | toYaml | b64enc }}",
      suggested,
    ],
    [
      "nothing, beside a text of another key",
      "x: {{ toYaml .Values.image.pullSecrets }}{{ toYaml .Values.imagery }}",
      fixed,
    ],
  ] as const)("that use the tag for %s", (_, template, summaries) => {
    expect(found(template)).toEqual(summaries);
  });
  it.each([
    ["behind `@sha256:`, the digits alone", "@sha256:{{ .Values.image.digest }}", "bare"],
    ["behind `@`, with `sha256:`", "@{{ .Values.image.digest }}", "prefixed"],
  ])("that print a digest key %s", (_, digest, style) => {
    const template = `image: "{{ .Values.image.repository }}${digest}"`;
    const text = `${IMAGE}  digest: ''\n`;
    const [field] = fieldsOf(text, "values.yaml", settingsOf(), besideTemplate(template));
    expect(field?.slot).toMatchObject({ kind: "key", style });
  });
  it("that read a digest where a key says so have the key switched on", () => {
    const template = 'image: "{{ .Values.image.repository }}@{{ .Values.image.digest }}"';
    const text = `${IMAGE}  digest: ''\n  useDigest: false\n`;
    const [field] = fieldsOf(text, "values.yaml", settingsOf(), besideTemplate(template));
    expect(field?.also).toEqual([
      { range: [text.indexOf("false"), text.indexOf("false") + 5], text: "true" },
    ]);
  });
  it.each([
    ["the image", 'image: "{{ .Values.image }}"', ["quay.io/corp/tool:v1.2.3 unpinned"]],
    ["a label of its tag", 'version: {{ .Values.image | splitList ":" | last }}', suggested],
    ["a comparison", '{{ if semverCompare ">1" (split ":" .Values.image)._1 }}{{ end }}', suggested],
  ] as const)("that use a reference in one string for %s", (_, template, summaries) => {
    expect(found(template, "image: quay.io/corp/tool:v1.2.3\n")).toEqual(summaries);
  });
  it.each([
    [
      "calls itself",
      '{{- define "a" }}{{ include "a" (dict "x" (list .x.b .x.c)) }}{{- end }}' +
        '{{ include "a" (dict "x" .Values.image) }}',
    ],
    ["never ends an action", `{{${" ".repeat(1900)}`],
    ["pipes without end", `{{ .Values.image${" |   ".repeat(380)}`],
    ["ends what it never began", "{{ end }}{{ end }}{{ else }}{{ define }}{{ with }}"],
  ])("may be hostile: one that %s", (_, template) => {
    expect(found(`${template}\n`.repeat(50))).toEqual(fixed);
  });
  it("are read again where a library beside them changes", () => {
    const withLibrary = (body: string): readonly string[] => {
      const neighbour = beside({
        "Chart.yaml": "name: ours\n",
        "templates/": "a.yaml",
        "templates/a.yaml": '{{ include "lib.image" .Values.image }}\n',
        "charts/": "lib/Chart.yaml\nlib/templates/_a.tpl",
        "charts/lib/Chart.yaml": "name: lib\n",
        "charts/lib/templates/": "_a.tpl",
        "charts/lib/templates/_a.tpl": `{{ define "lib.image" }}${body}{{ end }}`,
      });
      return fieldsOf(IMAGE, "values.yaml", settingsOf(), neighbour).map((field) => summary(field));
    };
    expect(withLibrary("image: {{ .repository }}:{{ .tag }}")).toEqual(fixed);
    expect(withLibrary("version: {{ .tag }}")).toEqual(suggested);
  });
  it("are a subchart's where they are unpacked", () => {
    expect(found("version: {{ .Values.image.tag }}", `sub:\n${indent(IMAGE, 2)}`, "charts/sub/")).toEqual(
      suggested,
    );
  });
  it("are not asked where there is no chart", () => {
    const neighbour = beside({
      "templates/": "a.yaml",
      "templates/a.yaml": "version: {{ .Values.image.tag }}",
    });
    expect(fieldsOf(IMAGE, "values.yaml", settingsOf(), neighbour).map((field) => summary(field))).toEqual(
      fixed,
    );
  });
});
