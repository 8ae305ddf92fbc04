// The reader of the simplest YAML says what a parser says, or that a parser must read the text.
import fc from "fast-check";
import { FAILSAFE_SCHEMA, load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { readSimple, readTyped } from "../../lib/deployed/simple-yaml.js";

/** What a parser reads; an empty text for what is empty. */
function parsed(text: string): unknown {
  return withoutEmpty(load(text, { schema: FAILSAFE_SCHEMA }));
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withoutEmpty(child)]));
  return value === "~" || value === "null" ? "" : (value ?? "");
}

const plainLine = fc.constantFrom(
  "- a.yaml",
  "- ../b",
  "  - c",
  "- name: a/b",
  "- name: a/b # note",
  "  newTag: 'v1'",
  '  newName: "q"',
  "  target:",
  "    kind: Deployment|x",
  "  - d: e f",
  "  patch: |-",
  "  patch: |",
  "patches:",
  "- patch: |- # note",
  "    - op: add",
  "      path: /a/0",
  "     value: x",
  "  text",
  "  a.b/c-d: []",
  "  # note",
  "-",
  "  ",
  "images:",
  "resources:",
  "kind: Component",
  "",
  "# note",
);
const otherLine = fc.constantFrom(
  "-  a",
  "- - a",
  "  x: |",
  "- 'q",
  "- {a: b}",
  "- a: b: c",
  "- &a b",
  "- ~",
  "x: null",
  "$patch: delete",
  "__proto__: a",
  "  word",
  "x: |",
  "- url: https://a/b",
  "- a:b",
  "- a: |",
  "  b:",
  "...",
  "--- a",
  '- "a\\n"',
  "\t- a",
  "- a: b:",
  "x: a #b",
  "x: a# b ",
  "x: 'a' #b",
  "x: 'a'b",
  "x: -a",
  "x: - a",
  "x : a",
  "patch: |",
  "patch: |2",
  "- patch: |+",
  "? x",
  "- \u00a0",
  "- {}",
  "- a: {{ b }}",
  "- a: >-",
  '- "a: b"',
);
const line = fc.oneof({ arbitrary: plainLine, weight: 8 }, { arbitrary: otherLine, weight: 1 });

describe("the simplest YAML", () => {
  it("is read as a parser reads it, or left to the parser", () => {
    let read = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        for (const text of [["first:", ...lines].join("\n"), lines.join("\n")])
          for (const simple of [readSimple(text), readTyped(text)]) {
            if (simple === undefined) continue;
            read++;
            expect(withoutEmpty(simple)).toEqual(parsed(text));
          }
      }),
      { numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(1000);
  });

  it("covers most kustomizations", () => {
    const text = `---
apiVersion: kustomize.config.k8s.io/v1beta1 # x
generatorOptions:
  disableNameSuffixHash: true
  immutable: "true"
replicas:
- name: web
  count: 3
resources:
- ../../base
images:
- name: a/b:c
  newTag: '1.2'
patches:
  - target:
      kind: Deployment
    patch: |-
      # all
      - op: remove
        path: /spec/template/spec/containers/0

  - path: b.yaml
`;
    const expected = {
      apiVersion: "kustomize.config.k8s.io/v1beta1",
      generatorOptions: { disableNameSuffixHash: true, immutable: "true" },
      replicas: [{ name: "web", count: 3 }],
      resources: ["../../base"],
      images: [{ name: "a/b:c", newTag: "1.2" }],
      patches: [
        {
          target: { kind: "Deployment" },
          patch: "# all\n- op: remove\n  path: /spec/template/spec/containers/0",
        },
        { path: "b.yaml" },
      ],
    };
    expect(readTyped(text)).toEqual(expected);
    expect(readTyped(text.replaceAll("\n", "\r\n"))).toEqual(expected);
    const asTexts = {
      ...expected,
      generatorOptions: { disableNameSuffixHash: "true", immutable: "true" },
      replicas: [{ name: "web", count: "3" }],
    };
    expect(readSimple(text)).toEqual(asTexts);
  });

  it.each([
    "",
    "a: b\na: c\n",
    "a:\n- b\n  c\n",
    "a: [b]\n",
    "a: &x b\n",
    "a: b\n---\nx: c\n",
    "a: {{ b }}\n",
    "other: [b,\nc]\na: b\n",
    "other: 'b\na: c'\n",
    "a: |\n\n  b\n",
    `a:\n${Array.from({ length: 100 }, (_, depth) => `${" ".repeat(depth + 1)}b:`).join("\n")}`,
  ])("leaves %j to a parser", (text) => {
    expect(readTyped(text)).toBeUndefined();
  });
});
