// The command `verify`: its verdicts, its report, and what it asks registries for.
import { afterEach, describe, expect, it } from "vitest";
import {
  digestOf,
  manifestOf,
  sha256,
  startRegistry,
  type Rule,
  type Script,
  type ScriptedRegistry,
} from "../support/registry.js";
import { userProject, type UserProject } from "../support/project.js";
import { schemaErrors } from "./schema.js";
import { pod } from "../support/manifests.js";

const GONE = `sha256:${"a".repeat(64)}`;

let registry: ScriptedRegistry | undefined;
let project: UserProject | undefined;
afterEach(async () => {
  await registry?.stop();
  project?.remove();
});

/** A manifest that the registry has under its digest. */
function stored(repository: string, manifest: string): Rule {
  const { mediaType } = JSON.parse(manifest) as { mediaType: string };
  return {
    path: `^/v2/${repository}/manifests/${sha256(manifest)}$`,
    afterAuth: true,
    status: 200,
    headers: [
      ["content-type", mediaType],
      ["docker-content-digest", sha256(manifest)],
    ],
    body: manifest,
  };
}

const index = manifestOf("a/app:1", "oci-index");
const [child] = (JSON.parse(index) as { manifests: readonly { digest: string }[] }).manifests;
const before = manifestOf("a/app:before", "oci-index");
const childDigest = child?.digest ?? "";

const script: Script = {
  auth: "token",
  images: { "a/app:1": "oci-index", "a/single:1": "oci-manifest" },
  rules: [
    stored("a/app", index),
    stored("a/app", before),
    {
      path: `^/v2/a/app/manifests/${childDigest}$`,
      afterAuth: true,
      status: 200,
      headers: [
        ["content-type", "application/vnd.oci.image.manifest.v1+json"],
        ["docker-content-digest", childDigest],
      ],
      body: "",
    },
    { path: "^/v2/a/down/", status: 500 },
  ],
};

async function verify(
  files: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  settings: object = {},
  env: Readonly<Record<string, string>> = {},
) {
  registry ??= await startRegistry(script);
  project = userProject(files, {
    mirrors: { "docker.io": `http://${registry.host}` },
    timeout: 60_000,
    ...settings,
  });
  return project.command(["verify", ...args], { env });
}

afterEach(() => {
  registry = undefined;
});

describe("container-images verify", () => {
  it.each([
    ["ok", `a/app:1@${sha256(index)}`, 0],
    ["ok", `a/single:1@${digestOf("a/single", "1", "oci-manifest")}`, 0],
    ["ok", `a/app@${sha256(before)}`, 0],
    ["tag moved", `a/app:1@${sha256(before)}`, 1],
    ["digest gone", `a/app:1@${GONE}`, 1],
    ["digest gone", `a/app@${GONE}`, 1],
    ["tag gone", `a/app:gone@${sha256(before)}`, 1],
    ["digest gone", `a/app:gone@${GONE}`, 1],
    ["one platform of 2", `a/app:1@${childDigest}`, 1],
    ["unreachable", `a/down:1@${GONE}`, 3],
    ["unreachable", `registry.corp.example/a:1@${GONE}`, 3],
  ])("says `%s` of %s", async (verdict, image, exit) => {
    const { code, out, err } = await verify({ "pod.yaml": pod(image) }, ["--format", "json"]);
    expect({ code, err }).toEqual({ code: exit, err: "verifying (1)\n" });
    const found = JSON.parse(out) as {
      verified: readonly { verdict: string; places: readonly { file: string; line: number }[] }[];
    };
    expect(schemaErrors("verify", found)).toEqual([]);
    expect(found.verified).toHaveLength(1);
    expect(found.verified[0]).toMatchObject({ verdict, places: [{ file: "pod.yaml", line: 5 }] });
  });

  it("prints one line for each problem", async () => {
    const { code, out, err } = await verify({
      "a.yaml": pod(
        `a/app:1@${sha256(index)}`,
        `a/app:1@${sha256(before)}`,
        `a/app:1@${childDigest}`,
        "a/app:1",
      ),
    });
    expect(code).toBe(1);
    expect(err.split("\n")).toEqual([
      "verifying (3)",
      `tag moved a.yaml:6 a/app:1@${sha256(before)}: the tag points to ${sha256(index)}`,
      `one platform of 2 a.yaml:7 a/app:1@${childDigest}: the tag points to ${sha256(index)}`,
      "3 digests for docker.io/a/app:1:",
      `  ${sha256(index)} at a.yaml:5`,
      `  ${sha256(before)} at a.yaml:6`,
      `  ${childDigest} at a.yaml:7`,
      "",
    ]);
    expect(out).toBe(
      "3 pinned references: 1 ok, 1 one platform, 1 tag moved; 1 image has no digest (see `eslint`)\n",
    );
  });

  it("reports a tag that is pinned to several digests", async () => {
    const { code, out } = await verify(
      { "a.yaml": pod(`a/app:1@${sha256(index)}`), "b.yaml": pod(`docker.io/a/app:1@${sha256(before)}`) },
      ["-f", "json"],
    );
    expect(code).toBe(1);
    const { disagreements } = JSON.parse(out) as {
      disagreements: readonly {
        image: string;
        digests: readonly { digest: string; places: readonly { file: string }[] }[];
      }[];
    };
    expect(
      disagreements.map(({ image, digests }) => [
        image,
        digests.map(({ digest, places }) => [digest, places.map(({ file }) => file)]),
      ]),
    ).toEqual([
      [
        "docker.io/a/app:1",
        [
          [sha256(index), ["a.yaml"]],
          [sha256(before), ["b.yaml"]],
        ],
      ],
    ]);
  });

  it("verifies what is exempt, and names exempt images without a digest and unused exemptions", async () => {
    const exempt = [
      { image: "docker.io/a/*", reason: "the release pins it" },
      { image: "docker.io/a/app", files: "a.yaml", reason: "behind a wider one" },
      { image: "docker.io/nobody/*", reason: "long gone" },
    ];
    const { code, out, err } = await verify({ "a.yaml": pod(`a/app:1@${sha256(before)}`, "a/app:1") }, [], {
      exempt,
    });
    expect(code).toBe(1);
    expect(err).toContain(`tag moved a.yaml:5 a/app:1@${sha256(before)}`);
    expect(out.split("\n")).toEqual([
      "no digest a.yaml:6 a/app:1 (exempt: the release pins it)",
      "exempts nothing: image docker.io/nobody/* (long gone)",
      "1 pinned reference: 1 tag moved",
      "",
    ]);
  });

  it("never reads the cache, asks for each tag once, and says the same as `pin --update` does", async () => {
    const files = {
      "a.yaml": pod("a/app:1", `a/app:1@${sha256(index)}`),
      "b.yaml": pod(`a/app:1@${sha256(index)}`),
    };
    registry = await startRegistry(script);
    project = userProject(files, { mirrors: { "docker.io": `http://${registry.host}` } });
    expect((await project.command(["pin"])).code).toBe(0);
    await registry.script({
      rules: [
        ...(script.rules ?? []),
        {
          path: "^/v2/a/app/manifests/1$",
          method: "HEAD",
          afterAuth: true,
          status: 200,
          headers: [
            ["content-type", "application/vnd.oci.image.index.v1+json"],
            ["docker-content-digest", sha256(before)],
          ],
        },
      ],
    });
    const asked = (await registry.requests()).length;
    const { code, err } = await project.command(["verify"]);
    expect(code).toBe(1);
    expect(err.match(/^tag moved /gm)).toHaveLength(3);
    const requests = (await registry.requests())
      .slice(asked)
      .filter(({ url }) => url.endsWith("/manifests/1"));
    expect(requests.filter(({ authorization }) => authorization !== "")).toHaveLength(1);
    expect((await project.command(["pin", "--update"])).out).toContain("3 moved");
    expect((await project.command(["verify"])).code).toBe(0);
  });

  it("makes no request under CONTAINER_IMAGES_RESOLVE=cache", async () => {
    const { code, out, err } = await verify(
      { "a.yaml": pod(`a/app:1@${sha256(index)}`) },
      [],
      {},
      { CONTAINER_IMAGES_RESOLVE: "cache" },
    );
    expect(code).toBe(3);
    expect(err.split("\n")[0]).toMatch(
      /^container-images: CONTAINER_IMAGES_RESOLVE=cache: no registry is asked/,
    );
    expect(out).toContain("1 unreachable");
    expect((await registry?.seen())?.connections).toBe(0);
  });

  it("names a digest without a repository, which no registry can be asked for", async () => {
    const { code, out } = await verify({ "values.yaml": `image:\n  tag: v1@${GONE}\n` });
    expect(code).toBe(0);
    expect(out).toBe(
      `not verified values.yaml:2 :v1@${GONE}: no repository stands beside its digest\n0 pinned references\n`,
    );
  });
});
