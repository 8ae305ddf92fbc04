// What is named like a YAML file and is none is one line, and the rest goes on.
import { spawnSync } from "node:child_process";
import { chmodSync, closeSync, openSync, symlinkSync, truncateSync } from "node:fs";
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
    "a circle of links": (path) => {
      symlinkSync("special.yaml", path);
    },
  };

  it.each([
    ["a pipe", "no regular file"],
    ["a link to a pipe", "no regular file"],
    ["a link to a device that never ends", "no regular file"],
    ["a link to a folder", "a link to a folder"],
    ["a file that is too large for a text", "too large"],
    ["a broken link", "a link to nothing"],
    ["a circle of links", "a circle of links"],
  ])("is named, and the other files are read: %s", async (name, why) => {
    project = newProject({ "a/pod.yaml": pod("nginx:1.27") });
    make[name]?.(join(project.root, "a/special.yaml"));
    const paths = [["a"], ["**/*.yaml"], ["a/pod.yaml", "a/special.yaml"]];
    // ESLint reads no link to a folder, whoever names it.
    for (const each of name === "a link to a folder" ? paths.slice(0, 2) : paths) {
      const { out, err, code } = await list(...each);
      expect(err).toBe(`a/special.yaml: cannot be opened (${why})\n`);
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
      expect(err).toBe("a/special.yaml: cannot be opened (no regular file)\n");
      expect(code).toBe(2);
    },
  );

  it("is named where it is a path that cannot be looked at, and the other paths are read", async () => {
    project = newProject({ "a/pod.yaml": pod("nginx:1.27") });
    symlinkSync("circle", join(project.root, "circle"));
    const long = `${"x".repeat(300)}.yaml`;
    for (const [path, why] of [
      ["circle", "a circle of links"],
      ["circle/b.yaml", "a circle of links"],
      ["circle/*.yaml", "a circle of links"],
      [long, "its name is too long"],
    ] as const) {
      const [alone, beside] = [await list(path), await list(path, "a")];
      for (const { code, err } of [alone, beside]) {
        expect(err.slice(0, 6)).toBe(path.slice(0, 6));
        expect(err).toMatch(/^[^\n]+\n$/);
        expect(err).toContain(`: cannot be opened (${why})`);
        expect(code).toBe(2);
      }
      expect(alone.out).not.toContain("nginx");
      expect(beside.out).toContain("nginx:1.27");
    }
  });

  it("is ESLint's one line where nothing stands at a path: it may be a slip of the pen", async () => {
    project = newProject({ "a/pod.yaml": pod("nginx:1.27") });
    for (const path of ["b.yaml", "a/pod.yaml/b.yaml", "b/*.yaml"])
      expect(await list(path, "a")).toEqual({
        code: 2,
        out: "",
        err: `container-images: No files matching '${path}' were found.\n`,
      });
  });

  it("is not named where no path leads to it", async () => {
    project = newProject({ "a/pod.yaml": pod("nginx:1.27"), "b/c/pod.yaml": pod("redis:7"), "c/a.txt": "" });
    make["a pipe"]?.(join(project.root, "b/pipe.yaml"));
    for (const path of ["b/pod.yaml", "c/pod.yaml"]) symlinkSync("nowhere", join(project.root, path));
    const line = (name: string, why: string): string => `${name}: cannot be opened (${why})\n`;
    const link = line("b/pod.yaml", "a link to nothing");
    const pipe = line("b/pipe.yaml", "no regular file");
    for (const [glob, err] of [
      ["a/*.yaml", ""],
      ["./b/**/pod.yaml", link],
      [`${project.root}/b/p*.yaml`, pipe + link],
      ["{a,b}/*.yaml", pipe + link],
      ["b/*/*.yaml", ""],
    ] as const)
      expect(await list(glob)).toMatchObject({ code: err === "" ? 0 : 2, err });
  });

  it.skipIf(process.getuid?.() === 0)("is named where the user may not read it: not as root", async () => {
    project = newProject({ "a/pod.yaml": pod("nginx:1.27"), "b/c.yaml": "", "d/secret.yaml": "" });
    for (const path of ["b", "d/secret.yaml"]) chmodSync(join(project.root, path), 0);
    const line = (name: string): string => `${name}: cannot be opened (permission denied)\n`;
    expect(await list(".")).toMatchObject({ code: 2, err: line("b") + line("d/secret.yaml") });
    for (const path of ["b", "b/c.yaml", "b/*.yaml", "d/secret.yaml"]) {
      const { code, out, err } = await list(path, "a");
      expect({ code, err }).toEqual({ code: 2, err: line(path) });
      expect(out).toContain("nginx:1.27");
    }
    chmodSync(join(project.root, "b"), 0o700);
  });

  it("is named each, also where there are many of them", async () => {
    project = newProject({ "a/pod.yaml": pod("nginx:1.27") });
    const names = Array.from({ length: 30 }, (_, at) => `a/${String(at + 10)}.yaml`);
    for (const name of names) symlinkSync("nowhere", join(project.root, name));
    const { out, err, code } = await list("a");
    expect(err.trim().split("\n").sort()).toEqual(
      names.map((name) => `${name}: cannot be opened (a link to nothing)`),
    );
    expect(out).toContain("nginx:1.27");
    expect(code).toBe(2);
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
