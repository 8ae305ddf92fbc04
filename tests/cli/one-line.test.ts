// Wrong arguments, wrong variables and a full disk: one line that says what, where and what to do.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { pod } from "../support/manifests.js";
import { configText } from "../support/project.js";
import { newProject } from "./list-project.js";

const FILES = { "a.yaml": pod("nginx:1") };

it.each([
  { args: ["pin", ""], says: "a path is empty; name a file or folder, or leave it out" },
  { args: ["charts", "--check", ""], says: "a path is empty; name a file or folder, or leave it out" },
  { args: ["list", "--config", ""], says: "--config is empty; name the configuration file" },
  { args: ["bom", "--output", ""], says: "--output is empty; name the file to write" },
  { args: ["bom", "--timestamp"], says: "SOURCE_DATE_EPOCH is no number of seconds: today" },
])("$args ends with: $says", async ({ args, says }) => {
  const project = newProject(FILES);
  const outcome = await project.command(args, { env: { SOURCE_DATE_EPOCH: "today" } });
  expect(outcome).toEqual({ code: 2, out: "", err: `container-images: ${says}\n` });
});

it.runIf(existsSync("/dev/full")).each([["list"], ["bom"], ["list", "--format", "json"]])(
  "%s %s %s on a full disk says what failed",
  (...args) => {
    const { root } = newProject(FILES);
    const program = join(root, "node_modules/eslint-plugin-container-images/dist/lib/cli/main.js");
    const { status, stderr } = spawnSync(
      "bash",
      ["-c", '"$0" "$@" > /dev/full', process.execPath, program, ...args, "."],
      { cwd: root, encoding: "utf8" },
    );
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "container-images: standard output cannot be written (ENOSPC)\n",
    });
  },
);

it("the gate advises what fits: the baseline for `pin`, and the rule that is off", async () => {
  const project = newProject({
    ...FILES,
    "b/b.yaml": pod("nginx:2"),
    "base.json": "{}",
    "eslint.config.js": configText(
      {},
      '{ files: ["b/**/*.yaml"], rules: { "container-images/require-digest": "off" } },',
    ),
  });
  const gate = ["bom", "--require-digests", "--suppressions-location", "base.json", "--output", "/dev/null"];
  expect((await project.command(gate)).err).toContain(
    "2 images have no digest and no exemption; 1 to pin: run npx eslint-plugin-container-images pin " +
      "--suppressions-location base.json .; 1 where require-digest is off: switch it on, or exempt them\n",
  );
});
