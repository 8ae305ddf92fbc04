// Compares what docs/cli.md, docs/bom.md and docs/renovate.md show with what the command does.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { purlOf } from "../../lib/bom/purl.js";
import { pod as job } from "../support/manifests.js";
import { userProject, type UserProject } from "../support/project.js";
import { startRegistry, type ScriptedRegistry } from "../support/registry.js";
import { referenceOf } from "../support/settings.js";
import { blocksOf, fileOf } from "./recipes.js";

const COMMAND = fileURLToPath(new URL("../../dist/lib/cli/main.js", import.meta.url));
const DIGEST = `sha256:${"a".repeat(64)}`;

let project: UserProject | undefined;
let registry: ScriptedRegistry | undefined;
afterEach(async () => {
  await registry?.stop();
  project?.remove();
});

function help(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args, "--help"], {
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

describe("docs/cli.md", () => {
  const page = fileOf("docs/cli.md");

  it("shows what `pin` prints", async () => {
    registry = await startRegistry();
    const validator = (name: string): string => `  - image: ghcr.io/org/validators/${name}:latest\n`;
    const apps = ["x", "y", "z"].map((name) => `${name}:\n  image: quay.io/org/${name}@${DIGEST}\n`);
    project = userProject(
      {
        "catalog.yaml":
          "# what is checked\n" +
          "validators:\n" +
          `${validator("a")}    name: a\n` +
          `    phase: one\n\n\n\n${validator("b")}`,
        "job.yaml": job("quay.io/org/app:v1"),
        "values.yaml": `app:\n  image:\n    repository: quay.io/org/app\n    tag: v1\n${apps.join("")}`,
      },
      {
        mirrors: { "quay.io": `http://${registry.host}` },
        exempt: [{ image: "ghcr.io/org/validators/*", reason: "the release process fills in the tag" }],
      },
    );
    const { code, out } = await project.command(["pin"]);
    expect(code).toBe(0);
    const [shown = ""] = blocksOf("docs/cli.md", "").filter((block) => block.startsWith("pinned "));
    expect(out.replaceAll(/sha256:[0-9a-f]{64}/g, "sha256:…")).toBe(shown);
  });

  it.each(["list", "pin", "verify", "bom", "charts"])("names every option of %s", (command) => {
    const text = `${page}${fileOf("docs/bom.md")}`;
    const options = [...help(command).matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(
      ([, option = ""]) => option,
    );
    expect(options.length).toBeGreaterThan(2);
    expect(options.filter((option) => !text.includes(option))).toEqual([]);
  });

  it("has the exit codes that --help has", () => {
    const codes = [...help("list").matchAll(/^ {2}(\d+) +(\S.*)$/gm)].map(
      ([, code = "", meaning = ""]) => `| ${code} | ${meaning} |`,
    );
    expect(codes).toHaveLength(5);
    expect(codes.filter((row) => !page.includes(row))).toEqual([]);
  });
});

describe("docs/bom.md", () => {
  it("shows a package URL as the library prints it", () => {
    expect(fileOf("docs/bom.md")).toContain(
      `\`${purlOf(referenceOf(`nginx:1.27@${DIGEST}`)).replace(DIGEST, "sha256:…")}\``,
    );
  });
});

describe("docs/renovate.md", () => {
  it("extends a preset that is there, and shows valid JSON", () => {
    const [shown = ""] = blocksOf("docs/renovate.md", "json");
    const { extends: presets } = JSON.parse(shown) as { extends: readonly string[] };
    const file = `${
      presets
        .find((preset) => preset.includes("eslint-plugin-container-images"))
        ?.split(":")
        .at(-1) ?? ""
    }.json`;
    const preset = JSON.parse(fileOf(file)) as { packageRules: readonly object[] };
    expect(preset.packageRules.length).toBeGreaterThan(0);
  });
});
