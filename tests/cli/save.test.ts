// How a user's file is replaced.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replaceText } from "../../lib/cli/save.js";

let folder = "";
const path = (): string => join(folder, "a.yaml");
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "container-images-save-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The number of a process that has ended. */
function endedProcess(): string {
  return String(spawnSync(process.execPath, ["-e", ""]).pid);
}

describe("replaceText", () => {
  it("removes the temporary files of killed runs, and no others", () => {
    writeFileSync(path(), "old");
    const hex = "0123456789ab";
    const others = [`.a.yaml.${String(process.pid)}.${hex}.tmp`, "b.1.tmp", `c.${endedProcess()}.${hex}.tmp`];
    for (const name of [...others, `.z.yaml.${endedProcess()}.${hex}.tmp`])
      writeFileSync(join(folder, name), "half");
    expect(replaceText(path(), "old", "new")).toBeUndefined();
    expect(readdirSync(folder).sort()).toEqual([...others, "a.yaml"].sort());
  });

  it("writes the new text, and leaves no other file behind", () => {
    writeFileSync(path(), "old");
    expect(replaceText(path(), "old", "new")).toBeUndefined();
    expect(readFileSync(path(), "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["a.yaml"]);
  });

  it("leaves a file that changed in the meantime", () => {
    writeFileSync(path(), "newer");
    expect(replaceText(path(), "old", "new")).toBe("it changed while this ran");
    expect(readFileSync(path(), "utf8")).toBe("newer");
  });

  it("writes nothing where somebody else has written the same", () => {
    writeFileSync(path(), "new");
    const { ino } = statSync(path());
    expect(replaceText(path(), "old", "new")).toBeUndefined();
    expect(statSync(path()).ino).toBe(ino);
  });

  it.each([0o444, 0o644])("writes only a file that its owner may write: mode %o", (mode) => {
    writeFileSync(path(), "old");
    chmodSync(path(), mode);
    // Root may write whatever the mode says.
    const kept = mode === 0o444 && process.getuid?.() !== 0;
    expect(replaceText(path(), "old", "new")).toBe(kept ? "it cannot be written (EACCES)" : undefined);
    expect(readFileSync(path(), "utf8")).toBe(kept ? "old" : "new");
  });
});
