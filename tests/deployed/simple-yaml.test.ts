// The reader of the simplest YAML says what a parser says, or that a parser must read the text.
import fc from "fast-check";
import { FAILSAFE_SCHEMA, load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { readSimple } from "../../lib/deployed/simple-yaml.js";

/** What a parser reads; a Map for each mapping, and no lists that are empty in the text. */
function parsed(text: string): unknown {
  const value: unknown = load(text, { schema: FAILSAFE_SCHEMA });
  return plain(value);
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null)
    return new Map(Object.entries(value).map(([key, child]) => [key, plain(child)]));
  return value;
}

const plainLine = fc.constantFrom(
  "- a.yaml",
  "- ../b",
  "  - c",
  "- name: a/b",
  "- name: a/b # note",
  "  newTag: 'v1'",
  '  newName: "q"',
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
);
const line = fc.oneof({ arbitrary: plainLine, weight: 8 }, { arbitrary: otherLine, weight: 1 });

describe("the simplest YAML", () => {
  it("is read as a parser reads it, or left to the parser", () => {
    let read = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const text = ["first:", ...lines].join("\n");
        const simple = readSimple(text);
        if (!simple) return;
        read++;
        const values = new Map([...simple].map(([key, value]) => [key, isEmpty(value) ? "" : value]));
        expect(values).toEqual(parsed(text));
      }),
      { numRuns: 5000 },
    );
    expect(read).toBeGreaterThan(100);
  });

  it("covers most kustomizations", () => {
    expect(
      readSimple(
        "apiVersion: kustomize.config.k8s.io/v1beta1 # x\nresources:\n- ../../base\n" +
          "images:\n- name: a/b:c\n  newTag: '1.2'\n",
      ),
    ).toEqual(
      new Map<string, unknown>([
        ["apiVersion", "kustomize.config.k8s.io/v1beta1"],
        ["resources", ["../../base"]],
        [
          "images",
          [
            new Map([
              ["name", "a/b:c"],
              ["newTag", "1.2"],
            ]),
          ],
        ],
      ]),
    );
  });

  it.each(["a: b\na: c\n", "a:\n- b\n  c\n", "a: [b]\n", "a: &x b\n", "a:\n  b: c\n"])(
    "leaves %j to a parser",
    (text) => {
      expect(readSimple(text)).toBeUndefined();
    },
  );
});

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
