// `holdsVocabulary` may say yes to a text without an image, but never no to a text with one.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdsVocabulary } from "../../lib/vocabulary/holds-vocabulary.js";
import { DETECTION } from "../images/detection-cases.js";
import { fieldsOf } from "../images/fields-of.js";
import { settingsOf } from "../support/settings.js";

const cases = Object.values(DETECTION).flat();

/** With a key of the user's own, which may stand anywhere, every node is visited. */
const VISIT_ALL = settingsOf({ fields: [{ keys: { repository: "noKeyOfThisText" } }] });

const KEYS = [
  "image",
  "image",
  "image",
  "images",
  "containers",
  "services",
  "proxyImage",
  "image_name",
  "imageTag",
  "imageRepository",
  "repository",
  "registry",
  "tag",
  "digest",
  "version",
  "name",
  "newName",
  "newTag",
  "containers",
  "steps",
  "services",
  "container",
  "uses",
  "bundle",
  "package",
  "pipe",
  "spec",
  "values",
  "data",
  "kind",
  "apiVersion",
  "x",
  "<<",
  "command",
  "params",
  "value",
  "path",
  "docker_container",
  "platforms",
  "tags",
  "reference",
  "volumes",
];
const VALUES = [
  "nginx:1.27",
  "ghcr.io/a/b:1",
  "ghcr.io/a/b:1",
  "ghcr.io/a/b:1",
  "a/b",
  "quay.io/a",
  "v1",
  "docker://alpine:3",
  "Task",
  "tekton.dev/v1",
  "v1",
  "",
  "HelmRelease",
  "/spec/image",
  "bundle",
  '[{"image": "ghcr.io/a/b:1"}]',
  "image: ghcr.io/a/b:1",
];
const FILES = [
  "values.yaml",
  "a.yaml",
  "compose.yaml",
  "kustomization.yaml",
  ".gitlab-ci.yml",
  ".github/workflows/a.yml",
  ".drone.yml",
  "cloudbuild.yaml",
  ".circleci/config.yml",
  "bitbucket-pipelines.yml",
  "azure-pipelines.yml",
  ".buildkite/a.yml",
  "action.yml",
];

const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: "medium" },
    fc.constantFrom(...VALUES),
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie("tree"), { maxKeys: 5, noNullPrototype: true }),
  ),
}));

/** Block style, with quotes and odd spaces, as people write it. */
function write(value: unknown, indent: string, quote: string, gap: string): string {
  if (Array.isArray(value))
    return value.length === 0
      ? "[]"
      : value
          .map((item) => `\n${indent}-${write(item, `${indent}  `, quote, gap).replace(/^(?!\n)/, " ")}`)
          .join("");
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value);
  return entries.length === 0
    ? "{}"
    : entries
        .map(([key, item]) => {
          const value = write(item, `${indent}  `, quote, gap).replace(/^(?!\n)/, " ");
          return `\n${indent}${quote}${key}${quote}${gap}:${value}`;
        })
        .join("");
}

describe("holdsVocabulary", () => {
  it.each(cases.filter(([, , , found]) => found.length > 0))("says yes to %s", (_, file, text) => {
    expect(fieldsOf(text, file).length).toBeGreaterThan(0);
    expect(holdsVocabulary(text)).toBe(true);
    expect(fieldsOf(text, file)).toEqual(fieldsOf(text, file, VISIT_ALL));
  });

  it.each([
    ["a comment before the colon", "? image # why\n: ghcr.io/a/b:1\n"],
    ["an escape in the key", '"\\x69mage": ghcr.io/a/b:1\n'],
    ["a long comment before the colon", `? image  # ${"why ".repeat(100)}\n# and\n: ghcr.io/a/b:1\n`],
    ["blanks and quotes", "'image'\t : ghcr.io/a/b:1\n"],
    ["a key on a line of its own", "? image\n: ghcr.io/a/b:1\n"],
    ["JSON without blanks", '{"image":"ghcr.io/a/b:1"}\n'],
  ])("says yes to %s", (_, text) => {
    expect(fieldsOf(text, "a.yaml")).toHaveLength(1);
    expect(holdsVocabulary(text)).toBe(true);
  });

  it("says yes wherever something is found, also to each part of a text", () => {
    let found = 0;
    fc.assert(
      fc.property(
        tree,
        fc.constantFrom(...FILES),
        fc.constantFrom("", "'", '"'),
        fc.constantFrom("", " ", "\t"),
        (value, file, quote, gap) => {
          const text = `${write(value, "", quote, gap).replace(/^\n/, "")}\n`;
          const fields = fieldsOf(text, file, VISIT_ALL);
          expect(fieldsOf(text, file)).toEqual(fields);
          if (fields.length === 0) return;
          found++;
          expect(holdsVocabulary(text)).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
    // A property that never meets an image says nothing.
    expect(found).toBeGreaterThan(100);
  });
});
