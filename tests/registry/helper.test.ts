// Credential helpers: which are started, what they are asked, and what their answers mean.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createHelpers, type HelperAnswer } from "../../lib/registry/helper.js";
import { HAS_NONE, helperFolder, prints, type HelperFolder } from "../support/helper-programs.js";

let helpers: HelperFolder;
/** The linted tree. */
let tree: string;

beforeEach(() => {
  helpers = helperFolder();
  tree = mkdtempSync(join(tmpdir(), "container-images-tree-"));
});

afterEach(() => {
  helpers.remove();
  rmSync(tree, { recursive: true });
});

function get(name: string, path = helpers.path, cwd = tree, limit = 20_000): Promise<HelperAnswer> {
  return createHelpers({ ...process.env, PATH: path }, limit, cwd).get(name, "ghcr.io");
}

describe("an answer", () => {
  test("is a user name and a secret, and the server was on standard input", async () => {
    helpers.add("good", prints("me", "pass word"));
    expect(await get("good")).toEqual({ kind: "login", username: "me", secret: "pass word" });
    expect(helpers.calls()).toEqual(["good get ghcr.io"]);
  });

  test.each([
    ["says that there is none", HAS_NONE],
    ["has an empty user name and secret", prints("", "")],
  ])("that %s is none", async (_, does) => {
    helpers.add("none", does);
    expect(await get("none")).toEqual({ kind: "none" });
  });

  test.each([
    ["ends with an error", "echo secret-secret; echo secret-secret >&2; exit 3", "ended with 3"],
    ["is no JSON", "echo secret-secret", "answers with something that is no login"],
    ["is a list", "echo '[\"secret-secret\"]'", "answers with something that is no login"],
    ["has no secret", 'echo \'{"Username":"secret-secret"}\'', "answers with something that is no login"],
    [
      "is too long",
      "while :; do echo secret-secretsecret-secretsecret-secret; done",
      "answers with more than 64 KiB",
    ],
    ["is cut short by a signal", "kill -9 $$", "was ended by SIGKILL"],
  ])("that %s is a failure, without what was printed", async (_, does, how) => {
    helpers.add("bad", does);
    expect(await get("bad")).toEqual({ kind: "failed", how });
  });

  test("that does not come is a failure, and the helper is ended", async () => {
    helpers.add("slow", "exec sleep 600");
    expect(await get("slow", undefined, undefined, 300)).toEqual({
      kind: "failed",
      how: "gave no answer within 0.3 s",
    });
  });

  test("may come from a helper that does not read its input", async () => {
    const file = join(helpers.folder, "docker-credential-deaf");
    writeFileSync(file, `#!/bin/sh\nexec <&-\n${prints("me", "x")}\n`);
    chmodSync(file, 0o755);
    expect(await get("deaf")).toMatchObject({ kind: "login" });
  });
});

describe("a helper", () => {
  test("is asked once for a server, by all that ask at once and later, also where it fails", async () => {
    helpers.add("once", "exit 3");
    await Promise.all([get("once"), get("once"), get("once")]);
    await get("once");
    expect(helpers.calls()).toEqual(["once get ghcr.io"]);
    await createHelpers({ PATH: helpers.path }, 20_000, tree).get("once", "quay.io");
    expect(helpers.calls()).toHaveLength(2);
  });

  test.each(["", "../x", "a/b", "a b", "x;y", "$(x)", "a\nb", "a\0b", "é"])(
    "is not started under the name %j",
    async (name) => {
      expect(await get(name)).toEqual({ kind: "failed", how: "has a name that no program can have" });
    },
  );

  test("that does not exist, or is no program, is not on PATH", async () => {
    writeFileSync(join(helpers.folder, "docker-credential-text"), "");
    mkdirSync(join(helpers.folder, "docker-credential-folder"));
    for (const name of ["absent", "text", "folder"])
      expect(await get(name), name).toEqual({ kind: "failed", how: "is not on PATH" });
  });

  test("gets the environment, and of PATH only what is not in the linted tree", async () => {
    helpers.add("env", `echo "{\\"Username\\":\\"$HOME\\",\\"Secret\\":\\"$PATH\\"}"`);
    const path = [join(tree, "bin"), helpers.folder, "node_modules/.bin", "", "/usr/bin"].join(delimiter);
    const env = { PATH: path, HOME: "/home/me" };
    expect(await createHelpers(env, 20_000, tree).get("env", "ghcr.io")).toEqual({
      kind: "login",
      username: "/home/me",
      secret: `${helpers.folder}${delimiter}/usr/bin`,
    });
  });
});

describe("the linted tree", () => {
  const inside = { kind: "failed", how: "is inside the linted tree, from which nothing is started" };

  test("gives no helper: not from the folder, and not from the repository around it", async () => {
    mkdirSync(join(tree, ".git"));
    mkdirSync(join(tree, "charts"));
    const own = helperFolder(tree);
    own.add("own", prints("me", "x"));
    expect(await get("own", own.path, tree)).toEqual(inside);
    expect(await get("own", own.path, join(tree, "charts"))).toEqual(inside);
    expect(own.calls()).toEqual([]);
  });

  test("gives none behind a link, in either direction", async () => {
    const own = helperFolder(tree);
    own.add("own", prints("me", "x"));
    symlinkSync(own.folder, join(helpers.folder, "link"));
    symlinkSync(join(own.folder, "docker-credential-own"), join(helpers.folder, "docker-credential-own"));
    expect(await get("own", join(helpers.folder, "link"))).toEqual(inside);
    expect(await get("own", helpers.folder)).toEqual(inside);
    symlinkSync(tree, join(helpers.folder, "tree"));
    expect(await get("own", own.folder, join(helpers.folder, "tree"))).toEqual(inside);
    expect(own.calls()).toEqual([]);
  });

  test("gives none from a relative folder, nor from node_modules/.bin", async () => {
    const bin = join(helpers.folder, "node_modules", ".bin");
    mkdirSync(bin, { recursive: true });
    helpers.add("own", prints("me", "x"));
    symlinkSync(join(helpers.folder, "docker-credential-own"), join(bin, "docker-credential-own"));
    expect(await get("own", bin)).toEqual(inside);
    for (const path of [".", "", "bin"])
      expect(await get("own", path, helpers.folder), path).toEqual({ kind: "failed", how: "is not on PATH" });
    expect(helpers.calls()).toEqual([]);
  });

  test("is not a whole disk", async () => {
    helpers.add("good", prints("me", "x"));
    expect(await get("good", undefined, "/")).toMatchObject({ kind: "login" });
  });
});
