// The schemas, the rules' pages, the hooks and the preset name the repository as package.json does.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import plugin from "../../lib/index.js";
import { fileOf } from "../cli/recipes.js";

const { repository } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly repository: { readonly url: string };
};
const home = repository.url.replace(/^git\+|\.git$/g, "");
const [, name = ""] = /^https:\/\/github\.com\/([\w-]+\/[\w-]+)$/.exec(home) ?? [];

describe("the address of the repository", () => {
  it.each(["list", "verify"])("is that of the schema of %s", (command) => {
    const file = `schemas/${command}.schema.json`;
    expect(JSON.parse(fileOf(file))).toMatchObject({ $id: `${home}/blob/main/${file}` });
  });

  it("is that of every rule's page", () => {
    for (const [rule, { meta }] of Object.entries(plugin.rules))
      expect(meta?.docs?.url).toBe(`${home}/blob/main/docs/rules/${rule}.md`);
  });

  it("is that of the hooks and of the preset", () => {
    expect(fileOf("docs/ci.md")).toContain(`repo: ${home}\n`);
    expect(fileOf("docs/renovate.md")).toContain(`"github>${name}:renovate-preset"`);
  });
});
