// The configuration for Neovim that docs/editors.md shows, in the real Neovim, headless.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { editorFolder, hasServer } from "../../scripts/language-server.mjs";
import { userProject, type UserProject } from "../support/project.js";
import { digestOf, startRegistry, type ScriptedRegistry } from "../support/registry.js";

const INSTALLED = join(editorFolder, "neovim/bin/nvim");
const NVIM = existsSync(INSTALLED) ? INSTALLED : "nvim";
const canRun = hasServer && isNew();
const NOT_THERE = canRun
  ? ""
  : " (skipped: no Neovim 0.11, or no ESLint language server here; `bash scripts/install-editor.sh` " +
    "installs both)";
const PAGE = readFileSync(new URL("../../docs/editors.md", import.meta.url), "utf8");
const DRIVER = new URL("neovim.lua", import.meta.url).pathname;
const DIGEST = digestOf("team/app", "v1.2.3");

function isNew(): boolean {
  try {
    const [, minor = "0"] =
      /^NVIM v0\.(\d+)/.exec(execFileSync(NVIM, ["--version"], { encoding: "utf8" })) ?? [];
    return Number(minor) >= 11;
  } catch {
    return false;
  }
}

/** The Lua blocks of the page, in order. */
function blocks(): readonly string[] {
  return [...PAGE.matchAll(/^```lua\n(.*?)^```$/gms)].map(([, text = ""]) => text);
}

let project: UserProject;
let registry: ScriptedRegistry;
afterEach(async () => {
  await registry.stop();
  project.remove();
});

async function setUp(): Promise<void> {
  registry = await startRegistry({ auth: "token" });
  const values = "app:\n  image:\n    repository: quay.io/team/app\n    tag: v1.2.3 # the tag\n";
  project = userProject(
    { "values.yaml": values, ".git/HEAD": "ref: refs/heads/main\n" },
    { mirrors: { "quay.io": `http://${registry.host}` }, unknownCharts: "fix" },
  );
}

/** Runs Neovim with some Lua as its configuration: what {@link DRIVER} saw, and how it ended. */
function drive(
  configuration: string,
): Promise<{ readonly seen: Readonly<Record<string, unknown>>; readonly code: number | null }> {
  project.write({ "init.lua": configuration });
  const env = {
    ...process.env,
    PATH: `${join(editorFolder, "node_modules/.bin")}${delimiter}${process.env["PATH"] ?? ""}`,
    XDG_STATE_HOME: join(project.root, "state"),
  };
  const child = spawn(NVIM, ["--clean", "--headless", "-u", "init.lua", "-S", DRIVER], {
    cwd: project.root,
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  return new Promise((resolve) => {
    child.once("close", (code) => {
      const lines = out.split("\n").filter((line) => line.startsWith("["));
      resolve({ code, seen: Object.fromEntries(lines.map((line) => JSON.parse(line) as [string, unknown])) });
    });
  });
}

const seenByAPerson = (): object => ({
  opened: {
    message:
      `\`quay.io/team/app:v1.2.3\` is not pinned by digest; asking ${registry.host}: the next change ` +
      "has the fix",
    line: 3,
    from: 9,
    to: 15,
    code: "container-images/require-digest",
  },
  edited: "`quay.io/team/app:v1.2.3` is not pinned by digest",
  fixed: `    tag: v1.2.3@${DIGEST} # the tag`,
  undone: "    tag: v1.2.3 # the tag",
  saved: `    tag: v1.2.3@${DIGEST} # the tag`,
});

describe.skipIf(!canRun)(`in Neovim, as docs/editors.md has it${NOT_THERE}`, () => {
  it("shows the image, offers the fix after the next change, and fixes on save", async () => {
    await setUp();
    const [configuration = "", onSave = "", ...others] = blocks();
    expect(others).toHaveLength(1);
    expect(await drive(`${configuration}\n${onSave}`)).toEqual({ code: 0, seen: seenByAPerson() });
  });

  it("does so where plugin and configuration stand in a folder of their own", async () => {
    await setUp();
    project.write({
      "tools/image-lint/package.json": project.read("package.json"),
      "tools/image-lint/eslint.config.js": project.read("eslint.config.js"),
    });
    for (const name of ["eslint.config.js", "package.json"]) rmSync(join(project.root, name));
    renameSync(join(project.root, "node_modules"), join(project.root, "tools/image-lint/node_modules"));
    const [configuration = "", onSave = "", own = ""] = blocks();
    expect(await drive(`${configuration}\n${onSave}\n${own}`)).toEqual({ code: 0, seen: seenByAPerson() });
  });
});
