// Input is hostile: the finder's work grows with the file and no faster. It is counted, not timed: how often
// an event is looked at, and how much text is parsed.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { find } from "../../lib/images/find.js";
import { formatPath } from "../../lib/vocabulary/path.js";
import { holdsVocabulary } from "../../lib/vocabulary/holds-vocabulary.js";
import type { Reading } from "../../lib/yaml/reading.js";
import { read } from "../../lib/yaml/read.js";
import { lines } from "../support/lines.js";
import { fieldsOf } from "./fields-of.js";
import { settingsOf } from "../support/settings.js";

const parsed = vi.hoisted(() => ({ length: 0 }));
vi.mock(import("../../lib/yaml/events.js"), async (original) => {
  const real = await original();
  return {
    ...real,
    parseEvents(text: string) {
      parsed.length += text.length;
      return real.parseEvents(text);
    },
  };
});
beforeEach(() => {
  parsed.length = 0;
});

const repeat = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("");
const resource = (apiVersion: string, kind: string, ...more: readonly string[]): string =>
  lines(`apiVersion: ${apiVersion}`, `kind: ${kind}`, ...more);

/** An anchor of a list that names the one before it several times. */
function aliasOf(index: number, times: number): string {
  const names = Array.from({ length: times }, () => `*a${String(index)}`);
  return `a${String(index + 1)}: &a${String(index + 1)} [${names.join(", ")}]\n`;
}

/** Files that grow with a number. */
const growing: readonly (readonly [name: string, file: string, text: (size: number) => string])[] = [
  [
    "keys of one mapping",
    "values.yaml",
    (n) => `image:\n${repeat(n, (i) => `  k${String(i)}: v\n`)}  repository: a/b\n  tag: v1\n`,
  ],
  ["images beside one another", "values.yaml", (n) => repeat(n, (i) => `a${String(i)}Image: a/b:1\n`)],
  ["a map of images", "values.yaml", (n) => `images:\n${repeat(n, (i) => `  k${String(i)}: a/b:1\n`)}`],
  ["one key, repeated", "values.yaml", (n) => repeat(n, () => "image: a/b:1\n")],
  [
    "mappings that share a tag",
    "values.yaml",
    (n) => `t: &t v1\n${repeat(n, (i) => `a${String(i)}: { repository: x/y, tag: *t }\n`)}`,
  ],
  [
    "aliases of a mapping",
    "values.yaml",
    (n) => `b: &b { image: a/b:1 }\n${repeat(n, (i) => `a${String(i)}: *b\n`)}`,
  ],
  [
    "aliases of a large mapping",
    "values.yaml",
    (n) => {
      const images = repeat(n, (i) => `  x${String(i)}Image: a/b:1\n`);
      return `b: &b\n${images}${repeat(n, (i) => `a${String(i)}: *b\n`)}`;
    },
  ],
  [
    "merges of a large mapping",
    "values.yaml",
    (n) => {
      const keys = repeat(n, (i) => `  x${String(i)}: 1\n`);
      const merges = repeat(n, (i) => `a${String(i)}: { <<: *b, tag: v2, image: z }\n`);
      return `b: &b\n${keys}  repository: a/b\n${merges}`;
    },
  ],
  [
    "a long list of merges",
    "values.yaml",
    (n) => {
      const merges = `<<: [${repeat(n, () => "*b, ")}]`;
      return lines("b: &b { repository: a/b, tag: v1 }", `image: { tag: v2, repository: x/y, ${merges} }`);
    },
  ],
  ["aliases within aliases", "values.yaml", (n) => `a0: &a0 [x]\n${repeat(n, (i) => aliasOf(i, 2))}`],
  [
    "mappings on one line",
    "values.yaml",
    (n) => `a: [${repeat(n, () => "{ repository: x/y, tag: v1 }, ")}]\n`,
  ],
  [
    "documents",
    "a.yaml",
    (n) => repeat(n, () => `---\n${resource("v1", "Pod", "spec:", "  containers:", "    - image: a:1")}`),
  ],
  [
    "items of a List",
    "a.yaml",
    (n) => {
      const item = "  - { apiVersion: v1, kind: Pod, spec: { containers: [{ image: a:1 }] } }\n";
      return resource("v1", "List", "items:") + repeat(n, () => item);
    },
  ],
  [
    "releases and their sources",
    "a.yaml",
    (n) => {
      const spec = [
        "spec:",
        "  chartRef: { kind: OCIRepository, name: z }",
        "  values:",
        "    image: { repository: a/b, tag: v1 }",
      ];
      return repeat(n, () => `---\n${resource("helm.toolkit.fluxcd.io/v2", "HelmRelease", ...spec)}`);
    },
  ],
  [
    "packages with a key to come",
    "a.yaml",
    (n) => {
      const packages = repeat(n, (i) => `a${String(i)}: { image: g.io/a/b, version: v1 }, `);
      return resource("skyhook.nvidia.com/v1alpha1", "Skyhook", `spec: { packages: { ${packages}} }`);
    },
  ],
  [
    "arms of a template",
    "values.yaml",
    (n) => {
      const arms = repeat(n, (i) =>
        lines(`  {{ if .x${String(i)} }}`, `  tag: v${String(i)}`, "  {{ end }}"),
      );
      return `image:\n  repository: a/b\n${arms}`;
    },
  ],
  [
    "actions on one line",
    "values.yaml",
    (n) => `a: [${repeat(n, () => "{ repository: x/y, tag: {{ .v }} }, ")}]\nb: {{ x }}\n`,
  ],
];

const CONFIG_MAP = resource("v1", "ConfigMap", "data:");

/** Files of strings that hold YAML. */
const embedding: readonly (readonly [name: string, text: (size: number) => string])[] = [
  [
    "literal blocks",
    (n) => CONFIG_MAP + repeat(n, (i) => lines(`  k${String(i)}: |`, "    image: ghcr.io/a/b:1")),
  ],
  ["JSON", (n) => CONFIG_MAP + repeat(n, (i) => lines(`  k${String(i)}: '{"image": "ghcr.io/a/b:1"}'`))],
  [
    "documents in one block",
    (n) => `${CONFIG_MAP}  a: |\n${repeat(n, () => lines("    image: ghcr.io/a/b:1", "    ---"))}`,
  ],
];

/** How often the finder looks at an event of a file. */
function looks(text: string, filename: string): number {
  let count = 0;
  const reading = read(text);
  const trees = reading.trees.map((tree) => ({
    ...tree,
    events: new Proxy(tree.events, {
      get(events, key, receiver): unknown {
        if (typeof key === "string" && /^\d+$/.test(key)) count++;
        return Reflect.get(events, key, receiver);
      },
    }),
  }));
  find({ ...reading, trees } satisfies Reading, { filename, settings: settingsOf() });
  return count;
}

describe("the finder's work", () => {
  it.each(growing)("at most doubles when a file holds twice as many %s", (_, file, text) => {
    const small = looks(text(300), file);
    const large = looks(text(600), file);
    expect(small).toBeGreaterThan(300);
    expect(large / small).toBeLessThan(2.5);
  });

  it.each(embedding)("parses a file of strings only a few times in all: strings that hold %s", (_, text) => {
    const file = text(400);
    expect(fieldsOf(file, "c.yaml")).toHaveLength(400);
    expect(parsed.length).toBeLessThan(3 * file.length);
  });
});

describe("the finder's bounds", () => {
  it("makes one field of an image that a thousand aliases stand for", () => {
    expect(fieldsOf(`b: &b { image: a/b:1 }\n${repeat(1000, (i) => `a${String(i)}: *b\n`)}`)).toHaveLength(1);
  });

  it("finds an image once, although aliases of aliases multiply it", () => {
    const text = `a0: &a0 [{ image: a/b:1 }]\n${repeat(40, (i) => aliasOf(i, 3))}`;
    expect(fieldsOf(text)).toHaveLength(1);
  });

  it("keeps the first 5,000 of 90,000 images", () => {
    expect(
      fieldsOf(
        repeat(90_000, () => "- image: a:1\n"),
        "values.yaml",
      ),
    ).toHaveLength(5000);
  });

  it("survives an alias inside its own anchor, and a chain of thousands of aliases", () => {
    expect(fieldsOf("a: &a\n  image: a/b:1\n  b: *a\n")).toHaveLength(1);
    expect(fieldsOf(`a0: &a0 [x]\n${repeat(5000, (i) => aliasOf(i, 1))}image: a:1\n`)).toHaveLength(1);
  });

  it("cuts a very long key where it prints a path", () => {
    expect(formatPath(["a".repeat(1_000_000), "image"]).length).toBeLessThan(300);
  });

  it.each(["image", "aImage", "a_image", "imageName", "Image_image"])(
    "finds no image at a key that repeats %s thousands of times",
    (word) => {
      expect(fieldsOf(`"${word.repeat(20_000)}!": ghcr.io/a/b:1\nimage: a:1\n`)).toHaveLength(1);
    },
  );

  it.each([
    ["image", "image".repeat(200_000)],
    ["slashes", "/imag".repeat(100_000)],
    ["blanks", `image${" ".repeat(200_000)}`],
  ])("says no to a text of nothing but %s", (_, text) => {
    expect(holdsVocabulary(text)).toBe(false);
  });

  it.each(["A_", "${a:-", "@a", "<A", "{a", "%(", "a.", "a/", "a:"])(
    "finds the other images beside a value of nothing but %s",
    (piece) => {
      expect(
        fieldsOf(`image: "${piece.repeat(50_000)}!"\nother: { image: a:1 }\n`).map((field) => field.written),
      ).toContain("a:1");
    },
  );
});

describe("fields in strings", () => {
  it("stand where they stand in the file", () => {
    const text = lines(
      "# é",
      "apiVersion: v1",
      "kind: ConfigMap",
      "data:",
      "  a: |",
      "    image: ghcr.io/a/b:1",
      "    ---",
      "    x: { repository: c/d, tag: v1 }",
      `  b: '{"image": "quay.io/e/f:2"}'`,
    ).replaceAll("\n", "\r\n");
    const fields = fieldsOf(text, "c.yaml");
    expect(fields.map((field) => text.slice(...field.at))).toEqual(["ghcr.io/a/b:1", '"quay.io/e/f:2"']);
  });
});
