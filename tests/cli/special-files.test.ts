// A pipe that is named like a YAML file is one line, and the rest goes on.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { pod } from "../support/manifests.js";
import { newProject } from "./list-project.js";

it.skipIf(process.platform === "win32")("names a pipe, and reads the other files", async () => {
  const project = newProject({ "a/pod.yaml": pod("nginx:1.27") });
  spawnSync("mkfifo", [join(project.root, "a/pipe.yaml")]);
  const { out, err, code } = await project.command(["list", "--format", "csv", "a"]);
  expect(err).toContain("a/pipe.yaml: cannot be opened");
  expect(out).toContain("nginx:1.27");
  expect(code).toBe(2);
});
