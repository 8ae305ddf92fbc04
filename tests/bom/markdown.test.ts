// The bill of materials as Markdown, and which images the gate refuses.
import { describe, expect, it } from "vitest";
import type { Entry } from "../../lib/bom/entry.js";
import { withoutDigest } from "../../lib/bom/gate.js";
import { toMarkdown } from "../../lib/bom/markdown.js";
import { parseReference } from "../../lib/reference/reference.js";
import type { State } from "../../lib/images/field.js";

const DIGEST = `sha256:${"a".repeat(64)}`;

function entry(written: string, state: State, place: Partial<Entry> = {}): Entry {
  const parsed = parseReference(written);
  return {
    file: "a/values.yaml",
    line: 1,
    field: "image",
    written,
    state,
    ...(parsed.ok ? { reference: parsed.reference } : {}),
    ...place,
  };
}

describe("the bill of materials in Markdown", () => {
  it("has a table for each folder, and counts and lists the rest", () => {
    const text = toMarkdown([
      entry("redis:7", "unpinned", { line: 2, exempt: "not *yet*" }),
      entry(`nginx:1@${DIGEST}`, "pinned", { line: 9 }),
      entry("quay.io/org/part", "incomplete", { line: 11 }),
      entry("{{ .Values.a | quote }}", "templated", { file: "t.yaml", line: 4 }),
      entry("nginx:1", "unpinned", { file: "t.yaml", line: 5 }),
    ]);
    expect(text).toBe(`# Container images

- Images: 3, at 3 places, 1 of them pinned by digest
- Incomplete: a chart or operator fills in the rest: 1
- Templated: a template fills in a part: 1

## \`.\`

| Image | Tag | Digest | Where |
| --- | --- | --- | --- |
| \`docker.io/library/nginx\` | \`1\` | unpinned | \`t.yaml:5\` |

## \`a\`

| Image | Tag | Digest | Where |
| --- | --- | --- | --- |
| \`docker.io/library/redis\` | \`7\` | unpinned, exempt: not \\*yet\\* | \`values.yaml:2\` |
| \`docker.io/library/nginx\` | \`1\` | \`${DIGEST}\` | \`values.yaml:9\` |

## Incomplete: a chart or operator fills in the rest

- \`a/values.yaml:11\`: \`quay.io/org/part\`

## Templated: a template fills in a part

- \`t.yaml:4\`: \`{{ .Values.a | quote }}\`
`);
  });

  it("escapes the texts of files, so that they are neither Markdown nor another row", () => {
    const text = toMarkdown([
      entry("``` <b> \n| x |", "invalid", { file: "a|b`c.yaml" }),
      entry("nginx:1", "unpinned", { file: "d/a|b\n.yaml", exempt: "[x](y) | <img>\n# z" }),
    ]);
    const lines = text.split("\n");
    expect(lines).toContain(
      "| `docker.io/library/nginx` | `1` | unpinned, exempt: \\[x\\](y) \\| \\<img\\> \\# z | `a\\|b " +
        ".yaml:1` |",
    );
    expect(lines).toContain("- `` a|b`c.yaml:1 ``: ```` ``` <b>  | x | ````");
  });
});

describe("the gate", () => {
  const entries = (["templated", "invalid", "local", "pinned", "incomplete", "unpinned"] as const).flatMap(
    (state) => [entry(state, state), entry(state, state, { exempt: "ours" })],
  );

  it.each([
    [false, ["invalid", "unpinned"]],
    [true, ["invalid", "incomplete", "unpinned"]],
  ])("with strict %s stops at %j", (strict, states) => {
    expect(withoutDigest(entries, strict).map(({ state }) => state)).toEqual(states);
    expect(withoutDigest(entries, strict).every(({ exempt }) => exempt === undefined)).toBe(true);
  });
});
