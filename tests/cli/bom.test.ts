// The command `bom`: its formats, its output file, and its exit codes.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { PackageURL } from "packageurl-js";
import { afterEach, describe, expect, it } from "vitest";
import { cycloneDxErrors } from "../bom/valid.js";
import { startRegistry } from "../support/registry.js";
import { CORPUS, hasCorpus, userProject, type UserProject } from "../support/project.js";
import { pod } from "../support/manifests.js";

const DIGEST = `sha256:${"a".repeat(64)}`;

let project: UserProject | undefined;
afterEach(() => project?.remove());

const FILES = {
  "b/pod.yaml": pod(`nginx:1@${DIGEST}`, "{{ .Values.x }}"),
  "a/values.yaml":
    "image:\n" +
    "  repository: quay.io/org/part\n" +
    "other:\n" +
    `  image: { repository: nginx, tag: "1", digest: "${DIGEST}" }\n`,
};

describe("container-images bom", () => {
  it("writes valid CycloneDX, the same bytes each time, and makes no request", async () => {
    project = userProject(FILES, { mirrors: { "docker.io": "http://127.0.0.1:1" } });
    const first = await project.command(["bom"], { env: { CONTAINER_IMAGES_RESOLVE: "registry" } });
    expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: "" });
    expect(await cycloneDxErrors(first.out)).toEqual([]);
    expect((await project.command(["bom", "a", "b"])).out).toBe(first.out);
    const { components } = JSON.parse(first.out) as { components: readonly { evidence: object }[] };
    expect(components.map(({ evidence }) => evidence)).toEqual([
      {
        occurrences: [
          { location: "a/values.yaml", line: 4, symbol: "other.image" },
          { location: "b/pod.yaml", line: 5, symbol: "spec.containers[0].image" },
        ],
      },
    ]);
  });

  it("includes the time with --timestamp", async () => {
    project = userProject(FILES);
    const { out } = await project.command(["bom", "--timestamp"], { env: { SOURCE_DATE_EPOCH: "86400" } });
    expect(JSON.parse(out)).toMatchObject({ metadata: { timestamp: "1970-01-02T00:00:00.000Z" } });
    expect(await cycloneDxErrors(out)).toEqual([]);
  });

  it("writes a whole file with --output", async () => {
    project = userProject(FILES);
    expect(await project.command(["bom", "--format", "markdown", "--output", "BOM.md"])).toEqual({
      code: 0,
      out: "",
      err: "",
    });
    expect(project.read("BOM.md")).toContain(
      "- Images: 1, at 2 places, 2 of them pinned by digest\n- Incomplete",
    );
    expect(readdirSync(project.root).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(await project.command(["bom", "--output", "nowhere/bom.json"])).toEqual({
      code: 2,
      out: "",
      err: "container-images: nowhere/bom.json cannot be written (ENOENT)\n",
    });
  });

  it.each([
    [["--require-digests"], 0, []],
    [["--strict"], 1, ["incomplete a/values.yaml:2 quay.io/org/part"]],
    [[], 0, []],
  ])("with %j exits %i on a tree that is pinned", async (flags, exit, lines) => {
    project = userProject(FILES);
    const { code, err } = await project.command(["bom", ...flags]);
    expect({ code, lines: err.split("\n").slice(0, lines.length) }).toEqual({ code: exit, lines });
  });

  it("exits 1 and lists the images where digests are missing, and still writes the document", async () => {
    project = userProject(
      { ...FILES, "c.yaml": pod("redis:7", "mine/x:1", "a@sha256:abc", "d:1 # eslint-disable-line") },
      { exempt: [{ image: "docker.io/mine/*", reason: "ours" }] },
    );
    const { code, out, err } = await project.command(["bom", "--require-digests", "--output", "bom.json"]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err.split("\n")).toEqual([
      "unpinned c.yaml:5 redis:7",
      "invalid c.yaml:7 a@sha256:abc",
      "2 images have no digest and no exemption; " +
        "1 to pin: run npx eslint-plugin-container-images pin .; 1 invalid: correct what stands there",
      "",
    ]);
    expect(existsSync(join(project.root, "bom.json"))).toBe(true);
  });

  it.each([
    [
      ["bom", "--strict", "."],
      { "values.yaml": "image:\n  repository: quay.io/org/part\n" },
      "1 image has no digest and no exemption; 1 incomplete: write what the chart fills in, or exempt it",
    ],
    [
      ["bom", "--strict", "--config", "eslint.config.js", "v"],
      {
        "v/values.yaml": "image:\n  repository: quay.io/org/part\n  tag: v1\n",
        "v/compose.yaml": "services:\n  b:\n    image: nginx:1\n",
      },
      "2 images have no digest and no exemption; 1 to pin: " +
        "run npx eslint-plugin-container-images pin --config eslint.config.js v; " +
        "1 not pinnable: npx eslint-plugin-container-images list --config eslint.config.js v says why",
    ],
  ])("advises what fits those that are left: %j", async (args, files, advice) => {
    project = userProject(files);
    const { code, err } = await project.command([...args, "--output", "/dev/null"]);
    expect({ code, advice: err.split("\n").at(-2) }).toEqual({ code: 1, advice });
  });

  it("names a file that could not be read, and exits 2", async () => {
    project = userProject({ ...FILES, "broken.yaml": "image: ghcr.io/a/b:1\nb: [\n" });
    const { code, out, err } = await project.command(["bom"]);
    expect(code).toBe(2);
    expect(err).toMatch(/^broken\.yaml:\d+:\d+ [^\n]+\n$/);
    expect(await cycloneDxErrors(out)).toEqual([]);
  });

  it.skipIf(!hasCorpus)(
    "fails before `pin` and passes after it, with the exemption of the corpus",
    async () => {
      const registry = await startRegistry({ auth: "token" });
      try {
        const domains = [
          "docker.io",
          "registry.k8s.io",
          "ghcr.io",
          "us-docker.pkg.dev",
          "602401143452.dkr.ecr.us-west-2.amazonaws.com",
        ];
        const mirrors = Object.fromEntries(domains.map((domain) => [domain, `http://${registry.host}`]));
        project = userProject(
          {},
          {
            mirrors,
            charts: [
              { files: "components/aws-efa/*.yaml", chart: "aws/aws-efa-k8s-device-plugin" },
              { files: "components/dynamo-platform/*.yaml", chart: "dynamo/dynamo-platform" },
            ],
            exempt: [
              { image: "ghcr.io/nvidia/aicr-validators/*", reason: "the release process fills in the tag" },
            ],
          },
        );
        project.copy(CORPUS, "tree");
        expect((await project.command(["bom", "--require-digests", "tree"])).code).toBe(1);
        const pinned = await project.command(["pin", "tree"]);
        expect(pinned.code, pinned.err).toBe(0);
        expect(pinned.out).toMatch(/^10 pinned, 2 already pinned, 18 not pinnable, 0 failed$/m);
        const { code, out } = await project.command(["bom", "--require-digests", "tree"]);
        expect(code).toBe(0);
        expect(await cycloneDxErrors(out)).toEqual([]);
        expect((await project.command(["bom", "--strict", "tree"])).code).toBe(1);
      } finally {
        await registry.stop();
      }
    },
  );

  it.skipIf(!hasCorpus)("is valid on the corpus, where every package URL reads back", async () => {
    project = userProject({});
    project.copy(CORPUS, "tree");
    const { code, out } = await project.command(["bom", "tree"]);
    expect(code).toBe(0);
    expect(await cycloneDxErrors(out)).toEqual([]);
    const { components } = JSON.parse(out) as { components: readonly { purl: string; version?: string }[] };
    expect(components.length).toBeGreaterThan(10);
    for (const { purl, version } of components) {
      expect(PackageURL.fromString(purl).toString()).toBe(purl);
      expect(PackageURL.fromString(purl).version).toBe(version);
    }
  });
});
