// What is named like a YAML file and is none is one line, and the rest goes on.
import { spawnSync } from "node:child_process";
import { closeSync, openSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pod } from "../support/manifests.js";
import type { UserProject } from "../support/project.js";
import { newProject } from "./list-project.js";

describe.skipIf(process.platform === "win32")("what is no file", () => {
  let project: UserProject;
  const list = (...paths: readonly string[]) => project.command(["list", "--format", "csv", ...paths]);
  const make: Readonly<Record<string, (path: string) => void>> = {
    "a pipe": (path) => spawnSync("mkfifo", [path]),
    "a link to a pipe": (path) => {
      spawnSync("mkfifo", [join(project.root, "pipe")]);
      symlinkSync("../pipe", path);
    },
    "a link to a device that never ends": (path) => {
      symlinkSync("/dev/zero", path);
    },
    "a link to a folder": (path) => {
      symlinkSync(".", path);
    },
    "a file that is too large for a text": (path) => {
      closeSync(openSync(path, "w"));
      truncateSync(path, 3 * 1024 ** 3);
    },
    "a broken link": (path) => {
      symlinkSync("nowhere", path);
    },
  };

  it.each(Object.keys(make))("is named, and the other files are read: %s", async (name) => {
    project = newProject({ "a/pod.yaml": pod("nginx:1.27") });
    make[name]?.(join(project.root, "a/special.yaml"));
    for (const paths of [["a"], ["**/*.yaml"]]) {
      const { out, err, code } = await list(...paths);
      expect(err).toBe("a/special.yaml: cannot be opened\n");
      expect(out).toContain("nginx:1.27");
      expect(code).toBe(2);
    }
  });

  it.each(["a pipe", "a link to a pipe", "a link to a device that never ends"])(
    "is named where it is asked for: %s",
    async (name) => {
      project = newProject({ "a/pod.yaml": pod("nginx:1.27") });
      make[name]?.(join(project.root, "a/special.yaml"));
      const { err, code } = await list("a/special.yaml");
      expect(err).toBe("a/special.yaml: cannot be opened\n");
      expect(code).toBe(2);
    },
  );

  it("is one line where nothing can stand at a path", async () => {
    project = newProject({ "a/pod.yaml": pod("nginx:1.27") });
    symlinkSync("circle", join(project.root, "circle"));
    for (const path of ["circle", "circle/b.yaml", "a/pod.yaml/b.yaml", `${"x".repeat(300)}.yaml`])
      expect(await list(path)).toEqual({
        code: 2,
        out: "",
        err: `container-images: No files matching '${path}' were found.\n`,
      });
  });

  it.each(["Chart.yaml", "kustomization.yaml", "skaffold.yaml", "named.yaml"])(
    "is not read beside a file either: %s",
    async (special) => {
      for (const name of ["a pipe", "a link to a device that never ends"]) {
        project = newProject({ "a/pod.yaml": pod("nginx:1.27") });
        if (special === "named.yaml")
          project.write({
            "a/kustomization.yaml": "resources: [pod.yaml]\npatches: [{ path: named.yaml }]\n",
          });
        make[name]?.(join(project.root, "a", special));
        const { out, err, code } = await list("a/pod.yaml");
        expect(err).toBe("");
        expect(out).toContain("nginx:1.27");
        expect(code).toBe(0);
      }
    },
  );
});
