// Credentials in Docker's config.json: for which registry an entry is, and how it is read.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { firstOf, type Keychain } from "../../lib/registry/credentials.js";
import { authFile, dockerConfigFile } from "../../lib/registry/auth-sources.js";
import { dockerConfig } from "../../lib/registry/docker-config.js";

const folder = mkdtempSync(join(tmpdir(), "container-images-docker-"));
let files = 0;

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function fileOf(text: string): string {
  files += 1;
  const file = join(folder, `${String(files)}.json`);
  writeFileSync(file, text);
  return file;
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** A keychain in which each key's password is the key itself. */
function keychainOf(...keys: readonly string[]): Keychain {
  const entries = keys.map((key) => `${JSON.stringify(key)}:{"auth":${JSON.stringify(base64(`u:${key}`))}}`);
  const auths = `{${entries.join(",")}}`;
  return keychainIn(fileOf(`{"auths":${auths}}`));
}

/** A keychain of a file that names no helper. */
function keychainIn(file: string): Keychain {
  return dockerConfig(authFile(file), { get: () => Promise.reject(new Error("a helper was asked")) });
}

async function passwordFor(
  keychain: Keychain,
  account: string,
  repository = "a/b",
): Promise<string | undefined> {
  const credential = await keychain.find(account, repository);
  return credential?.kind === "basic" ? credential.password : undefined;
}

describe("whose credentials they are", () => {
  test.each([
    ["ghcr.io", "ghcr.io", true],
    ["GHCR.IO", "ghcr.io", true],
    ["https://ghcr.io", "ghcr.io", true],
    ["https://ghcr.io/v1/", "ghcr.io", true],
    ["https://ghcr.io/v2/", "ghcr.io", true],
    ["http://registry.corp:5000/v1/", "registry.corp:5000", true],
    ["ghcr.io:443", "ghcr.io", true],
    ["ghcr.io/v1/", "ghcr.io", true],
    ["registry.corp:5000", "registry.corp:5000", true],
    ["localhost:5000", "localhost:5000", true],
    // A registry without TLS on port 80, or such a mirror.
    ["127.0.0.11:80", "127.0.0.11:80", true],
    ["127.0.0.11", "127.0.0.11:80", false],
    // Not one part of it matching is enough.
    ["ghcr.io", "cr.io", false],
    ["cr.io", "ghcr.io", false],
    ["ghcr.io", "ghcr.io.evil.example", false],
    ["ghcr.io.evil.example", "ghcr.io", false],
    ["ghcr.io", "evil-ghcr.io", false],
    ["ghcr.io", "ghcr.io:5000", false],
    ["ghcr.io:5000", "ghcr.io", false],
    ["ghcr.io", "a.ghcr.io", false],
    ["a.ghcr.io", "ghcr.io", false],
    ["https://ghcr.io@evil.example/", "ghcr.io", false],
    ["https://ghcr.io:443@evil.example/", "evil.example", false],
    ["ghcr.io:443@evil.example", "evil.example", false],
    ["ghcr.io?x", "ghcr.io", false],
    ["ghcr.io#x", "ghcr.io", false],
    ["", "ghcr.io", false],
    ["https://", "ghcr.io", false],
    ["https://index.docker.io/v1/", "docker.io", true],
    ["index.docker.io", "docker.io", true],
    ["docker.io", "docker.io", true],
    ["registry-1.docker.io", "docker.io", true],
    ["https://index.docker.io/v1/", "docker.io.evil.com", false],
    ["https://hub.docker.io/v1/", "docker.io", false],
    ["https://auth.docker.io/", "docker.io", false],
  ])("%s for %s: %s", async (key, account, expected) => {
    expect(await passwordFor(keychainOf(key), account)).toBe(expected ? key : undefined);
  });

  test.each([
    [["ghcr.io", "ghcr.io/acme", "ghcr.io/acme/app"], "acme/app", "ghcr.io/acme/app"],
    [["ghcr.io", "ghcr.io/acme", "ghcr.io/acme/app"], "acme/app/sub", "ghcr.io/acme/app"],
    [["ghcr.io", "ghcr.io/acme", "ghcr.io/acme/app"], "acme/application", "ghcr.io/acme"],
    [["ghcr.io", "ghcr.io/acme"], "acmenot/app", "ghcr.io"],
    [["ghcr.io/acme"], "other/app", undefined],
    [["ghcr.io/acme/"], "acme/app", "ghcr.io/acme/"],
    // A legacy URL's path narrows nothing down, and is beaten by the plain host.
    [["https://ghcr.io/acme/other"], "acme/app", "https://ghcr.io/acme/other"],
    [["https://ghcr.io/v1/", "ghcr.io"], "acme/app", "ghcr.io"],
  ])("%j and the repository %s: %s", async (keys, repository, expected) => {
    expect(await passwordFor(keychainOf(...keys), "ghcr.io", repository)).toBe(expected);
  });

  test("Docker Hub's own key wins over its other names", async () => {
    expect(
      await passwordFor(
        keychainOf("docker.io", "https://index.docker.io/v1/", "index.docker.io"),
        "docker.io",
      ),
    ).toBe("https://index.docker.io/v1/");
  });
});

describe("what an entry says", () => {
  test.each<[unknown, object | undefined]>([
    [{ auth: base64("user:pass") }, { kind: "basic", username: "user", password: "pass" }],
    [{ auth: base64("user:pa:ss:") }, { kind: "basic", username: "user", password: "pa:ss:" }],
    [{ auth: base64("user:pass\0\0") }, { kind: "basic", username: "user", password: "pass" }],
    [{ auth: base64("usér:påss") }, { kind: "basic", username: "usér", password: "påss" }],
    [{ auth: base64("user:") }, { kind: "basic", username: "user", password: "" }],
    [
      { username: "user", password: "pass" },
      { kind: "basic", username: "user", password: "pass" },
    ],
    [{ auth: base64("<token>:secret") }, { kind: "identity-token", token: "secret" }],
    [
      { auth: base64("user:pass"), identitytoken: "secret" },
      { kind: "identity-token", token: "secret" },
    ],
    [{ registrytoken: "secret" }, { kind: "registry-token", token: "secret" }],
    [{}, undefined],
    [{ auth: "" }, undefined],
    [{ auth: 5 }, undefined],
    ["text", undefined],
    [null, undefined],
  ])("%j", async (entry, expected) => {
    expect(
      await keychainIn(fileOf(JSON.stringify({ auths: { "ghcr.io": entry } }))).find("ghcr.io", "a"),
    ).toEqual(expected && { ...expected, from: expect.stringMatching(/\.json$/) as string, by: "docker" });
  });
});

describe("the file", () => {
  test("is config.json in DOCKER_CONFIG, else in .docker at home", () => {
    expect(dockerConfigFile({ DOCKER_CONFIG: "/etc/docker-user" })).toBe(
      join("/etc/docker-user", "config.json"),
    );
    expect(dockerConfigFile({ DOCKER_CONFIG: "" })).toBe(join(homedir(), ".docker", "config.json"));
    expect(dockerConfigFile({})).toBe(join(homedir(), ".docker", "config.json"));
  });

  test.each([
    ["missing", () => join(folder, "none.json")],
    ["in a folder that is none", () => join(fileOf("{}"), "config.json")],
    ["without auths", () => fileOf("{}")],
    ["with auths that is null", () => fileOf('{"auths":null}')],
    ["with a byte order mark", () => fileOf("\ufeff{}")],
    [
      "with the key __proto__",
      () =>
        fileOf('{"__proto__":{"auths":{"ghcr.io":{"auth":"eDp5"}}},"auths":{"__proto__":{"auth":"eDp5"}}}'),
    ],
  ])("%s: no credentials", async (_, make) => {
    expect(await keychainIn(make()).find("ghcr.io", "a")).toBeUndefined();
  });

  test.each([
    ["empty", () => fileOf("")],
    ["no JSON", () => fileOf('{"auths": secret-secret')],
    ["an array", () => fileOf("[]")],
    ["null", () => fileOf("null")],
    ["with auths that is an array", () => fileOf('{"auths":["secret-secret"]}')],
    ["huge", () => fileOf(`{"x":"${"secret-secret".repeat(100_000)}"}`)],
    [
      "a folder",
      () => {
        mkdirSync(join(folder, "folder"), { recursive: true });
        return join(folder, "folder");
      },
    ],
    ["with an entry that is no base64", () => fileOf('{"auths":{"ghcr.io":{"auth":"secret-secret!"}}}')],
    [
      "a pipe that nobody writes to",
      () => {
        execFileSync("mkfifo", [join(folder, "pipe")]);
        return join(folder, "pipe");
      },
    ],
    ["a device that never ends", () => "/dev/zero"],
    [
      "with a registry token that no header can hold",
      () => fileOf(JSON.stringify({ auths: { "ghcr.io": { registrytoken: "secret-secret\r\nX: y" } } })),
    ],
    [
      "with an entry without a colon",
      () => fileOf(JSON.stringify({ auths: { "ghcr.io": { auth: base64("secret-secret") } } })),
    ],
  ])("%s: a failure that names it and nothing in it", async (_, make) => {
    const file = make();
    const failure = await keychainIn(file)
      .find("ghcr.io", "a")
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      reason: "credentials",
      message: expect.stringContaining(file) as string,
    });
    expect(String(failure)).not.toContain("secret");
  });
});

test("keychains are asked in turn", async () => {
  const asked: string[] = [];
  const chain = (name: string, password?: string): Keychain => ({
    find: (account) => {
      asked.push(`${name} ${account}`);
      return Promise.resolve(
        password === undefined
          ? undefined
          : { kind: "basic", username: "u", password, from: name, by: "docker" },
      );
    },
  });
  expect(await passwordFor(firstOf(chain("a"), chain("b", "second"), chain("c", "third")), "ghcr.io")).toBe(
    "second",
  );
  expect(asked).toEqual(["a ghcr.io", "b ghcr.io"]);
});
