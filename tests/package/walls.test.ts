// The walls between the rooms: an import that they forbid fails the lint, and one that they allow does not.
import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** The house, written out once more: for each room, the rooms that it may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "lib/reference": [],
  "lib/settings": ["lib/reference"],
  "lib/helm": ["lib/reference", "lib/settings"],
  "lib/yaml": ["lib/reference", "lib/settings", "lib/helm"],
  "lib/vocabulary": ["lib/reference", "lib/settings"],
  "lib/charts": ["lib/reference", "lib/settings", "lib/vocabulary", "lib/yaml", "lib/helm"],
  "lib/images": ["lib/reference", "lib/settings", "lib/charts", "lib/vocabulary", "lib/yaml"],
  "lib/pinning": ["lib/reference", "lib/settings", "lib/images", "lib/charts", "lib/vocabulary", "lib/yaml"],
  "lib/language": ["lib/reference", "lib/settings", "lib/vocabulary", "lib/yaml", "lib/helm"],
  "lib/registry": ["lib/reference", "lib/settings"],
  "lib/digests": ["lib/reference", "lib/settings", "lib/registry"],
  "lib/bom": ["lib/reference", "lib/settings", "lib/images"],
  "lib/cli": [
    "lib/reference",
    "lib/settings",
    "lib/bom",
    "lib/digests",
    "lib/pinning",
    "lib/images",
    "lib/yaml",
    "lib/language",
  ],
  rules: ["lib/reference", "lib/settings", "lib/pinning", "lib/images", "lib/vocabulary", "lib/yaml"],
};

/** Packages that a room must stay free of. */
const MUST_NOT_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "lib/reference": ["node:fs", "node:https", "eslint", "js-yaml"],
  "lib/settings": ["node:fs", "node:https", "eslint", "js-yaml"],
  "lib/helm": ["node:fs", "node:https", "eslint", "js-yaml"],
  "lib/yaml": ["node:fs", "node:https", "eslint"],
  "lib/images": [
    "node:fs",
    "node:http",
    "node:net",
    "node:dns",
    "https-proxy-agent",
    "node:child_process",
    "synckit",
    "eslint",
    "eslint/universal",
    "@eslint/core",
  ],
  "lib/vocabulary": ["node:fs", "node:https", "eslint", "js-yaml"],
  "lib/charts": ["node:fs", "node:https", "node:child_process", "eslint"],
  "lib/pinning": ["node:fs", "node:https", "eslint"],
  "lib/registry": ["js-yaml", "yaml", "yaml-eslint-parser", "eslint-plugin-yml", "eslint"],
  "lib/digests": ["js-yaml", "yaml-eslint-parser", "eslint"],
  rules: ["node:fs", "node:https", "synckit"],
};

const rooms = Object.keys(MAY_IMPORT);

/** A file of a room: the typed lint reads files from the disk, so a snippet takes the place of one. */
function fileOf(room: string): string | undefined {
  const folder = join(root, room);
  const name = existsSync(folder) ? readdirSync(folder).find((each) => each.endsWith(".ts")) : undefined;
  return name === undefined ? undefined : join(folder, name);
}

const built = rooms.filter((room) => fileOf(room) !== undefined);
const eslint = new ESLint({ cwd: root });

/** The lines (from 1) of a snippet in a room's place that a wall stops, each with what the lint says. */
async function stopped(room: string, lines: readonly string[]): Promise<ReadonlyMap<number, string>> {
  const results = await eslint.lintText(lines.join("\n"), { filePath: fileOf(room) ?? "" });
  const messages = results.flatMap((result) => result.messages);
  expect(messages.filter((message) => message.fatal)).toEqual([]);
  const walls = messages.filter(
    (message) =>
      message.ruleId === "import-x/no-restricted-paths" || message.ruleId === "no-restricted-imports",
  );
  return new Map(walls.map((message) => [message.line, message.message]));
}

describe("the walls", () => {
  it("stand in rooms that are there", () => {
    expect(built).toEqual(
      expect.arrayContaining([
        "lib/reference",
        "lib/settings",
        "lib/helm",
        "lib/yaml",
        "lib/vocabulary",
        "lib/charts",
        "lib/images",
        "lib/pinning",
        "lib/language",
        "lib/registry",
        "lib/digests",
        "lib/cli",
        "rules",
      ]),
    );
  });

  it.each(built)("%s imports what the house allows and no more", async (room) => {
    const others = built.filter((other) => other !== room);
    const from = dirname(fileOf(room) ?? "");
    const lines = others.map((other) => {
      const path = relative(from, fileOf(other) ?? "")
        .replaceAll("\\", "/")
        .replace(/\.ts$/, ".js");
      return `import ${JSON.stringify(path.startsWith(".") ? path : `./${path}`)};`;
    });
    const found = await stopped(room, lines);
    const crossed = others.filter((_, index) => found.has(index + 1));
    expect(crossed).toEqual(others.filter((other) => !MAY_IMPORT[room]?.includes(other)));
    for (const message of found.values()) expect(message).toContain(`${room} may import `);
  });

  it.each(Object.keys(MUST_NOT_IMPORT).filter((room) => built.includes(room)))(
    "%s stays free of what it must not know",
    async (room) => {
      const packages = MUST_NOT_IMPORT[room] ?? [];
      const found = await stopped(
        room,
        packages.map((name) => `import ${JSON.stringify(name)};`),
      );
      expect(packages.filter((_, index) => !found.has(index + 1))).toEqual([]);
      for (const message of found.values()) expect(message).toContain(`${room} knows no `);
    },
  );

  it("lets an import of types through no wall either", async () => {
    const found = await stopped("lib/reference", [
      'import type { Range } from "../yaml/reading.js";',
      "export type X = Range;",
    ]);
    expect([...found.keys()]).toEqual([1]);
  });

  it("stops a cycle", async () => {
    const results = await eslint.lintText('import "./reference.js";\nexport {};', {
      filePath: join(root, "lib/reference/digest.ts"),
    });
    expect(results[0]?.messages.map((message) => message.ruleId)).toContain("import-x/no-cycle");
  });
});
