// The command reads the files that ESLint reads: whatever they are called, ignored or named.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newProject } from "./list-project.js";

const pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: nginx:1\n";

const CONFIG = `import containerImages from "eslint-plugin-container-images";
import { globalIgnores } from "eslint/config";
export default [
  globalIgnores(["everywhere/ignored/"]),
  ...containerImages.configs.recommended,
  ...containerImages.configs.recommended.map((config) => (
    { ...config, files: ["**/*.gotmpl", "**/*.yaml.tpl"] }
  )),
  { files: ["**/*.manifest"], plugins: { images: containerImages }, language: "images/yaml" },
  { ignores: ["**/drafts/**"] },
];
`;

const FILES = {
  "eslint.config.js": CONFIG,
  "a.gotmpl": pod,
  "b.yaml": pod,
  "c.txt": pod,
  "d.js": "export const image = 'nginx:1';\n",
  "charts/e.yaml.tpl": pod,
  "charts/deep/f.gotmpl": pod,
  "charts/drafts/g.gotmpl": pod,
  "everywhere/ignored/h.gotmpl": pod,
  "everywhere/i.yml": pod,
};

describe.each(["eslint", "eslint9"] as const)("beside %s", (eslint) => {
  it.each([
    [["."]],
    [["charts"]],
    [["a.gotmpl", "b.yaml"]],
    [["charts/drafts/g.gotmpl", "a.gotmpl", "c.txt"]],
    [["charts/**/*.gotmpl", "everywhere"]],
  ])("list, bom and pin see in %j what ESLint sees", async (paths) => {
    const project = newProject(FILES);
    project.use(eslint);
    const { messages } = await project.lint(paths);
    const reported = [...messages]
      .filter(([, found]) => found.some(({ ruleId }) => ruleId === "container-images/require-digest"))
      .map(([file]) => file)
      .sort();
    expect(reported.length).toBeGreaterThan(0);
    const listed = JSON.parse((await project.command(["list", "--format", "json", ...paths])).out) as {
      file: string;
    }[];
    expect(listed.map(({ file }) => file)).toEqual(reported);
    const gate = await project.command(["bom", "--require-digests", "--output", "/dev/null", ...paths]);
    expect(gate.code).toBe(1);
    expect([...gate.err.matchAll(/^unpinned (\S+):5 nginx:1$/gm)].map(([, file]) => file)).toEqual(reported);
    const pinned = await project.command(["pin", "--dry-run", ...paths], {
      env: { CONTAINER_IMAGES_RESOLVE: "cache" },
    });
    expect(pinned.out).toContain(`${String(reported.length)} failed`);
  });

  it("under a name of the user's own for the plugin", async () => {
    const project = newProject({ "eslint.config.js": CONFIG, "a.manifest": pod });
    project.use(eslint);
    const { out } = await project.command(["list", "--format", "csv"]);
    expect(out).toMatch(/^a\.manifest,5,/m);
  });
});

it.skipIf(process.platform === "win32")("names a pipe that a configuration hands to us", async () => {
  const project = newProject({ "eslint.config.js": CONFIG, "a.gotmpl": pod });
  expect(
    spawnSync("mkfifo", [join(project.root, "pipe.gotmpl"), join(project.root, "pipe.txt")]).status,
  ).toBe(0);
  const { code, out, err } = await project.command(["list", "--format", "csv"]);
  expect({ code, err }).toEqual({ code: 2, err: "pipe.gotmpl: cannot be opened (no regular file)\n" });
  expect(out).toMatch(/^a\.gotmpl,5,/m);
});
