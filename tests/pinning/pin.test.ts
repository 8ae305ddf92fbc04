// Each kind of slot, and each way to lay out a file: what is written, byte for byte.
import { describe, expect, it } from "vitest";
import { pin } from "../../lib/pinning/pin.js";
import { plan } from "../../lib/pinning/plan.js";
import { digestOf, fieldsOf, pinAll } from "../images/fields-of.js";
import { settingsOf } from "../support/settings.js";
import { lines } from "../support/lines.js";

const D = digestOf("a");
const POD = (image: string): string =>
  `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: ${image}\n`;
const SKYHOOK = "apiVersion: skyhook.nvidia.com/v1alpha1\nkind: Skyhook\nspec:\n  packages:\n";
const VERSION_WITH_COMMENT = lines("    a:", "      image: g.io/a/b", '      version: "1" # c');
const ACTION_BETWEEN = lines(
  "    a:",
  "      image: g.io/a/b",
  "      {{- if .y }}",
  "      env: []",
  "      {{- end }}",
  "      version: v1",
);

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
    `${SKYHOOK}${VERSION_WITH_COMMENT}      env: []\n`,
    `${SKYHOOK}${VERSION_WITH_COMMENT}      containerSHA: ${D}\n      env: []\n`,
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
    `{{ if .x }}\n${SKYHOOK}${ACTION_BETWEEN}{{ end }}\n`,
    `{{ if .x }}\n${SKYHOOK}${ACTION_BETWEEN}      containerSHA: ${D}\n{{ end }}\n`,
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
