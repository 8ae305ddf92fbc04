// The walls between the rooms: an import that they forbid fails the lint, and one that they allow does not.
import { readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** Rooms that have no walls of their own: they put the plugin together from all others. */
const ASSEMBLY = [
  "lib/configs.ts",
  "lib/index.ts",
  "lib/read-archive.ts",
  "lib/folder-listings.ts",
  "lib/read-deployed.ts",
  "lib/read-neighbour.ts",
  "lib/read-text.ts",
  "lib/reaching-files.ts",
  "lib/stat-of.ts",
];

/** What every room may import that does not say otherwise. */
const SHARED = ["lib/settings", "lib/exempt.ts", "lib/neighbour.ts", "lib/reference"];

/** The walls once more: for each room, the rooms that it may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "lib/reference": [],
  "lib/neighbour.ts": [],
  "lib/untar.ts": [],
  "lib/needed-eslint.ts": [],
  "lib/settings": ["lib/reference"],
  "lib/exempt.ts": ["lib/settings", "lib/reference"],
  "lib/helm": SHARED,
  "lib/yaml": [...SHARED, "lib/helm"],
  "lib/vocabulary": SHARED,
  "lib/charts": [...SHARED, "lib/vocabulary", "lib/yaml", "lib/helm"],
  "lib/deployed": ["lib/yaml"],
  "lib/images": [...SHARED, "lib/charts", "lib/deployed", "lib/vocabulary", "lib/yaml"],
  "lib/pinning": [...SHARED, "lib/images", "lib/charts", "lib/vocabulary", "lib/yaml"],
  "lib/language": [...SHARED, "lib/vocabulary", "lib/yaml", "lib/helm"],
  "lib/registry": SHARED,
  "lib/digests": [...SHARED, "lib/registry"],
  "lib/bom": [...SHARED, "lib/images"],
  "lib/proof": [
    ...SHARED,
    "lib/charts",
    "lib/helm",
    "lib/images",
    "lib/untar.ts",
    "lib/vocabulary",
    "lib/yaml",
    "lib/registry",
    "lib/digests",
  ],
  "lib/cli": [
    ...SHARED,
    "lib/bom",
    "lib/proof",
    "lib/charts",
    "lib/digests",
    "lib/pinning",
    "lib/images",
    "lib/yaml",
    "lib/language",
    "lib/read-deployed.ts",
    "lib/read-neighbour.ts",
    "lib/stat-of.ts",
    "lib/needed-eslint.ts",
    "lib/index.ts",
  ],
  rules: [...SHARED, "lib/deployed", "lib/pinning", "lib/images", "lib/vocabulary", "lib/yaml"],
};

const OUTSIDE = [
  "node:fs",
  "node:http",
  "node:https",
  "node:net",
  "node:dns",
  "https-proxy-agent",
  "node:child_process",
  "synckit",
];
const YAML = ["js-yaml", "yaml", "yaml-eslint-parser", "eslint-plugin-yml"];
const ESLINT = ["eslint", "eslint/universal", "@eslint/core"];

/** Packages that a room must stay free of: some of each kind. `lib/cli` alone may import all of them. */
const MUST_NOT_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "lib/reference": [...OUTSIDE, ...YAML, ...ESLINT],
  "lib/neighbour.ts": [...OUTSIDE, ...YAML, ...ESLINT],
  "lib/settings": [...OUTSIDE, ...YAML, ...ESLINT],
  "lib/exempt.ts": [...OUTSIDE, ...YAML, ...ESLINT],
  "lib/helm": [...OUTSIDE, ...YAML, ...ESLINT],
  "lib/yaml": [...OUTSIDE, ...ESLINT],
  "lib/vocabulary": [...OUTSIDE, ...YAML, ...ESLINT],
  "lib/charts": [...OUTSIDE, ...ESLINT],
  "lib/deployed": [...OUTSIDE, ...ESLINT],
  "lib/images": [...OUTSIDE, ...ESLINT],
  "lib/pinning": [...OUTSIDE, ...ESLINT],
  "lib/language": OUTSIDE,
  "lib/registry": [...YAML, ...ESLINT],
  "lib/digests": [...YAML, ...ESLINT],
  "lib/bom": [...OUTSIDE, ...ESLINT],
  // Helm alone talks to chart repositories.
  "lib/proof": ["node:http", "node:https", "node:net", "node:dns", "https-proxy-agent", ...ESLINT],
  rules: OUTSIDE,
};

const rooms = Object.keys(MAY_IMPORT);
const eslint = new ESLint({ cwd: root });

/**
 * A file of a room, or the room itself where it is one file. The typed lint reads files from the disk, so a
 * snippet is linted in the place of one.
 */
function fileOf(room: string): string {
  if (room.endsWith(".ts")) return join(root, room);
  const folder = join(root, room);
  const name = readdirSync(folder).find((each) => each.endsWith(".ts"));
  if (name === undefined) throw new Error(`${room} has no file`);
  return join(folder, name);
}

/** The lines (from 1) of a snippet in a room's place that a wall stops, each with what the lint says. */
async function stopped(room: string, lines: readonly string[]): Promise<ReadonlyMap<number, string>> {
  const results = await eslint.lintText(lines.join("\n"), { filePath: fileOf(room) });
  const messages = results.flatMap((result) => result.messages);
  expect(messages.filter((message) => message.fatal)).toEqual([]);
  const walls = messages.filter(
    (message) =>
      message.ruleId === "import-x/no-restricted-paths" || message.ruleId === "no-restricted-imports",
  );
  return new Map(walls.map((message) => [message.line, message.message]));
}

describe("the walls", () => {
  it("stand around every room of lib but those that put the plugin together, and around the rules", () => {
    const inLib = readdirSync(join(root, "lib")).map((name) => `lib/${name}`);
    expect([...rooms, ...ASSEMBLY].sort()).toEqual([...inLib, "rules"].sort());
  });

  it.each(rooms)("%s imports what the house allows and no more", async (room) => {
    const others = [...rooms, ...ASSEMBLY].filter((other) => other !== room);
    const from = dirname(fileOf(room));
    const lines = others.map((other) => {
      const path = relative(from, fileOf(other)).replaceAll("\\", "/").replace(/\.ts$/, ".js");
      return `import ${JSON.stringify(path.startsWith(".") ? path : `./${path}`)};`;
    });
    const found = await stopped(room, lines);
    const crossed = others.filter((_, index) => found.has(index + 1));
    expect(crossed).toEqual(others.filter((other) => !MAY_IMPORT[room]?.includes(other)));
    for (const message of found.values()) expect(message).toContain(`${room} may import `);
  });

  it.each(Object.entries(MUST_NOT_IMPORT))(
    "%s stays free of what it must not know",
    async (room, packages) => {
      const found = await stopped(
        room,
        packages.map((name) => `import ${JSON.stringify(name)};`),
      );
      expect(packages.filter((_, index) => !found.has(index + 1))).toEqual([]);
      for (const message of found.values()) expect(message).toContain(`${room} knows no `);
    },
  );

  it("stop an import of types, too", async () => {
    const found = await stopped("lib/reference", [
      'import type { Range } from "../yaml/reading.js";',
      "export type X = Range;",
    ]);
    expect([...found.keys()]).toEqual([1]);
  });

  it("are joined by a rule that stops a circle", async () => {
    const results = await eslint.lintText('import "./reference.js";\nexport {};', {
      filePath: join(root, "lib/reference/digest.ts"),
    });
    expect(results[0]?.messages.map((message) => message.ruleId)).toContain("import-x/no-cycle");
  });
});
