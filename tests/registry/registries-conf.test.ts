// The mirrors in containers' registries.conf: which file counts, and which mirror is for an image.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createMirrors } from "../../lib/registry/mirrors.js";
import { repositoryAt, trust } from "../../lib/registry/trust.js";
import { settingsOf } from "../support/settings.js";
import { clientOf } from "./clients.js";
import { lookUp } from "./logins.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "container-images-conf-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const lines = (...each: readonly string[]): string => each.join("\n");

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
      lines("[[registry]]", 'location = "ghcr.io"', "[[registry.mirror]]", 'location = "m.example"'),
      [HUB],
    ],
    ["it has no mirror", lines("[[registry]]", 'location = "docker.io"'), [HUB]],
    [
      "mirrors come first, in their order",
      lines(
        "[[registry]]",
        'location = "docker.io"',
        "[[registry.mirror]]",
        'location = "a.example"',
        "[[registry.mirror]]",
        'location = "b.example:5000/hub"',
      ),
      [
        "https://a.example/library/nginx a.example any",
        "https://b.example:5000/hub/library/nginx b.example:5000 any",
        HUB,
      ],
    ],
    [
      "the longest prefix counts, and is replaced",
      lines(
        "[[registry]]",
        'prefix = "docker.io/library"',
        'location = "docker.io/library"',
        "[[registry.mirror]]",
        'location = "a.example/official"',
        "[[registry]]",
        'location = "docker.io"',
        "[[registry.mirror]]",
        'location = "b.example"',
      ),
      ["https://a.example/official/nginx a.example any", HUB],
    ],
    [
      "the whole name is a prefix, and half a name is not",
      lines(
        "[[registry]]",
        'location = "docker.io/library/nginx"',
        "[[registry.mirror]]",
        'location = "a.example/web"',
        "[[registry]]",
        'location = "docker.io/library/ngin"',
        "[[registry.mirror]]",
        'location = "b.example"',
      ),
      ["https://a.example/web a.example any", HUB],
    ],
    [
      "the registry is at another place",
      lines("[[registry]]", 'prefix = "docker.io"', 'location = "a.example/hub"'),
      ["https://a.example/hub/library/nginx a.example any"],
    ],
    [
      "without TLS only on loopback, and where the settings name the host too",
      lines(
        "[[registry]]",
        'location = "docker.io"',
        "[[registry.mirror]]",
        'location = "localhost:5000"',
        "insecure = true",
        "[[registry.mirror]]",
        'location = "plain.example:5000"',
        "insecure = true",
        "[[registry.mirror]]",
        'location = "other.example"',
        "insecure = true",
        "[[registry.mirror]]",
        'location = "localhost:5001"',
      ),
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
      lines(
        "[[registry]]",
        'location = "docker.io"',
        "[[registry.mirror]]",
        'location = "https://a.example"',
        "[[registry.mirror]]",
        'location = "a.example/../x"',
        "[[registry.mirror]]",
        'location = "a b"',
        "[[registry.mirror]]",
        "location = 5",
        "[[registry.mirror]]",
        'location = "u@a.example"',
      ),
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
      lines(
        "[[registry]]",
        'prefix = "*.corp.example"',
        "[[registry.mirror]]",
        'location = "m.example/corp"',
      ),
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
      lines(
        "[[registry]]",
        'location = "docker.io"',
        "[[registry.mirror]]",
        'location = "t.example"',
        'pull-from-mirror = "tag-only"',
        "[[registry.mirror]]",
        'location = "d.example"',
        'pull-from-mirror = "digest-only"',
        "[[registry]]",
        'location = "ghcr.io"',
        "mirror-by-digest-only = true",
        "[[registry.mirror]]",
        'location = "d.example"',
      ),
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

describe("what is blocked", () => {
  const env = { DOCKER_CONFIG: "/nonexistent", XDG_CONFIG_HOME: "" };

  test("is not asked, neither there nor at a mirror, and the message names the file", async () => {
    const file = write(
      "registries.conf",
      lines(
        "[[registry]]",
        'location = "docker.io/acme"',
        "blocked = true",
        "[[registry.mirror]]",
        'location = "localhost:1"',
        "insecure = true",
      ),
    );
    const client = clientOf({}, { ...env, XDG_CONFIG_HOME: folder });
    expect(await lookUp(client, "acme/app:1")).toEqual({
      ok: false,
      reason: "untrusted-registry",
      message: `docker.io/acme is blocked by ${file}; change that, or set \`registriesConf\` to false`,
    });
    expect(await places("docker.io/library/nginx")).toEqual([HUB]);
  });

  test("may hold what is not, and the other way round", async () => {
    write(
      "registries.conf",
      lines(
        "[[registry]]",
        'prefix = "*.corp.example"',
        "blocked = true",
        "[[registry]]",
        'location = "a.corp.example/team"',
      ),
    );
    expect(await places("a.corp.example/team/app")).toEqual([
      "https://a.corp.example/team/app a.corp.example any",
    ]);
    await expect(places("a.corp.example/other/app")).rejects.toThrow(/^\*\.corp\.example is blocked by /);
  });
});

describe("the files", () => {
  const mirror = (location: string): string =>
    lines("[[registry]]", 'location = "docker.io"', "[[registry.mirror]]", `location = "${location}"`);
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
