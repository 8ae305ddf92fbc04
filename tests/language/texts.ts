// YAML texts of every kind of beginning and content, and the user's own tree where it is there.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Plain YAML that both parsers read. */
export const PLAIN: readonly string[] = [
  "",
  "\n",
  "# only a comment\n",
  "---\n",
  "a: 1\n",
  "a: word\nb: other\n",
  "kind: Pod\nimage: nginx:1.27\nports: [80, 443]\n",
  "# first\n---\n# second\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: nginx\n",
  "---\nkind: Pod\n---\nkind: Service\nimage: x\n",
  "---\n---\na: 1\n",
  "- name: a\n  image: x\n- name: b\n",
  "- word\n- other\n",
  "- - a\n  - b\n",
  "-\n  a: 1\n",
  "- # comment\n  a: 1\n",
  "- a: word\n",
  "{ image: nginx, tag: '1' }\n",
  "[a, b]\n",
  "\"quoted\": 1\nimage: 'x'\n",
  "plain text\nover lines\n",
  "a: plain\n  text over lines\nimage: x\n",
  "a: &anchor value\nb: *anchor\nimage: !tag x\n",
  "a: &anchor { b: c }\nc: *anchor\n",
  "a: !tag\nimage: x\n",
  "&doc\na: 1\n",
  "? complex\n: value\n",
  "%YAML 1.2\n---\nimage: nginx\n",
  "%TAG ! tag:example.com,2000:\n---\na: !x b\n",
  "a: |\n  # eslint-disable\n  text\nimage: 'x'\n",
  "a: >-\n  folded\n  text\nb:\n  - c\n",
  "a:\n- b\n- c:\n    d: e\n",
  "a: 1 # trailing\nb: 2\n",
  "a:\n\n\nb: {}\nc: []\n",
  "image: nginx\r\ntag: '1.10'\r\nlist:\r\n  - a\r\n",
  "a:   spaced\nimage:  'x'   \n",
  "a: null\nb: ~\nc: 1.10\nd: 0x1F\ne: true\n",
  "a/b.c-d: word\nimage: x\n",
  "a: word # comment\nimage: x\n",
  "  indented: word\n  image: x\n",
];

/** Go templates. */
export const TEMPLATES: readonly string[] = [
  "image: {{ .Values.image }}\n",
  "{{- if .Values.on }}\nimage: nginx\n{{- else }}\nimage: httpd\n{{- end }}\n",
  'a: 1\n{{- with .Values.labels }}\nlabels: {{- toYaml . | nindent 2 }}\n{{- end }}\nimage: "x"\n',
  "{{ if .Values.on }}\na: 'b'\n{{ end }}\n",
];

const CORPUS = path.resolve(import.meta.dirname, "../../../shared/corpus/aicr");

export interface CorpusFile {
  readonly name: string;
  readonly text: string;
}

/** The YAML files of the user's tree; empty where it is not on this machine. */
export function corpus(): readonly CorpusFile[] {
  if (!existsSync(CORPUS)) return [];
  const names = readdirSync(CORPUS, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
  return names.map((name) => ({ name, text: readFileSync(path.join(CORPUS, name), "utf8") }));
}
