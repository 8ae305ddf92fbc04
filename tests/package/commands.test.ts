// Every command that a page prints is safe to paste: `npx` with the short name would run whatever package has
// that name, where ours is not installed.
import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };

const PRINTS = /\.(?:md|ya?ml|ts|mjs|json|mk)$|(?:^|\/)Makefile$/;

/** `npx` in front of the short name, with options or a version between or behind. */
const UNSAFE = /\bnpx\s+(?:-\S+\s+)*container-images(?![\w-])/;

describe("commands that are printed", () => {
  const files = execFileSync("git", ["ls-files"], { encoding: "utf8" })
    .split("\n")
    .filter((file) => PRINTS.test(file) && !file.startsWith("tests/package/commands"));

  it("none asks npx for the short name", () => {
    const unsafe = files.filter((file) => UNSAFE.test(readFileSync(file, "utf8")));
    expect(files.length).toBeGreaterThan(100);
    expect(unsafe).toEqual([]);
  });

  it.each(["npx container-images pin", "npx --yes container-images", "npx -y container-images@1 list"])(
    "would be seen: %s",
    (line) => {
      expect(line).toMatch(UNSAFE);
    },
  );

  it("the package's own name is a command, the same as the short one", () => {
    const { bin } = packageJson;
    expect(bin["eslint-plugin-container-images"]).toBe(bin["container-images"]);
  });
});
