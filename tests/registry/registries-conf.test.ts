// The mirrors in containers' registries.conf: which file counts, which mirror is for an image, and what happens when
// one has no answer.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createMirrors } from "../../lib/registry/mirrors.js";
import { repositoryAt, trust } from "../../lib/registry/trust.js";
import { digestOf } from "../support/registry.js";
import { settingsOf } from "../support/settings.js";
import { clientOf, start } from "./clients.js";
import { basic, log, login, lookUp } from "./logins.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "container-images-conf-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Writes a file of the user's own configuration. */
function write(path: string, text: string): string {
  const file = join(folder, "containers", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const settings = settingsOf({
  registries: ["registry.corp.example", "a.corp.example"],
  insecureRegistries: ["plain.example:5000"],
});

/** Where an image is asked for, in order. */
async function places(name: string, byTag = true, env: NodeJS.ProcessEnv = {}): Promise<readonly string[]> {
  const slash = name.indexOf("/");
  const trusted = trust(name.slice(0, slash), settings);
  if (!trusted.ok) throw new Error(trusted.message);
  const repository = name.slice(slash + 1);
  const mirrors = createMirrors({ XDG_CONFIG_HOME: folder, ...env }, settings);
  const all = await mirrors.of(trusted.registry, { repository, byTag });
  return all.map((at) => `${at.origin}/${repositoryAt(at, repository)} ${at.account} ${at.reach}`);
}

const HUB = "https://registry-1.docker.io/library/nginx docker.io public";

describe("where an image is asked for", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "nothing fits",
      '[[registry]]\nlocation = "ghcr.io"\n[[registry.mirror]]\nlocation = "m.example"',
      [HUB],
    ],
    ["it has no mirror", '[[registry]]\nlocation = "docker.io"', [HUB]],
    [
      "mirrors come first, in their order",
      '[[registry]]\nlocation = "docker.io"\n[[registry.mirror]]\nlocation = "a.example"\n[[registry.mirror]]\nlocation = "b.example:5000/hub"',
      [
        "https://a.example/library/nginx a.example any",
        "https://b.example:5000/hub/library/nginx b.example:5000 any",
        HUB,
      ],
    ],
    [
      "the longest prefix counts, and is replaced",
      '[[registry]]\nprefix = "docker.io/library"\nlocation = "docker.io/library"\n[[registry.mirror]]\nlocation = "a.example/official"\n[[registry]]\nlocation = "docker.io"\n[[registry.mirror]]\nlocation = "b.example"',
      ["https://a.example/official/nginx a.example any", HUB],
    ],
    [
      "the whole name is a prefix, and half a name is not",
      '[[registry]]\nlocation = "docker.io/library/nginx"\n[[registry.mirror]]\nlocation = "a.example/web"\n[[registry]]\nlocation = "docker.io/library/ngin"\n[[registry.mirror]]\nlocation = "b.example"',
      ["https://a.example/web a.example any", HUB],
    ],
    [
      "the registry is at another place",
      '[[registry]]\nprefix = "docker.io"\nlocation = "a.example/hub"',
      ["https://a.example/hub/library/nginx a.example any"],
    ],
    [
      "without TLS only on loopback, and where the settings name the host too",
      '[[registry]]\nlocation = "docker.io"\n[[registry.mirror]]\nlocation = "localhost:5000"\ninsecure = true\n[[registry.mirror]]\nlocation = "plain.example:5000"\ninsecure = true\n[[registry.mirror]]\nlocation = "other.example"\ninsecure = true\n[[registry.mirror]]\nlocation = "localhost:5001"',
      [
        "http://localhost:5000/library/nginx localhost:5000 loopback",
        "http://plain.example:5000/library/nginx plain.example:5000 insecure",
        "https://other.example/library/nginx other.example any",
        "https://localhost:5001/library/nginx localhost:5001 any",
        HUB,
      ],
    ],
    [
      "what is no place is left out",
      '[[registry]]\nlocation = "docker.io"\n[[registry.mirror]]\nlocation = "https://a.example"\n[[registry.mirror]]\nlocation = "a.example/../x"\n[[registry.mirror]]\nlocation = "a b"\n[[registry.mirror]]\nlocation = 5\n[[registry.mirror]]\nlocation = "u@a.example"',
      [HUB],
    ],
    [
      "other shapes are left out",
      'registry = "docker.io"\nunqualified-search-registries = ["docker.io"]',
      [HUB],
    ],
  ])("%s", async (_, text, expected) => {
    write("registries.conf", text);
    expect(await places("docker.io/library/nginx")).toEqual(expected);
  });

  test("`*.` stands for any subdomain", async () => {
    write(
      "registries.conf",
      '[[registry]]\nprefix = "*.corp.example"\n[[registry.mirror]]\nlocation = "m.example/corp"',
    );
    expect(await places("a.corp.example/team/app")).toEqual([
      "https://m.example/corp/team/app m.example any",
      "https://a.corp.example/team/app a.corp.example any",
    ]);
    expect(await places("docker.io/library/nginx")).toEqual([HUB]);
  });

  test("a mirror may be for tags or for digests only", async () => {
    write(
      "registries.conf",
      '[[registry]]\nlocation = "docker.io"\n[[registry.mirror]]\nlocation = "t.example"\npull-from-mirror = "tag-only"\n[[registry.mirror]]\nlocation = "d.example"\npull-from-mirror = "digest-only"\n[[registry]]\nlocation = "ghcr.io"\nmirror-by-digest-only = true\n[[registry.mirror]]\nlocation = "d.example"',
    );
    expect(await places("docker.io/library/nginx")).toEqual([
      "https://t.example/library/nginx t.example any",
      HUB,
    ]);
    expect(await places("docker.io/library/nginx", false)).toEqual([
      "https://d.example/library/nginx d.example any",
      HUB,
    ]);
    expect(await places("ghcr.io/a/b")).toEqual(["https://ghcr.io/a/b ghcr.io public"]);
  });
});

describe("the files", () => {
  const mirror = (location: string): string =>
    `[[registry]]\nlocation = "docker.io"\n[[registry.mirror]]\nlocation = "${location}"`;
  const first = async (env?: NodeJS.ProcessEnv): Promise<string | undefined> =>
    (await places("docker.io/library/nginx", true, env))[0]?.split(" ")[1];

  test("in registries.conf.d replace a prefix, in the order of their names", async () => {
    write("registries.conf", mirror("main.example"));
    expect(await first()).toBe("main.example");
    write("registries.conf.d/10.conf", mirror("ten.example"));
    write("registries.conf.d/09.conf", mirror("nine.example"));
    write("registries.conf.d/20.txt", mirror("text.example"));
    expect(await first()).toBe("ten.example");
  });

  test("are one where CONTAINERS_REGISTRIES_CONF names it", async () => {
    write("registries.conf.d/10.conf", mirror("ten.example"));
    const other = write("other.conf", mirror("other.example"));
    expect(await first({ CONTAINERS_REGISTRIES_CONF: other })).toBe("other.example");
    expect(await first({ CONTAINERS_REGISTRIES_CONF: join(folder, "none.conf") })).toBe("docker.io");
  });

  test.each([
    ["is no TOML", () => write("registries.conf", "secret = ["), "is no TOML"],
    [
      "is a folder",
      () => {
        mkdirSync(join(folder, "containers", "registries.conf"), { recursive: true });
        return join(folder, "containers", "registries.conf");
      },
      "is no regular file",
    ],
  ])("that %s is one line", async (_, make, why) => {
    const file = make();
    const client = clientOf({}, { DOCKER_CONFIG: "/nonexistent", XDG_CONFIG_HOME: folder });
    expect(await lookUp(client, "nginx:1")).toEqual({
      ok: false,
      reason: "unreachable",
      message: `${file} ${why}; correct it, or set \`registriesConf\` to false`,
    });
  });
});

describe("a lookup", () => {
  test("asks the mirror, with the mirror's own credentials, and then the registry", async () => {
    const registry = await start({ auth: "basic", users: { me: "registry" } });
    const mirror = await start({
      auth: "basic",
      users: { me: "mirror" },
      images: { "hub/acme/app:1": "oci-index" },
    });
    write(
      "registries.conf",
      `[[registry]]\nlocation = "${registry.host}"\n[[registry.mirror]]\nlocation = "${mirror.host}/hub"\ninsecure = true`,
    );
    const env = {
      ...login({
        [registry.host]: basic("me", "registry"),
        [`${mirror.host}/hub/acme`]: basic("me", "mirror"),
      }),
      XDG_CONFIG_HOME: folder,
    };
    const client = clientOf({ registries: [registry.host] }, env);
    expect(await lookUp(client, `${registry.host}/acme/app:1`)).toMatchObject({
      ok: true,
      digest: digestOf("hub/acme/app", "1"),
    });
    expect(await log(registry)).toEqual([]);
    expect(await lookUp(client, `${registry.host}/acme/app:2`)).toMatchObject({
      ok: true,
      digest: digestOf("acme/app", "2"),
    });
    expect(await log(mirror)).toEqual([
      "HEAD /v2/hub/acme/app/manifests/1",
      "HEAD /v2/hub/acme/app/manifests/1 Basic",
      "HEAD /v2/hub/acme/app/manifests/2 Basic",
    ]);
    const off = clientOf({ registries: [registry.host], registriesConf: false }, env);
    expect(await lookUp(off, `${registry.host}/acme/app:1`)).toMatchObject({
      digest: digestOf("acme/app", "1"),
    });
  });

  test("that no place answers says so of each", async () => {
    const registry = await start({ images: {} });
    const mirror = await start({ images: {} });
    write(
      "registries.conf",
      `[[registry]]\nlocation = "${registry.host}"\n[[registry.mirror]]\nlocation = "${mirror.host}"\ninsecure = true`,
    );
    const env = { DOCKER_CONFIG: "/nonexistent", XDG_CONFIG_HOME: folder };
    const client = clientOf({ registries: [registry.host] }, env);
    const answer = await lookUp(client, `${registry.host}/acme/app:1`);
    expect(answer).toMatchObject({ ok: false, reason: "not-found" });
    expect(answer.ok ? "" : answer.message).toMatch(
      `no tag 1 in ${registry.host}/acme/app (its mirror: no tag 1`,
    );
  });

  test("does not trust a registry because that file names it", async () => {
    const mirror = await start({});
    write(
      "registries.conf",
      `[[registry]]\nlocation = "evil.example"\n[[registry.mirror]]\nlocation = "${mirror.host}"\ninsecure = true`,
    );
    const client = clientOf({}, { XDG_CONFIG_HOME: folder });
    expect(await lookUp(client, "evil.example/a:1")).toMatchObject({ reason: "untrusted-registry" });
    expect((await mirror.seen()).connections).toBe(0);
  });
});
