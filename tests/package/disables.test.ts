// Whoever switches a rule of the lint off in our code says why, behind ` -- `.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseForESLint } from "@typescript-eslint/parser";
import { expect, it } from "vitest";
import { root } from "./packed.js";

/** The comments of a text that switch a rule off and give no reason; a comment in a string is no comment. */
function withoutReason(text: string): readonly string[] {
  if (!text.includes("eslint-disable")) return [];
  return parseForESLint(text)
    .ast.comments.map(({ value }) => value.trim())
    .filter((comment) => comment.startsWith("eslint-disable") && !/\s--+\s+\S/.test(comment));
}

it("every comment that switches a rule off gives its reason", () => {
  const inFolders = ["lib", "rules", "scripts", "bench", "tests"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
  );
  const files = [...inFolders, ...readdirSync(root)].filter((path) => /\.m?[jt]s$/.test(path));
  expect(files.length).toBeGreaterThan(200);
  const found = files.flatMap((file) =>
    withoutReason(readFileSync(join(root, file), "utf8")).map((comment) => `${file}: ${comment}`),
  );
  expect(found).toEqual([]);
});

it.each([
  ["// eslint-disable-next-line eqeqeq -- null and undefined are one here\na == b;", []],
  ["// eslint-disable-next-line eqeqeq\na == b;", ["eslint-disable-next-line eqeqeq"]],
  ["a == b; // eslint-disable-line", ["eslint-disable-line"]],
  ["/* eslint-disable eqeqeq -- */\na == b;", ["eslint-disable eqeqeq --"]],
  ['const text = "# eslint-disable-line";', []],
])("a reason is seen, and seen to be missing: %j", (text, expected) => {
  expect(withoutReason(text)).toEqual(expected);
});
