// The user's logins: in which order the places count, and which helper a file may start for which registry.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Credential, Keychain } from "../../lib/registry/credentials.js";
import { userKeychain } from "../../lib/registry/user-keychain.js";
import { HAS_NONE, helperFolder, prints, type HelperFolder } from "../support/helper-programs.js";
import { basic } from "./logins.js";

let folder: string;
let helpers: HelperFolder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "container-images-home-"));
  helpers = helperFolder();
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  helpers.remove();
});

/** Writes a file with logins, and returns its path. */
function write(path: string, config: object | string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof config === "string" ? config : JSON.stringify(config));
  return file;
}

/** The keychain of a user whose files are all below this test's folder. */
function keychain(env: NodeJS.ProcessEnv = {}): Keychain {
  const own = {
    PATH: helpers.path,
    DOCKER_CONFIG: join(folder, "docker"),
    XDG_RUNTIME_DIR: join(folder, "run"),
    XDG_CONFIG_HOME: join(folder, "config"),
    HOME: folder,
  };
  return userKeychain({ ...own, ...env }, 15_000);
}

async function find(
  env: NodeJS.ProcessEnv = {},
  account = "ghcr.io",
  repository = "acme/app",
): Promise<Credential | undefined> {
  return keychain(env).find(account, repository);
}

const auths = (password: string, key = "ghcr.io"): object => ({ auths: { [key]: basic("me", password) } });

describe("the order of the places", () => {
  test("is that of containers-image, behind DOCKER_AUTH_CONFIG", async () => {
    const places: readonly (readonly [string, () => string])[] = [
      ["legacy", () => write(".dockercfg", { "ghcr.io": basic("me", "legacy") })],
      ["docker", () => write("docker/config.json", auths("docker"))],
      ["user", () => write("config/containers/auth.json", auths("user"))],
      ["session", () => write("run/containers/auth.json", auths("session"))],
    ];
    expect(await find()).toBeUndefined();
    for (const [password, make] of places) {
      const from = make();
      const by = password === "legacy" || password === "docker" ? "docker" : "podman";
      expect(await find()).toEqual({ kind: "basic", username: "me", password, from, by });
    }
    const DOCKER_AUTH_CONFIG = JSON.stringify(auths("variable"));
    expect(await find({ DOCKER_AUTH_CONFIG })).toMatchObject({
      password: "variable",
      from: "DOCKER_AUTH_CONFIG",
      by: "variable",
    });
  });

  test("ends with the file that REGISTRY_AUTH_FILE names", async () => {
    write("docker/config.json", auths("docker"));
    write("run/containers/auth.json", auths("session"));
    const REGISTRY_AUTH_FILE = write("ci/auth.json", auths("ci"));
    expect(await find({ REGISTRY_AUTH_FILE })).toMatchObject({ password: "ci", from: REGISTRY_AUTH_FILE });
    expect(await find({ REGISTRY_AUTH_FILE }, "quay.io")).toBeUndefined();
    expect(await find({ REGISTRY_AUTH_FILE: join(folder, "none.json") })).toBeUndefined();
    expect(await find({ REGISTRY_AUTH_FILE: "" })).toMatchObject({ password: "session" });
    const DOCKER_AUTH_CONFIG = JSON.stringify(auths("variable", "quay.io"));
    expect(await find({ REGISTRY_AUTH_FILE, DOCKER_AUTH_CONFIG })).toMatchObject({ password: "ci" });
    expect(await find({ REGISTRY_AUTH_FILE, DOCKER_AUTH_CONFIG }, "quay.io")).toMatchObject({
      password: "variable",
    });
  });

  test("goes on behind a place that has no login for this registry", async () => {
    write("run/containers/auth.json", { auths: { "ghcr.io": {}, "ghcr.io/other": basic("me", "other") } });
    write("docker/config.json", auths("docker"));
    expect(await find()).toMatchObject({ password: "docker" });
    expect(await find({}, "ghcr.io", "other/app")).toMatchObject({ password: "other" });
  });

  test("stops at a place that cannot be read, and names it", async () => {
    write("docker/config.json", auths("docker"));
    const file = write("config/containers/auth.json", "secret-secret");
    await expect(find()).rejects.toThrow(`${file} is no JSON; correct it, or log in again`);
    await expect(find({ DOCKER_AUTH_CONFIG: "secret-secret" })).rejects.toThrow(
      /^DOCKER_AUTH_CONFIG is no JSON; correct it$/,
    );
  });
});

describe("credHelpers", () => {
  test("name the helper of one registry, and count before the file's own entry", async () => {
    helpers.add("cloud", prints("AWS", "token"));
    const file = write("docker/config.json", { ...auths("inline"), credHelpers: { "ghcr.io": "cloud" } });
    expect(await find()).toEqual({
      kind: "basic",
      username: "AWS",
      password: "token",
      from: `docker-credential-cloud (${file})`,
      by: "docker",
    });
    expect(await find({}, "quay.io")).toBeUndefined();
    expect(await find({}, "ghcr.io:5000")).toBeUndefined();
    expect(helpers.calls()).toEqual(["cloud get ghcr.io"]);
  });

  test.each([
    ["docker.io", "https://index.docker.io/v1/"],
    ["docker.io", "docker.io"],
    ["docker.io", "index.docker.io"],
    ["registry.corp.example:5000", "registry.corp.example:5000"],
  ])("for %s under the key %s", async (account, key) => {
    helpers.add("cloud", prints("me", "token"));
    write("docker/config.json", { credHelpers: { [key]: "cloud" } });
    expect(await find({}, account)).toMatchObject({ password: "token" });
    expect(helpers.calls()).toEqual([`cloud get ${key}`]);
  });

  test("leave it to the entry and to the next place where they have no login", async () => {
    helpers.add("cloud", HAS_NONE);
    write("run/containers/auth.json", { credHelpers: { "ghcr.io": "cloud" } });
    write("docker/config.json", auths("docker"));
    expect(await find()).toMatchObject({ password: "docker" });
    write("run/containers/auth.json", { ...auths("inline"), credHelpers: { "ghcr.io": "cloud" } });
    expect(await find()).toMatchObject({ password: "inline" });
  });

  test("that fail are a failure: going on without would hide it", async () => {
    helpers.add("cloud", "echo secret-secret; exit 7");
    const file = write("docker/config.json", { ...auths("inline"), credHelpers: { "ghcr.io": "cloud" } });
    await expect(find()).rejects.toMatchObject({
      reason: "credentials",
      message: `docker-credential-cloud, which ${file} names for ghcr.io, ended with 7`,
    });
  });

  test("that are empty mean the file itself, as in Docker", async () => {
    helpers.add("store", prints("me", "store"));
    write("docker/config.json", { ...auths("inline"), credsStore: "store", credHelpers: { "ghcr.io": "" } });
    expect(await find()).toMatchObject({ password: "inline" });
    expect(helpers.calls()).toEqual([]);
  });

  test.each([[5], [null], ["../../x"], [["cloud"]]])("that are %j start nothing", async (helper) => {
    write("docker/config.json", { credHelpers: { "ghcr.io": helper } });
    await expect(find()).rejects.toMatchObject({ reason: "credentials" });
  });
});

describe("credsStore", () => {
  test.each([
    ["ghcr.io", "ghcr.io"],
    ["docker.io", "https://index.docker.io/v1/"],
    ["localhost:5000", "localhost:5000"],
  ])("is asked for %s as %s", async (account, server) => {
    helpers.add("desktop", prints("me", "token"));
    write("docker/config.json", { auths: { [server]: {} }, credsStore: "desktop" });
    expect(await find({}, account)).toMatchObject({ password: "token" });
    expect(helpers.calls()).toEqual([`desktop get ${server}`]);
  });

  test("gives an identity token under the user <token>", async () => {
    helpers.add("desktop", prints("<token>", "refresh"));
    write("docker/config.json", { credsStore: "desktop" });
    expect(await find()).toMatchObject({ kind: "identity-token", token: "refresh" });
  });

  test("leaves it to the file's entry where it has no login, and always to one for a folder", async () => {
    helpers.add("desktop", HAS_NONE);
    write("docker/config.json", { ...auths("inline"), credsStore: "desktop" });
    expect(await find()).toMatchObject({ password: "inline" });
    helpers.add("other", prints("me", "token"));
    write("docker/config.json", { ...auths("inline", "ghcr.io/acme"), credsStore: "other" });
    expect(await find()).toMatchObject({ password: "inline" });
    expect(await find({}, "ghcr.io", "else/app")).toMatchObject({ password: "token" });
  });

  test("that fails is a failure for who has logged in there, and only a hint for all others", async () => {
    const file = write("docker/config.json", { auths: { "ghcr.io": {} }, credsStore: "desktop.exe" });
    const how = (server: string): string =>
      `docker-credential-desktop.exe, which ${file} names for ${server}, is not on PATH`;
    await expect(find()).rejects.toThrow(how("ghcr.io"));
    const others = keychain();
    expect(await others.find("quay.io", "a/b")).toBeUndefined();
    expect(others.hint?.("quay.io")).toBe(how("quay.io"));
    expect(others.hint?.("docker.io")).toBeUndefined();
  });
});
