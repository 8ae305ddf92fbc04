// What the commands say about settings that do nothing, and how they group failures.
import { describe, expect, it } from "vitest";
import { linesOfFailures } from "../../lib/cli/failure-groups.js";
import type { Row } from "../../lib/cli/rows.js";
import type { FailureReason } from "../../lib/reference/answer.js";
import { pod } from "../support/manifests.js";
import { list, newProject } from "./list-project.js";

const NO_FILE = "no file in these paths is called";
const IN_A = "; such an image is in a/pod.yaml";
const FILES = { "a/pod.yaml": pod("nginx:1.27") };

describe("settings that do nothing", () => {
  it("an exemption that matches nothing is said, with what it would have to say", async () => {
    const exempt = [
      { image: "nginx", reason: "ours" },
      { image: "nginx:1.27", reason: "ours" },
      { image: "redis", reason: "later" },
    ];
    const { err, code } = await list(FILES, { exempt });
    expect(code).toBe(0);
    expect(err.trim().split("\n")).toEqual([
      "exempts nothing: image nginx (ours); an image is named as docker.io/library/nginx",
      "exempts nothing: image nginx:1.27 (ours); an image is named as docker.io/library/nginx:1.27",
      "exempts nothing: image redis (later); an image is named as docker.io/library/redis",
    ]);
  });

  it("of an exemption of several parts it is said which one fits nothing", async () => {
    const image = "docker.io/library/nginx";
    const exempt = [
      { image, files: "b/pod.yaml", reason: "one" },
      { image: "nginx", files: "a/*.yaml", reason: "two" },
      { image, files: "c/*.yaml", reason: "three" },
      { image, field: "image", reason: "four" },
      { image: `${image}:1.28`, reason: "five" },
    ];
    const { err } = await list({ ...FILES, "c/pod.yaml": pod("redis:7") }, { exempt });
    expect(err.trim().split("\n")).toEqual([
      `exempts nothing: image ${image}; files b/pod.yaml (one); ${NO_FILE} b/pod.yaml${IN_A}`,
      `exempts nothing: image nginx; files a/*.yaml (two); an image is named as ${image}`,
      `exempts nothing: image ${image}; files c/*.yaml (three); such an image is in a/pod.yaml`,
      `exempts nothing: image ${image}; field image (four); such an image is in a/pod.yaml`,
      `exempts nothing: image ${image}:1.28 (five)`,
    ]);
  });

  it("of paths that are a part of the project, no more is said than what they show", async () => {
    const image = "docker.io/library/nginx";
    const project = newProject(
      { ...FILES, "b/pod.yaml": pod("redis:7") },
      {
        exempt: [
          { image, files: "b/*.yaml", reason: "one" },
          { image: "docker.io/library/redis", files: "b/*.yaml", reason: "two" },
          { image: ["x", image], files: ["c.yaml", "b/*.yaml"], reason: "3" },
          { files: "b/*.yaml", reason: "four" },
        ],
      },
    );
    const { err } = await project.command(["list", "a"]);
    expect(err.trim().split("\n")).toEqual([
      `exempts nothing: image ${image}; files b/*.yaml (one); ${NO_FILE} b/*.yaml${IN_A}`,
      `exempts nothing: image docker.io/library/redis; files b/*.yaml (two); ${NO_FILE} b/*.yaml`,
      `exempts nothing: image x, ${image}; files c.yaml, b/*.yaml (3); ${NO_FILE} c.yaml, b/*.yaml${IN_A}`,
      `exempts nothing: files b/*.yaml (four); ${NO_FILE} b/*.yaml`,
    ]);
  });

  it.each(["pin", "bom"])("%s says it too, and not where only files are named", async (command) => {
    const project = newProject(FILES, { exempt: [{ image: "nginx", reason: "ours" }] });
    const options = { env: { CONTAINER_IMAGES_RESOLVE: "cache" } };
    expect((await project.command([command], options)).err).toContain("exempts nothing: image nginx");
    expect((await project.command([command, "a/pod.yaml"], options)).err).not.toContain("exempts nothing");
  });

  it("a glob of `files` or `charts` that names no file is said, but not of files alone", async () => {
    const settings = {
      files: [
        { files: ["a/*.yml", "b/**"], kind: "values" },
        { files: "c.yaml", kind: "none" },
      ],
      charts: [
        { files: "a/valuess.yaml", chart: "cert-manager" },
        { files: "a/*.yaml", chart: "cert-manager" },
      ],
    };
    const files = { ...FILES, "c.yaml": "image: nginx\n" };
    expect((await list(files, settings)).err.trim().split("\n")).toEqual([
      "files: no file in these paths is called a/*.yml, b/** (kind values)",
      "charts: no file in these paths is called a/valuess.yaml (chart cert-manager)",
    ]);
    expect((await list(files, settings, ["a/pod.yaml"])).err).toBe("");
  });

  it("a chart or a publisher that is not known is said, with the nearest name", async () => {
    const charts = [
      "bitnamy/redis",
      "prometheus-blackbox-exporterr",
      "bitnami/anything",
      "cert-manager",
      "app",
    ];
    const { err } = await list(FILES, { charts: charts.map((chart) => ({ files: "a/*", chart })) });
    // The facts that ship know these, and the user's own facts know that one.
    const known = ["kubernetes-sigs/descheduler", "descheduler", "acme/web"].map((chart) => ({
      files: "a/*",
      chart,
    }));
    const own = { charts: [{ chart: "web", source: "https://acme.example/charts", images: [] }] };
    expect((await list(FILES, { charts: known, chartFacts: own })).err).toBe("");
    expect(err.trim().split("\n")).toEqual([
      "charts: no publisher bitnamy is known; did you mean bitnami?",
      "charts: no chart prometheus-blackbox-exporterr is known; did you mean prometheus-blackbox-exporter?",
      "charts: no chart app is known",
    ]);
    const sourced = [{ files: "a/*", chart: "app", repository: "https://charts.acme.example" }];
    expect((await list(FILES, { charts: sourced })).err).toBe("");
  });
});

describe("failures", () => {
  const failed = (count: number, reason: FailureReason, host: string) =>
    Array.from({ length: count }, (_, at) => ({
      row: { file: "a.yaml", line: at + 1, written: `nginx:${String(at)}` } as Row,
      failure: { reason, message: `${host} fails`, about: { host, cause: "fails" } },
    }));

  it("of several hosts with one cause are one line", () => {
    const all = [...failed(20, "unreachable", "ghcr.io"), ...failed(6, "unreachable", "quay.io")];
    expect(linesOfFailures(all, "failed")).toEqual(["failed (26) fails: ghcr.io, quay.io"]);
  });

  it("about images name a few places", () => {
    const lines = linesOfFailures(failed(7, "denied", "ghcr.io"), "failed");
    expect(lines).toHaveLength(7);
    expect(lines.slice(0, 2)).toEqual(["failed (7) fails: ghcr.io", "  a.yaml:1 nginx:0"]);
    expect(lines.at(-1)).toBe("  and 2 more");
  });

  it("that are alone name their place", () => {
    expect(linesOfFailures(failed(1, "timeout", "ghcr.io"), "failed")).toEqual([
      "failed a.yaml:1 nginx:0: ghcr.io fails",
    ]);
  });
});
