// More hostile files: what hides an image behind a sign, behind an error at the end, or in much of the same.
/* eslint-disable max-len -- one text is one line, so that texts can be compared */

const IMAGE = "image: nginx:1.27\n";
const ITEM = "- image: nginx:1.27\n";

/** Repeats a piece up to a length. */
function upTo(size, piece) {
  return piece.repeat(Math.max(1, Math.floor(size / piece.length)));
}

/** Joins numbered pieces up to a length. */
function numbered(size, make) {
  const pieces = [];
  for (let at = 0, length = 0; length < size; at++) {
    const piece = make(String(at));
    pieces.push(piece);
    length += piece.length;
  }
  return pieces.join("");
}

/** Text that fits below the limit of lines and entries, however large it is: what follows it is read. */
function filled(size) {
  return upTo(size, `a: ${"b ".repeat(500)}\n`);
}

/** A sequence of long texts, to which items can be added. */
function filledItems(size) {
  return upTo(size, `- ${"b ".repeat(500)}\n`);
}

/** @type {Readonly<Record<string, (size: number) => string | Uint8Array>>} */
export const MORE_SHAPES = {
  "sign-hash-spaces": (size) => `image #${upTo(size, " ")}\n${IMAGE}`,
  "sign-hash-newlines": (size) => `image #${upTo(size, "\n")}\n${IMAGE}`,
  "sign-spaces": (size) => `image${upTo(size, " ")}\n${IMAGE}`,
  "many-sign-hash-spaces": (size) => upTo(size, `image #${" ".repeat(300)}\n`) + IMAGE,
  "many-sign-hash": (size) => `a: ${upTo(size, "image # ")}\n${IMAGE}`,
  "long-image-word": (size) => `a: ${upTo(size, "image")}\n${IMAGE}`,
  "slash-letters": (size) => `a: /${upTo(size, "a")}\n${IMAGE}`,
  "slash-images": (size) => `a: ${upTo(size, "/image ")}\n${IMAGE}`,
  "name-spaces-bundle": (size) => `name:${upTo(size, " ")}x\n${IMAGE}`,
  "escapes-as-signs": (size) => `a: "${upTo(size, "\\x69")}"\n${IMAGE}`,
  "signs-in-block": (size) => `a: |\n  ${upTo(size, "image: ")}\n${IMAGE}`,
  "left-bracket-at-end": (size) => `${filled(size)}${"b: [\nc\n]\n".repeat(20)}${IMAGE}`,
  "left-quotes-at-end": (size) => `${filled(size)}${"b:\n  c: 'd\n e'\n".repeat(20)}${IMAGE}`,
  "broken-line-at-end": (size) => `${filled(size)}b: c: d\n${IMAGE}`,
  "jinja-at-end": (size) => `${filled(size)}{% if a %}\n${IMAGE}{% endif %}\n`,
  "template-at-end": (size) => `${filled(size)}{{ if a }}\n${IMAGE}{{ end }}\n`,
  "trouble-at-end": (size) =>
    `${filled(size)}${'{{ if a }}\n b: "c\n{{ else }}\nd: [\n{{ end }}\n'.repeat(30)}${IMAGE}`,
  "glue-at-end": (size) => `${filled(size)}${"b: c\n  {{- d }}\n   {{- e -}}\n f\n".repeat(30)}${IMAGE}`,
  "arms-in-sequence": (size) =>
    `${filledItems(size)}${"{{ if a }}\n  image: b\n{{ else }}\n- image: c\n{{ end }}\n".repeat(50)}`,
  "documents-in-range": (size) => upTo(size, `{{ range .a }}\n${IMAGE}a: ${"b".repeat(300)}\n{{ end }}\n`),
  "big-arm": (size) => `{{ if a }}\n${filled(size)}${IMAGE}{{ else }}\n  ${IMAGE}{{ end }}\n`,
  "many-inline-chains": (size) =>
    upTo(size, 'a: {{ if .b }}c{{ else if .d }}e{{ else }}f{{ end }} "g" {{ h }}\n') + IMAGE,
  "unclosed-action-at-end": (size) => `${filled(size)}${IMAGE}b: {{ c\n`,
  "unclosed-comment-at-end": (size) => `${filled(size)}${IMAGE}{{/* c\n`,
  "actions-in-flow": (size) => `a: [${upTo(size, "{{ b }}, ")}]\n${IMAGE}`,
  "actions-as-keys": (size) => upTo(size, "{{ a }}: b\n") + IMAGE,
  "actions-in-comments": (size) => upTo(size, "# {{ a }}\n") + IMAGE,
  "raw-strings": (size) => `a: {{ ${upTo(size, "`b` ")}}}\n${IMAGE}`,
  "nested-defines": (size) => `${upTo(size / 2, '{{ define "a" }}')}${IMAGE}${upTo(size / 2, "{{ end }}")}`,
  "nested-defaults": (size) => `image: {{ ${upTo(size, '.a | default "b" | ')}c }}\n`,
  "template-values": (size) =>
    `a: {{ b }}\n${numbered(size, (at) => `c${at}:\n  repository: nginx\n  tag: "1"\n`)}`,
  "config-map-of-templates": (size) =>
    `apiVersion: v1\nkind: ConfigMap\ndata:\n${numbered(size, (at) => `  a${at}.yaml: |\n    image: {{ .b }}\n    c: nginx\n`)}`,
  "one-string-of-yaml": (size) => `a: "${upTo(size, "image: nginx:1.27\\n")}"\n`,
  "one-string-of-json": (size) => `a: '[${upTo(size, '{"image":"nginx:1.27"},')}{}]'\n`,
  "strings-in-strings": (size) => `a: '${upTo(size, '{"a":"{\\"image\\":\\"nginx:1.27\\"}"},')}'\n`,
  "string-of-brackets": (size) => `image: '${upTo(size, "[")}'\n`,
  "block-of-brackets": (size) => `a: |\n  image: ${upTo(size, "[")}\n${IMAGE}`,
  "block-of-dashes": (size) => `a: |\n  ${upTo(size, "- ")}image: b\n${IMAGE}`,
  "block-of-quotes": (size) => `a: |\n${upTo(size, "  image: 'nginx\n")}${IMAGE}`,
  "deep-blocks": (size) => upTo(size, `a: |\n  b: |\n    c: |\n      d: |\n        image: nginx:1.27\n---\n`),
  "block-with-indent": (size) => `a: |9\n${upTo(size, "          image: b\n")}${IMAGE}`,
  "folded-paragraphs": (size) => `a: >\n${upTo(size, "  image: b\n\n")}${IMAGE}`,
  "plain-of-many-words": (size) => `image: ${upTo(size, "nginx ")}\n`,
  "flow-in-one-line": (size) => `[${upTo(size, "{image: nginx:1.27},")}]\n`,
  "flow-keys-in-one-line": (size) => `{${upTo(size, "image: nginx:1.27,")}}\n`,
  "quoted-keys-in-one-line": (size) => `{${upTo(size, '"image":"nginx:1.27",')}"a":1}`,
  "flow-under-entries": (size) =>
    `a: [${upTo(Math.min(size, 280_000 * 2), "b,")}]\n${IMAGE}${upTo(size, "c ")}: d\n`,
  "images-under-limit": (size) => `${ITEM.repeat(140_000)}- ${upTo(size, "c ")}\n`,
  "pairs-under-limit": (size) =>
    `${numbered(2_500_000, (at) => `a${at}: {repository: nginx, tag: "1"}\n`)}b: ${upTo(size, "c ")}\n`,
  "pods-under-limit": (size) =>
    `${"apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: nginx:1.27\n---\n".repeat(24_000)}b: ${upTo(size, "c ")}\n`,
  "anchors-under-limit": (size) =>
    `${numbered(2_500_000, (at) => `a${at}: &a${at} {image: nginx}\nb${at}: *a${at}\n`)}c: ${upTo(size, "c ")}\n`,
  "merges-under-limit": (size) =>
    `a: &a {repository: nginx, tag: "1"}\n${numbered(1_500_000, (at) => `b${at}: {<<: *a, image: c}\n`)}c: ${upTo(size, "c ")}\n`,
  laughs: (size) =>
    `a0: &a0 {image: nginx}\n${numbered(1_000_000, (at) => `a${String(Number(at) + 1)}: &a${String(Number(at) + 1)} [${`*a${at}, `.repeat(9)}]\n`)}b: ${upTo(size, "c ")}\n`,
  "merge-laughs": (size) =>
    `a0: &a0 {image: nginx}\n${numbered(1_000_000, (at) => `a${String(Number(at) + 1)}: &a${String(Number(at) + 1)} {<<: [${`*a${at}, `.repeat(9)}]}\n`)}b: ${upTo(size, "c ")}\n`,
  "merge-of-many": (size) =>
    `a: &a {image: nginx}\nb:\n  <<: [${upTo(Math.min(size, 600_000), "*a,")}]\n  image: c\nd: ${upTo(size, "c ")}\n`,
  "aliases-as-keys": (size) =>
    `a: &a image\n${upTo(Math.min(size, 2_000_000), "b:\n  *a : nginx\n")}c: ${upTo(size, "c ")}\n`,
  "one-anchor-many-times": (size) => upTo(size, "- &a {image: nginx:1.27}\n"),
  "huge-keys": (size) => numbered(size, (at) => `${"image".repeat(20_000)}${at}: b\n`),
  "huge-key-in-flow": (size) => `{${upTo(size, "image")}: nginx}\n`,
  "huge-key-and-values": (size) =>
    `image:\n  repository: ${upTo(size / 2, "a")}\n  tag: ${upTo(size / 2, "b")}\n`,
  "huge-registry": (size) => `image:\n  registry: ${upTo(size, "a.")}io\n  repository: nginx\n  tag: "1"\n`,
  "huge-digest": (size) => `image:\n  repository: nginx\n  tag: "1"\n  digest: sha256:${upTo(size, "a")}\n`,
  "huge-image-at": (size) => `image: nginx@sha256:${upTo(size, "a")}\n`,
  "huge-image-dots": (size) => `image: ${upTo(size, "a.")}b/c:1\n`,
  "huge-image-dashes": (size) => `image: a${upTo(size, "-")}b:1\n`,
  "huge-image-slashes": (size) => `image: ${upTo(size, "/")}\n`,
  "huge-image-surrogates": (size) => `image: ${upTo(size, "\ud83d\ude00")}\n`,
  "huge-image-escapes": (size) => `image: "${upTo(size, "\\u001b[0m")}"\n`,
  "surrogate-keys": (size) => numbered(size, (at) => `\ud83d\ude00${at}: {image: nginx}\n`),
  "combining-marks": (size) => `image: a${upTo(size, "\u0301")}\n`,
  "right-to-left": (size) => `${upTo(size, "\u202e\u2066")}image: nginx\n${IMAGE}`,
  "invalid-utf-8": (size) => Buffer.concat([Buffer.alloc(size, 0xff), Buffer.from(`\n${IMAGE}`)]),
  "invalid-utf-8-lines": (size) =>
    Buffer.concat([Buffer.from(IMAGE), Buffer.alloc(size, Buffer.from([0x23, 0xc3, 0x0a]))]),
  "cut-surrogates": (size) =>
    Buffer.concat([Buffer.from(IMAGE), Buffer.alloc(size, Buffer.from([0xed, 0xa0, 0x80]))]),
  "utf-16-file": (size) => Buffer.from(`\ufeff${upTo(size / 2, IMAGE)}`, "utf16le"),
  "utf-32-file": (size) => Buffer.alloc(size, Buffer.from([0x69, 0, 0, 0])),
  "nulls-in-lines": (size) => IMAGE + upTo(size, "\0a\n"),
  "mixed-line-ends": (size) => upTo(size, "- image: nginx:1.27\r\n- image: nginx\r- b\n"),
  "tab-indented": (size) => upTo(size, "\timage: nginx:1.27\n"),
  "tabs-after-values": (size) => `image: nginx:1.27${upTo(size, "\t")}# a\n`,
  "trailing-comments": (size) => upTo(size, "- image: nginx:1.27 # a comment: image\n"),
  "one-comment-of-directives": (size) => `# ${upTo(size, "eslint-disable-next-line ")}\n${IMAGE}`,
  "directives-in-flow": (size) =>
    `a: [b, # eslint-disable-line\n${upTo(size, "  c, # eslint-disable-line -- d\n")}]\n${IMAGE}`,
  "eslint-enable-pairs": (size) => upTo(size, "# eslint-disable\n# eslint-enable\n") + IMAGE,
  "rule-directives": (size) =>
    `# eslint container-images/require-digest: [${upTo(size, '"error", ')}]\n${IMAGE}`,
  "yaml-directives": (size) => `%YAML 1.2\n${upTo(size, "%TAG !a! tag:a,2000:\n")}---\n${IMAGE}`,
  "local-tags": (size) =>
    `${numbered(1_500_000, (at) => `a${at}: !a${at} {image: !b nginx}\n`)}b: ${upTo(size, "c ")}\n`,
  "empty-values": (size) => upTo(size, "image:\n"),
  "null-images": (size) => upTo(size, "- image: ~\n- image: null\n- image: 1.27\n"),
  "helm-release": (size) =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  values:\n${numbered(size, (at) => `    a${at}:\n      image:\n        repository: nginx\n        tag: "1"\n`)}`,
  "argo-values": (size) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n    helm:\n      values: |\n${upTo(size, "        - image: nginx:1.27\n")}`,
  "argo-many-sources": (size) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  sources:\n${upTo(size, "    - {chart: a, repoURL: b, helm: {values: 'image: nginx'}}\n")}`,
  "many-kinds": (size) => upTo(size, "apiVersion: v1\nkind: a\n---\n") + IMAGE,
  "custom-resource-definition": (size) =>
    `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n${numbered(size, (at) => `  a${at}: {properties: {image: {type: string}}}\n`)}`,
  "tekton-bundles": (size) =>
    `kind: Pipeline\napiVersion: tekton.dev/v1\nspec:\n  tasks:\n${upTo(size, "    - {taskRef: {bundle: nginx:1.27, name: a}}\n")}`,
  "github-steps": (size) => `jobs:\n  a:\n    steps:\n${upTo(size, "      - uses: docker://nginx:1.27\n")}`,
  "one-env-value": (size) =>
    `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: a\n      env: [{name: IMAGE, value: "${upTo(size, "nginx:1.27,")}"}]\n`,
  "command-words": (size) =>
    `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: a\n      command: [sh, -c, "${upTo(size, "docker run nginx:1.27; ")}"]\n`,
};
