// What ESLint lints, as its command line says.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lintRun } from "../../lib/digests/lint-run.js";
import { folder, here } from "./lookups.js";

const runOf = (args: string, script = "/a/node_modules/eslint/bin/eslint.js"): ReturnType<typeof lintRun> =>
  lintRun({ ...here(""), argv: ["node", script, ...args.split(" ").filter((word) => word !== "")] }, folder);

test.each([
  ["--fix", { paths: ["."] }],
  ["--fix recipes charts", { paths: ["recipes", "charts"] }],
  ["recipes --fix=true", undefined],
  ["-c my.config.js --max-warnings=0 -f json --fix -- a b", { config: "my.config.js", paths: ["a", "b"] }],
  ["--fix -- --cache a", { paths: ["--cache", "a"] }],
  ["--fix **/values.yaml", { paths: ["**/values.yaml"] }],
])("eslint %s", (args, run) => {
  expect(runOf(args)).toEqual(run && { cwd: folder, ...run });
});

test.each([
  "--cache",
  "--rule a:off",
  "--no-inline-config",
  "--ignore-pattern a",
  "--no-ignore",
  "--fix-type problem",
  "--concurrency 2",
  "--ext .yaml",
  "--stdin --stdin-filename a.yaml",
  "--suppress-all",
  "--flag x",
  "--unknown",
])("with %s, not all may be linted or reported: nothing is known", (option) => {
  expect(runOf(`--fix ${option} .`)).toBeUndefined();
});

test("one file needs nothing else", () => {
  writeFileSync(join(folder, "pod.yaml"), "");
  expect(runOf("--fix pod.yaml")).toBeUndefined();
  expect(runOf("--fix pod.yaml other.yaml")).toMatchObject({ paths: ["pod.yaml", "other.yaml"] });
});

test("another program, and a thread of ESLint, are no run of its command", () => {
  expect(runOf("--fix", "/a/my-eslint.js")).toBeUndefined();
  expect(runOf("--fix", "/usr/bin/eslint")).toBeDefined();
  const argv = ["node", "eslint.js", "--fix"];
  expect(lintRun({ ...here(""), argv, isMainThread: false }, folder)).toBeUndefined();
});
