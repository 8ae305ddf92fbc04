// Reading the files beside a values file, and listing those below a folder.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { neighbourOf } from "../../lib/read-neighbour.js";

describe("neighbourOf", () => {
  let folder: string;
  const neighbour = (path: string): string | undefined => neighbourOf(join(folder, "values.yaml"))(path);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "container-images-neighbour-"));
    mkdirSync(join(folder, "templates", "deep", "deeper", "deepest"), { recursive: true });
    for (const path of [
      "Chart.yaml",
      "templates/a.yaml",
      "templates/deep/b.yaml",
      "templates/deep/deeper/c.yaml",
      "templates/deep/deeper/deepest/d.yaml",
    ])
      writeFileSync(join(folder, path), path);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("reads a file", () => {
    expect(neighbour("Chart.yaml")).toBe("Chart.yaml");
    expect(neighbour("templates/deep/b.yaml")).toBe("templates/deep/b.yaml");
  });
  it("lists a folder's files, three folders deep", () => {
    expect(neighbour("templates/")?.split("\n").sort()).toEqual([
      "a.yaml",
      "deep/b.yaml",
      "deep/deeper/c.yaml",
    ]);
  });
  it("lists the files in a folder alone", () => {
    expect(neighbour("templates/*")).toBe("a.yaml");
    expect(neighbour("./*")).toBe("Chart.yaml");
  });
  it.skipIf(process.platform === "win32")("reads no pipe and no device, for they have no end", () => {
    spawnSync("mkfifo", [join(folder, "pipe")]);
    symlinkSync("/dev/zero", join(folder, "zero"));
    for (const path of ["pipe", "zero", "pipe/", "templates/../pipe"])
      expect(neighbour(path)).toBeUndefined();
  });
  it.each(["values.yaml", "templates", "charts/", "Chart.yaml/", "no/such/file"])(
    "has nothing for %s",
    (path) => {
      expect(neighbour(path)).toBeUndefined();
    },
  );
});
