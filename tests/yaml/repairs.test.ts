// Templates that need a repair after masking: forms from real charts, each with the values to find.
import { SCALAR_STYLE } from "js-yaml";
import { describe, expect, it } from "vitest";
import { read } from "../../lib/yaml/read.js";
import { isScalar } from "../../lib/yaml/scalar.js";
import { valuesOf } from "./values-of.js";

interface Shape {
  readonly name: string;
  readonly text: string;
  /** All values without an action, with the keys above them. */
  readonly values: readonly string[];
}

const WHOLE: readonly Shape[] = [
  {
    name: "arms at different indentation",
    text:
      "spec:\n" +
      "  volumes:\n" +
      "  {{- if .a }}\n" +
      "    - name: x\n" +
      "      image: x:1\n" +
      "  {{- else }}\n" +
      "  - name: y\n" +
      "    image: y:2\n" +
      "  {{- end }}\n" +
      "  replicas: 1\n",
    values: [
      "spec.volumes.0.name = x",
      "spec.volumes.0.image = x:1",
      "spec.replicas = 1",
      "spec.volumes.0.name = y",
      "spec.volumes.0.image = y:2",
    ],
  },
  {
    name: "an arm that does not fit the block above",
    text:
      "spec:\n" +
      "  containers:\n" +
      "    - image: x:1\n" +
      "  {{- if .a }}\n" +
      "  claims:\n" +
      "    - name: c\n" +
      "  {{- else }}\n" +
      "      - name: datadir\n" +
      "        image: y:2\n" +
      "  {{- end }}\n",
    values: [
      "spec.containers.0.image = x:1",
      "spec.claims.0.name = c",
      "spec.claims.0.0.name = datadir",
      "spec.claims.0.0.image = y:2",
    ],
  },
  {
    name: "an arm that is a flow value",
    text:
      "spec:\n" +
      "  volume:\n" +
      "    {{- if .a }}\n" +
      "    image: x:1\n" +
      "    {{- else }} {}\n" +
      "    {{- end }}\n" +
      "  image: y:2\n",
    values: ["spec.volume.image = x:1", "spec.image = y:2"],
  },
  {
    name: "an arm that is a flow value on its key's line",
    text: "spec:\n  volume: {{ if .a }}\n    image: x:1\n  {{- else }}{}{{ end }}\n  image: y:2\n",
    values: ["spec.volume.image = x:1", "spec.image = y:2"],
  },
  {
    name: "documents without a mark between them",
    text: "{{- range .a }}\n- image: x:1\n{{- end }}\nkind: b\nimage: y:2\n",
    values: ["0.image = x:1", "kind = b", "image = y:2"],
  },
  {
    name: "a flow collection that ends too far left",
    text: "spec:\n  containers:\n    - args: [\n        {{ .a }}\n    ]\n      image: x:1\n",
    values: ["spec.containers.0.image = x:1"],
  },
  {
    name: "a flow collection whose items stand too far left",
    text: "spec:\n  - args: [\n{{- range .a }}\n{{ . }},\n{{- end }}\n    x\n    ]\n    image: x:1\n",
    values: ["spec.0.args.1 = x", "spec.0.image = x:1"],
  },
  {
    name: "a quoted string that goes on too far left",
    text: 'a:\n  b: "{{ .c }}\n d"\n  image: x:1\n',
    values: ["a.image = x:1"],
  },
  {
    name: "keys chosen on one line",
    text:
      "kind: x\n" +
      "{{ if .a -}} stringData: {{- else -}} data: {{- end }}\n" +
      "  b: |\n" +
      "{{ toYaml .c | indent 4 }}\n" +
      "image: x:1\n",
    values: ["kind = x", "image = x:1"],
  },
  {
    name: "items chosen on one line, at the column of their key",
    text: "a:\n  metrics:\n  {{ if .b }}- x{{ end }}\n  {{ if and .b .c }}- y{{ end }}\n  image: x:1\n",
    values: ["a.image = x:1", "a.metrics.0 = y", "a.metrics.0 = x"],
  },
  {
    name: "a value that trim markers bring up from the next line",
    text: "a:\n  name: {{ if .b -}}\nx\n{{- else -}}\ny\n{{- end }}\n  image: x:1\n",
    values: ["a.name = x", "a.image = x:1", " = y"],
  },
  {
    name: "a value that trim markers continue",
    text:
      "a:\n" +
      "  - value: {{ .b }}\n" +
      "    {{- if .c }} --c {{ .c }}{{ end -}}\n" +
      "    {{- if .d }} --d {{ .d }}{{ end -}}\n" +
      "    {{ if .e }}\n" +
      "    image: x:1\n" +
      "    {{ end }}\n",
    values: ["a.0.image = x:1"],
  },
  {
    name: "an action behind a quoted value",
    text: 'a: "b" {{ .c }}\nimage: x:1\n',
    values: ["a = b", "image = x:1"],
  },
  {
    name: "an include right behind its key",
    text: "a:{{ .b | toYaml | nindent 2 }}\n  image: x:1\n",
    values: ["a.image = x:1"],
  },
  {
    name: "a deeper arm that YAML takes for more of the value before it",
    text: "a:\n  {{- if .b }}\n  image: x:1\n  {{- else }}\n    image\n  {{- end }}\nb: 1\n",
    values: ["a.image = x:1", "b = 1", "a = image"],
  },
  {
    name: "a stray bracket behind an action",
    text: "a:\n  {{- if .b }}\n  type: c\n  {{- else }}}\n  image: {{ .d }}\n  {{- end }}\n  image: x:1\n",
    values: ["a.image = x:1"],
  },
];

const IN_PART: readonly Shape[] = [
  {
    name: "another language in a document of its own",
    text:
      "image: x:1\n" +
      "b: {{ .b }}\n" +
      "---\n" +
      "authorization {\n" +
      "  image: y:2\n" +
      "  users: [\n" +
      "}\n" +
      "cluster: a: b\n" +
      "---\n" +
      "image: z:3\n",
    values: ["image = x:1", "image = z:3", "image = y:2 (line)", "cluster = a: b (line)"],
  },
  {
    name: "text without any structure",
    text: "a: {{ b }}\n  c: 1\n d: 2\n   image: 'x:1' # e\n",
    values: ["a.c = 1 (line)", "a.d = 2 (line)", "a.image = x:1 (line)"],
  },
  {
    name: "a quote that nothing closes",
    text: 'a: "{{ b }}\nimage: x:1\n',
    values: ["image = x:1 (line)"],
  },
];

describe("templates that need a repair", () => {
  it.each(WHOLE)("reads whole: $name", ({ text, values }) => {
    const reading = read(text);
    expect(reading.template).toBe(true);
    expect(valuesOf(reading)).toEqual(values);
    expect(reading.notes).toEqual([]);
  });

  it.each(WHOLE)("reads whole with CRLF: $name", ({ text, values }) => {
    const reading = read(text.replaceAll("\n", "\r\n"));
    expect(valuesOf(reading)).toEqual(values);
    expect(reading.notes).toEqual([]);
  });

  it.each(IN_PART)("reads in part line by line: $name", ({ text, values }) => {
    const reading = read(text);
    expect(reading.template).toBe(true);
    expect(valuesOf(reading)).toEqual(values);
    expect(reading.notes.length).toBeGreaterThan(0);
    expect(reading.notes.every((note) => note.kind === "scanned")).toBe(true);
  });
});

describe("a block scalar", () => {
  it.each([
    ["a part that is no YAML", "{{ a }}x: 1\nimage: |\n  nginx:1\n}\nb: 2\n", "  nginx:1\n"],
    [
      "an arm that is read alone",
      "spec:\n" +
        "  containers:\n" +
        "    - image: >\n" +
        "        x:1\n" +
        "  {{- if .a }}\n" +
        "  claims:\n" +
        "    - name: c\n" +
        "  {{- else }}\n" +
        "      - name: datadir\n" +
        "  {{- end }}\n",
      "        x:1\n",
    ],
    [
      "actions that print nothing",
      "{{- if .a }}\na:\n  image: |\n    x:1\n\n  {{- /* c */}}\n{{- end }}\nb: c\n",
      "    x:1\n\n",
    ],
    [
      "no action that prints",
      "a:\n  b: |\n    x:1\n    {{- if .a }}\n    {{ .a }}\n    {{- end }}\nb: c\n",
      "    x:1\n    {{- if .a }}\n    {{ .a }}\n    {{- end }}\n",
    ],
    [
      "no action where it holds nothing else",
      "a: |\n  {{- if .a }}\n  {{- end }}\nb: c\n",
      "  {{- if .a }}\n  {{- end }}\n",
    ],
    ["nothing of its own", "{{ a }}image: |\n}", ""],
  ])("ends where it should: %s", (_, text, written) => {
    const scalars = read(text).trees.flatMap(({ events }) =>
      events.filter(
        (event) =>
          isScalar(event) &&
          (event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK),
      ),
    );
    expect(
      scalars.map((event) => (isScalar(event) ? text.slice(event.valueStart, event.valueEnd) : "")),
    ).toEqual([written]);
  });
});
