// The hostile files: texts of any length, each made to slow a parser, to fill the memory or to end the
// process.
/* eslint-disable max-len -- one text is one line, so that texts can be compared */
import { MORE_SHAPES } from "./shapes.mjs";

const POD = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: nginx:1.27\n";
const IMAGE = "image: nginx:1.27\n";

/** Repeats a piece up to a length in bytes. */
function upTo(size, piece) {
  return piece.repeat(Math.max(1, Math.floor(size / Buffer.byteLength(piece))));
}

/** Joins numbered pieces up to a length. */
function numbered(size, make) {
  const pieces = [];
  for (let at = 0, length = 0; length < size; at++) {
    const piece = make(at);
    pieces.push(piece);
    length += piece.length;
  }
  return pieces.join("");
}

/** One character, or a few, over and over, before, after and inside a file with an image. */
const REPEATED = [
  ["newlines", "\n"],
  ["carriage-returns", "\r"],
  ["crlf", "\r\n"],
  ["spaces", " "],
  ["tabs", "\t"],
  ["byte-order-marks", "\ufeff"],
  ["nulls", "\0"],
  ["hashes", "#"],
  ["comments", "# a\n"],
  ["comment-lines-with-image", "# image: nginx:1.27\n"],
  ["colons", ":"],
  ["colon-spaces", ": "],
  ["dashes", "- "],
  ["dash-lines", "-\n"],
  ["questions", "? "],
  ["question-lines", "?\n"],
  ["closing-braces", "}"],
  ["closing-brackets", "]"],
  ["opening-braces", "{"],
  ["opening-brackets", "["],
  ["bracket-pairs", "[]"],
  ["bracket-pair-lines", "[]\n"],
  ["commas", ","],
  ["single-quotes", "'"],
  ["double-quotes", '"'],
  ["quote-lines", '"\n'],
  ["backslashes", "\\"],
  ["ampersands", "&"],
  ["asterisks", "*"],
  ["exclamation-marks", "!"],
  ["percent-lines", "%\n"],
  ["pipes", "|\n"],
  ["greater-thans", ">\n"],
  ["at-signs", "@"],
  ["backticks", "`"],
  ["documents", "---\n"],
  ["document-ends", "...\n"],
  ["openings", "{{"],
  ["opening-lines", "{{\n"],
  ["closings", "}}"],
  ["empty-actions", "{{}}"],
  ["action-lines", "{{ a }}\n"],
  ["ifs", "{{ if a }}\n"],
  ["ends", "{{ end }}\n"],
  ["elses", "{{ else }}\n"],
  ["template-comments", "{{/*"],
  ["quoted-actions", '{{ "'],
  ["jinja", "{% a %}"],
  ["letters", "a"],
  ["surrogates", "\ud83d\ude00"],
  ["lone-surrogates", "\ufffd"],
  ["line-separators", "\u2028"],
];

/** Whole files. */
const SHAPES = {
  "many-images": (size) => upTo(size, "- image: nginx:1.27\n"),
  "many-distinct-images": (size) => numbered(size, (at) => `- image: nginx:1.${String(at)}\n`),
  "many-keyed-images": (size) => numbered(size, (at) => `a${String(at)}: {image: nginx:1.27}\n`),
  "many-pods": (size) => upTo(size, `${POD}---\n`),
  "many-value-images": (size) =>
    numbered(size, (at) => `a${String(at)}:\n  image:\n    repository: nginx\n    tag: "1"\n`),
  "many-incomplete": (size) => numbered(size, (at) => `a${String(at)}:\n  tag: "1"\n`),
  "many-invalid": (size) => upTo(size, "- image: 'a b'\n"),
  "many-templated": (size) => upTo(size, "- image: {{ .a }}\n"),
  "many-template-images": (size) => `a: {{ b }}\n${upTo(size, "- image: nginx:1.27\n")}`,
  "images-in-if": (size) => upTo(size, "{{ if a }}\n- image: nginx:1.27\n{{ end }}\n"),
  "repeated-key": (size) => upTo(size, IMAGE),
  "many-keys": (size) => numbered(size, (at) => `a${String(at)}: b\n`) + IMAGE,
  "many-keys-flow": (size) => `a: {${numbered(size, (at) => `a${String(at)}: b, `)}}\n${IMAGE}`,
  "many-flow-items": (size) => `a: [${upTo(size, "b, ")}]\n${IMAGE}`,
  "many-flow-images": (size) => `a: [${upTo(size, "{image: nginx:1.27}, ")}]\n`,
  json: (size) => `{"a":[${upTo(size, '{"image":"nginx:1.27"},')}{}]}`,
  "huge-key": (size) => `${upTo(size, "a")}: b\n${IMAGE}`,
  "huge-quoted-key": (size) => `"${upTo(size, "a")}": b\n${IMAGE}`,
  "huge-explicit-key": (size) => `? ${upTo(size, "a b\n  ")}\n: b\n${IMAGE}`,
  "huge-image": (size) => `image: ${upTo(size, "a")}\n`,
  "huge-image-path": (size) => `image: ${upTo(size, "a/")}b:1\n`,
  "huge-image-colons": (size) => `image: ${upTo(size, "a:")}b\n`,
  "huge-tag": (size) => `image:\n  repository: nginx\n  tag: "${upTo(size, "1")}"\n`,
  "huge-quoted-image": (size) => `image: "${upTo(size, "a ")}"\n`,
  "huge-escapes": (size) => `image: "${upTo(size, "\\x61")}"\n`,
  "huge-anchor": (size) => `a: &${upTo(size, "a")} b\n${IMAGE}`,
  "huge-alias": (size) => `a: *${upTo(size, "a")}\n${IMAGE}`,
  "huge-tag-handle": (size) => `a: !<${upTo(size, "a")}> b\n${IMAGE}`,
  "huge-comment": (size) => `# ${upTo(size, "a ")}\n${IMAGE}`,
  "huge-block": (size) => `a: |\n${upTo(size, "  b c d\n")}${IMAGE}`,
  "huge-folded": (size) => `a: >\n${upTo(size, "  b c d\n")}${IMAGE}`,
  "huge-plain": (size) => `a: b\n${upTo(size, "  c d\n")}${IMAGE}`,
  "block-of-images": (size) => `a: |\n${upTo(size, "  - image: nginx:1.27\n")}`,
  "config-map-of-images": (size) =>
    `apiVersion: v1\nkind: ConfigMap\ndata:\n${numbered(size, (at) => `  a${String(at)}.yaml: |\n    image: nginx:1.27\n`)}`,
  "blocks-in-blocks": (size) => {
    let text = "";
    for (let level = 0; level < 100; level++) text += `${" ".repeat(level)}a: |\n`;
    return text + upTo(size - text.length, `${" ".repeat(101)}image: nginx:1.27\n`);
  },
  "many-blocks": (size) => numbered(size, (at) => `a${String(at)}: |\n  image: nginx:1.27\n`),
  "many-broken-blocks": (size) => numbered(size, (at) => `a${String(at)}: |\n  image: [nginx:1.27\n`),
  "many-strings": (size) => numbered(size, (at) => `a${String(at)}: "image: nginx:1.27"\n`),
  "many-json-strings": (size) => numbered(size, (at) => `a${String(at)}: '{"image":"nginx:1.27"}'\n`),
  "many-anchors": (size) => numbered(size, (at) => `a${String(at)}: &a${String(at)} b\n`) + IMAGE,
  "many-aliases": (size) => `a: &a nginx:1.27\n${numbered(size, (at) => `b${String(at)}:\n  image: *a\n`)}`,
  "anchors-and-aliases": (size) =>
    numbered(
      size,
      (at) => `a${String(at)}: &a${String(at)} {image: nginx:1.27}\nb${String(at)}: *a${String(at)}\n`,
    ),
  "alias-bomb": (size) =>
    `a0: &a0 {image: nginx:1.27}\n${numbered(size, (at) => `a${String(at + 1)}: &a${String(at + 1)} [*a${String(at)}, *a${String(at)}]\n`)}`,
  "merge-chain": (size) =>
    `a0: &a0 {image: nginx, tag: "1"}\n${numbered(size, (at) => `a${String(at + 1)}: &a${String(at + 1)}\n  <<: *a${String(at)}\n`)}`,
  "merge-lists": (size) => `a: &a {image: nginx, tag: "1"}\n${upTo(size, "b:\n  <<: [*a, *a, *a]\n")}`,
  "deep-indentation": (size) => {
    let text = "";
    for (let level = 0; text.length < size; level++) text += `${" ".repeat(level)}image:\n`;
    return text;
  },
  "deep-199": (size) => {
    const lines = Array.from({ length: 190 }, (_, level) => `${" ".repeat(level)}a:\n`).join("");
    return upTo(size, `${lines}${" ".repeat(190)}image: nginx:1.27\n`);
  },
  "deep-flow-199": (size) => upTo(size, `- ${"[".repeat(190)}{image: nginx}${"]".repeat(190)}\n`),
  "deep-documents": (size) => upTo(size, `${"[".repeat(150)}\n---\n`),
  "ragged-lines": (size) => numbered(size, (at) => `${" ".repeat(at % 37)}image: nginx:1.27\n`),
  "falling-lines": (size) => numbered(size, (at) => `${" ".repeat(100 - (at % 100))}image: nginx:1.27\n`),
  "open-quotes": (size) => upTo(size, "a: 'b\nimage: nginx:1.27\n"),
  "left-quotes": (size) => `a:\n${upTo(size, "  - 'b\n  c'\n")}${IMAGE}`,
  "left-brackets": (size) => `a:\n${upTo(size, "  b: [\n  c\n]\n")}${IMAGE}`,
  "broken-at-end": (size) => `${upTo(size, "- image: nginx:1.27\n")}a: b: c\n`,
  "broken-at-start": (size) => `a: b: c\n${upTo(size, "- image: nginx:1.27\n")}`,
  "broken-documents": (size) => upTo(size, "a: b: c\nimage: nginx:1.27\n---\n"),
  "broken-template-documents": (size) => upTo(size, "a: b: c {{ d }}\nimage: nginx:1.27\n---\n"),
  "jinja-images": (size) => `{% if a %}\n${upTo(size, "image: nginx:1.27\n")}`,
  defines: (size) => upTo(size, '{{ define "a" }}\nimage: nginx:1.27\n{{ end }}\n'),
  "nested-ifs": (size) => `${upTo(size / 2, "{{ if a }}\n")}${IMAGE}${upTo(size / 2, "{{ end }}\n")}`,
  "inline-ifs": (size) => upTo(size, "image: {{ if a }}nginx:1{{ else }}nginx:2{{ end }}\n"),
  "one-line-of-ifs": (size) => `image: ${upTo(size, "{{ if a }}b{{ end }}")}\n`,
  "one-line-of-actions": (size) => `image: ${upTo(size, "{{ a }}")}\n`,
  defaults: (size) => upTo(size, '- image: {{ .a | default "nginx:1.27" }}\n'),
  "huge-action": (size) => `image: {{ ${upTo(size, "a ")} }}\n`,
  "huge-default": (size) => `image: {{ .a | default "${upTo(size, "a")}" }}\n`,
  "deep-action": (size) => `image: {{ ${upTo(size / 2, "(")}a${upTo(size / 2, ")")} }}\n`,
  "pipes-in-action": (size) => `image: {{ ${upTo(size, "a | ")} b }}\n`,
  "arms-that-fit-nowhere": (size) =>
    upTo(size, "{{ if a }}\n   b: c\n {{ else }}\n d: e: f\n{{ end }}\nimage: nginx\n"),
  "eslint-comments": (size) => upTo(size, "# eslint-disable-line\n") + IMAGE,
  "eslint-comments-with-rule": (size) =>
    upTo(size, "image: nginx:1.27 # eslint-disable-line container-images/require-digest -- a\n"),
  "one-huge-directive": (size) => `# eslint-disable ${upTo(size, "a, ")}\n${IMAGE}`,
  environment: (size) =>
    `${POD}      env:\n${upTo(size, "        - name: IMAGE\n          value: nginx:1.27\n")}`,
  arguments: (size) => `${POD}      args:\n${upTo(size, "        - --image=nginx:1.27\n")}`,
  "one-argument": (size) => `${POD}      args: ["${upTo(size, "--image=nginx:1.27 ")}"]\n`,
  "words-in-image-key": (size) => numbered(size, (at) => `${"image".repeat(at % 20)}Image: nginx:1.27\n`),
  "docker-links": (size) => `a: "${upTo(size, "docker://nginx:1.27 ")}"\n`,
  "escaped-key": (size) => upTo(size, '"\\x69mage": nginx:1.27\n'),
  "utf-16": (size) => upTo(size, "i\0m\0a\0g\0e\0:\0 \0a\0\n\0"),
  compose: (size) => `services:\n${numbered(size, (at) => `  a${String(at)}:\n    image: nginx:1.27\n`)}`,
  "list-resource": (size) =>
    `apiVersion: v1\nkind: List\nitems:\n${upTo(size, "  - kind: Pod\n    apiVersion: v1\n    spec: {containers: [{image: nginx}]}\n")}`,
  "nested-lists": (size) => upTo(size, "- - - - - image: nginx\n"),
  "explicit-keys": (size) => upTo(size, "? image\n: nginx\n"),
  tags: (size) => upTo(size, "- !!str image: !!str nginx:1.27\n"),
  "percent-directives": (size) => `${upTo(size, "%YAML 1.2\n")}---\n${IMAGE}`,
  "plain-no-image": (size) => numbered(size, (at) => `a${String(at)}: b\n`),
  "crlf-images": (size) => upTo(size, "- image: nginx:1.27\r\n"),
  "cr-images": (size) => upTo(size, "- image: nginx:1.27\r"),
  "no-newline-at-end": (size) => `image: nginx:1.27${upTo(size, " ")}`,
};

/**
 * Makes the hostile files.
 *
 * @param {number} size how long each is, in characters
 * @returns {Iterable<readonly [name: string, text: () => string | Uint8Array]>} by name; made one at a time, because together
 *   they would not fit in the memory
 */
export function* hostileFiles(size) {
  for (const [name, piece] of REPEATED) {
    yield [`${name}-before`, () => upTo(size, piece) + POD];
    yield [`${name}-after`, () => POD + upTo(size, piece)];
    yield [`${name}-as-value`, () => `a: ${upTo(size, piece)}\n${IMAGE}`];
  }
  for (const [name, make] of Object.entries({ ...SHAPES, ...MORE_SHAPES })) yield [name, () => make(size)];
}
