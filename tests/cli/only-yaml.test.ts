// The README's first configuration lints YAML and leaves a repository's JavaScript alone.
import { describe, expect, it } from "vitest";
import { pod } from "../support/manifests.js";
import { newProject } from "./list-project.js";
import { blocksOf } from "./recipes.js";

const [first = ""] = blocksOf("README.md", "js");

const FILES = {
  "eslint.config.js": first,
  "recipes/a.yaml": pod("nginx:1"),
  "broken.js": "const = <div>;\n",
  "web/app.mjs": "export const app = <div>;\n",
  "web/old.cjs": "with (a) { b() }}\n",
};

describe.each(["eslint", "eslint9"] as const)("with %s, the README's first configuration", (eslint) => {
  it("lints YAML alone", async () => {
    const project = newProject(FILES);
    const { messages } = await project.lint(["."], { eslint });
    expect([...messages.keys()]).toEqual(["recipes/a.yaml"]);
  });

  it("takes away no JavaScript of a project that says which it lints", async () => {
    const rest = '{ files: ["web/**/*.mjs"], rules: { "no-undef": "error" } },';
    const without = first.replace(/^.*ignores.*\n/m, "").replace("\n];", `\n  ${rest}\n];`);
    const project = newProject({ ...FILES, "eslint.config.js": without });
    const { messages } = await project.lint(["web"], { eslint });
    expect([...messages.keys()].sort()).toEqual(["web/app.mjs", "web/old.cjs"]);
  });
});
