import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pin } from "../../lib/pinning/pin.js";
import { plan } from "../../lib/pinning/plan.js";
import { digestOf, fieldsOf, pinAll, settingsOf } from "../images/fields-of.js";

const D = digestOf("a");
const POD = (image: string): string =>
  `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: ${image}\n`;
const SKYHOOK = "apiVersion: skyhook.nvidia.com/v1alpha1\nkind: Skyhook\nspec:\n  packages:\n";

type Case = readonly [name: string, before: string, after: string, filename?: string];

const cases: readonly Case[] = [
  ["a plain scalar", POD("nginx:1"), POD(`nginx:1@${D}`), "p.yaml"],
  ["double quotes", POD('"nginx:1"'), POD(`"nginx:1@${D}"`), "p.yaml"],
  ["single quotes", POD("'nginx:1' # c"), POD(`'nginx:1@${D}' # c`), "p.yaml"],
  ["no tag, which is latest", POD("ubuntu"), POD(`ubuntu:latest@${D}`), "p.yaml"],
  ["an escape in double quotes", POD('"nginx\\u003a1"'), POD(`"nginx:1@${D}"`), "p.yaml"],
  [
    "a block scalar",
    "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: >-\n        nginx:1\n      name: a\n",
    `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: >-\n        nginx:1@${D}\n      name: a\n`,
    "p.yaml",
  ],
  ["an anchor", POD("&a nginx:1"), POD(`&a nginx:1@${D}`), "p.yaml"],
  ["CRLF", POD("nginx:1").replaceAll("\n", "\r\n"), POD(`nginx:1@${D}`).replaceAll("\n", "\r\n"), "p.yaml"],
  ["no final newline", "image: nginx:1", `image: nginx:1@${D}`],
  ["a flow mapping", "image: { repository: a/b, tag: v1 }\n", `image: { repository: a/b, tag: v1@${D} }\n`],
  [
    "a tag, comments between",
    "image:\n  repository: a/b # x\n  # y\n  tag: v1 # z\n",
    `image:\n  repository: a/b # x\n  # y\n  tag: v1@${D} # z\n`,
  ],
  [
    "a tag before its repository",
    "image:\n  tag: v1\n  repository: a/b\n",
    `image:\n  tag: v1@${D}\n  repository: a/b\n`,
  ],
  [
    "a quoted tag",
    "image:\n  repository: a/b\n  tag: '1.10'\n",
    `image:\n  repository: a/b\n  tag: '1.10@${D}'\n`,
  ],
  [
    "a number that reads as it stands",
    "image:\n  repository: a/b\n  tag: 1.25\n",
    `image:\n  repository: a/b\n  tag: "1.25@${D}"\n`,
  ],
  [
    "an empty digest in quotes",
    'image:\n  repository: a/b\n  tag: v1\n  digest: ""\n',
    `image:\n  repository: a/b\n  tag: v1\n  digest: "${D}"\n`,
  ],
  [
    "a digest key with nothing",
    "image:\n  repository: a/b\n  digest:\n  tag: v1\n",
    `image:\n  repository: a/b\n  digest: ${D}\n  tag: v1\n`,
  ],
  [
    "a digest key that is null",
    "image:\n  repository: a/b\n  digest: null # c\n  tag: v1\n",
    `image:\n  repository: a/b\n  digest: ${D} # c\n  tag: v1\n`,
  ],
  [
    "a number beside a digest key",
    "image:\n  repository: a/b\n  tag: 1.25\n  digest: ''\n",
    `image:\n  repository: a/b\n  tag: "1.25"\n  digest: '${D}'\n`,
  ],
  [
    "useDigest",
    "image:\n  repository: a/b\n  tag: v1\n  useDigest: false\n  digest: ''\n",
    `image:\n  repository: a/b\n  tag: v1\n  useDigest: true\n  digest: '${D}'\n`,
  ],
  [
    "a digest that was not read",
    `image:\n  repository: a/b\n  tag: v1\n  useDigest: false\n  digest: ${digestOf("b")}\n`,
    `image:\n  repository: a/b\n  tag: v1\n  useDigest: true\n  digest: ${D}\n`,
  ],
  [
    "Skyhook",
    `${SKYHOOK}    a:\n      image: g.io/a/b\n      version: "1" # c\n      env: []\n`,
    `${SKYHOOK}    a:\n      image: g.io/a/b\n      version: "1" # c\n      containerSHA: ${D}\n      env: []\n`,
    "s.yaml",
  ],
  [
    "Skyhook, version first, no final newline",
    `${SKYHOOK}    a:\n      version: v1\n      image: g.io/a/b`,
    `${SKYHOOK}    a:\n      version: v1\n      image: g.io/a/b\n      containerSHA: ${D}`,
    "s.yaml",
  ],
  [
    "Skyhook, flow",
    `${SKYHOOK}    a: { image: g.io/a/b, version: v1, env: [{ a: [b] }] }\n`,
    `${SKYHOOK}    a: { image: g.io/a/b, version: v1, env: [{ a: [b] }], containerSHA: ${D} }\n`,
    "s.yaml",
  ],
  [
    "Skyhook, an empty containerSHA",
    `${SKYHOOK}    a:\n      image: g.io/a/b\n      version: v1\n      containerSHA: ""\n`,
    `${SKYHOOK}    a:\n      image: g.io/a/b\n      version: v1\n      containerSHA: "${D}"\n`,
    "s.yaml",
  ],
  [
    "Skyhook, the version in the image too",
    `${SKYHOOK}    a:\n      image: g.io/a/b:1.2.3\n      version: 1.2.3\n`,
    `${SKYHOOK}    a:\n      image: g.io/a/b:1.2.3\n      version: 1.2.3\n      containerSHA: ${D}\n`,
    "s.yaml",
  ],
  [
    "Skyhook, CRLF",
    `${SKYHOOK}    a:\n      image: g.io/a/b\n      version: v1\n`.replaceAll("\n", "\r\n"),
    `${SKYHOOK}    a:\n      image: g.io/a/b\n      version: v1\n      containerSHA: ${D}\n`.replaceAll(
      "\n",
      "\r\n",
    ),
    "s.yaml",
  ],
  [
    "Skyhook in a template, an action between",
    `{{ if .x }}\n${SKYHOOK}    a:\n      image: g.io/a/b\n      {{- if .y }}\n      env: []\n      {{- end }}\n      version: v1\n{{ end }}\n`,
    `{{ if .x }}\n${SKYHOOK}    a:\n      image: g.io/a/b\n      {{- if .y }}\n      env: []\n      {{- end }}\n      version: v1\n      containerSHA: ${D}\n{{ end }}\n`,
    "s.yaml",
  ],
  [
    "Kustomization",
    "images:\n  - name: a\n    newTag: v1\n",
    `images:\n  - name: a\n    newTag: v1\n    digest: ${D}\n`,
    "kustomization.yaml",
  ],
  [
    "docker://",
    "jobs:\n  a:\n    steps:\n      - uses: docker://alpine:3\n",
    `jobs:\n  a:\n    steps:\n      - uses: docker://alpine:3@${D}\n`,
    ".github/workflows/a.yml",
  ],
  [
    "both arms of a template",
    "a:\n  {{- if .x }}\n  image: a:1\n  {{- else }}\n  image: b:2\n  {{- end }}\n",
    `a:\n  {{- if .x }}\n  image: a:1@${D}\n  {{- else }}\n  image: b:2@${D}\n  {{- end }}\n`,
    "templates/a.yaml",
  ],
  [
    "a shared tag, once",
    "a: { image: { repository: x/y, tag: &t v1 } }\nb: { image: { repository: x/y, tag: *t } }\n",
    `a: { image: { repository: x/y, tag: &t v1@${D} } }\nb: { image: { repository: x/y, tag: *t } }\n`,
  ],
];

describe("pin", () => {
  it.each(
    cases.map(([name, before, after, filename = "values.yaml"]) => ({ name, before, after, filename })),
  )("writes into $name", ({ before, after, filename }) => {
    expect(pinAll(before, filename)).toBe(after);
  });

  it("covers every part that it was computed from", () => {
    const text = "image:\n  repository: a/b\n  tag: v1\n";
    const [field] = fieldsOf(text);
    if (!field) throw new Error("no field");
    const [edit] = pin(text, field, plan(field, settingsOf()), D);
    expect(edit && text.slice(...edit.range)).toBe("a/b\n  tag: v1");
  });

  it("offers both meanings of `sha`", () => {
    const text = 'image:\n  repository: a/b\n  tag: v1\n  sha: ""\n';
    const [field] = fieldsOf(text);
    if (!field) throw new Error("no field");
    const edits = pin(text, field, plan(field, settingsOf()), D);
    expect(edits.map((edit) => edit.text.split("sha: ")[1])).toEqual([`"${D}"`, `"${"a".repeat(64)}"`]);
  });

  it("writes nothing where nothing may be written", () => {
    const text = "image:\n  repository: a/b\n  tag: 1.10\n";
    const [field] = fieldsOf(text);
    if (!field) throw new Error("no field");
    expect(pin(text, field, plan(field, settingsOf()), D)).toEqual([]);
  });
});

const component = fc.stringMatching(/^[a-z0-9]+([._-][a-z0-9]+){0,2}$/);
const tag = fc
  .stringMatching(/^[a-zA-Z_][\w.-]{0,12}$/)
  // Neither what is no text to YAML, nor a placeholder in upper case.
  .filter(
    (text) =>
      !/^(?:y|n|yes|no|on|off|true|false|null|nan|_|\.)/i.test(text) &&
      !/^[A-Z][A-Z0-9]*(?:_+[A-Z0-9]+)+_*$/.test(text),
  );
const domain = fc.constantFrom("ghcr.io", "quay.io:443", "registry.k8s.io");
const reference = fc.record({ domain, path: fc.array(component, { minLength: 1, maxLength: 3 }), tag });
const quote = fc.constantFrom("", '"', "'");
const comment = fc.constantFrom("", " # a comment", " # image: x:1");
const eol = fc.constantFrom("\n", "\r\n");

/** Shapes as a user might lay them out: text for a reference, and the file's name. */
const shapes: readonly ((
  parts: { domain: string; path: string; tag: string },
  q: string,
  c: string,
) => readonly [string, string])[] = [
  (r, q, c) => [`image: ${q}${r.domain}/${r.path}:${r.tag}${q}${c}\nother: 1\n`, "values.yaml"],
  (r, q, c) => [
    `a:\n  image:${c}\n    repository: ${q}${r.domain}/${r.path}${q}${c}\n    # between\n    tag: ${q}${r.tag}${q}${c}\n    pullPolicy: Always\n`,
    "values.yaml",
  ],
  (r, q, c) => [
    `image:\n  tag: ${q}${r.tag}${q}${c}\n  registry: ${r.domain}\n  repository: ${q}${r.path}${q}\n`,
    "values.yaml",
  ],
  (r, q, c) => [
    `image:\n  registry: ${r.domain}${c}\n  repository: ${r.path}\n  digest: ""\n  tag: ${q}${r.tag}${q}\n`,
    "values.yaml",
  ],
  (r, q, c) => [
    `${SKYHOOK}    a:\n      image: ${q}${r.domain}/${r.path}${q}${c}\n      version: ${q}${r.tag}${q}${c}\n      env: []\n`,
    "s.yaml",
  ],
  (r, q, c) => [
    `{{- if .x }}\n${POD(`${q}${r.domain}/${r.path}:${r.tag}${q}${c}`)}{{- end }}\n`,
    "templates/p.yaml",
  ],
  (r, q) => [`image: { repository: ${q}${r.domain}/${r.path}${q}, tag: ${q}${r.tag}${q} }\n`, "values.yaml"],
];

describe("pin: properties", () => {
  it("is read back as the same reference, pinned, and changes no byte outside its edit", () => {
    fc.assert(
      fc.property(reference, quote, comment, eol, fc.constantFrom(...shapes), (r, q, c, lineBreak, shape) => {
        const [lines, filename] = shape({ domain: r.domain, path: r.path.join("/"), tag: r.tag }, q, c);
        const text = lines.replaceAll("\n", lineBreak);
        const [field, ...others] = fieldsOf(text, filename);
        expect(others).toEqual([]);
        expect(field?.state).toBe("unpinned");
        if (!field) return;
        const [edit] = pin(text, field, plan(field, settingsOf()), D);
        if (!edit) throw new Error("no edit");
        const pinned = text.slice(0, edit.range[0]) + edit.text + text.slice(edit.range[1]);
        const [again] = fieldsOf(pinned, filename);
        expect(again?.state).toBe("pinned");
        expect(again?.reference).toMatchObject({
          domain: field.reference?.domain,
          repository: field.reference?.repository,
          tag: field.reference?.tag,
          digest: D,
        });
        expect(again?.field).toBe(field.field);
        expect(again?.at[0]).toBe(field.at[0]);
        // Taking the digest out again leaves the file as it was, but for the key that was added and quotes that were not there.
        const without = pinned
          .replace(`@${D}`, "")
          .replace(new RegExp(`${lineBreak} *containerSHA: ${D}`), "")
          .replace(`"${D}"`, '""');
        expect(without).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});
