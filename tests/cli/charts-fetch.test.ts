// Which charts the command `charts` fetches, and what it refuses: a Helm of the tests' own writes down how it
// is called.
import { gzipSync } from "node:zlib";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { UserProject } from "../support/project.js";
import { archiveOf, CHART, chartIn, charts, packChart, rerun } from "./charts-project.js";
import { newProject } from "./list-project.js";

/** A release of a chart in a repository. */
const release = (url: string, version = "1.0.0", chart = "app"): string =>
  `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: app
spec:
  source:
    repoURL: ${url}
    chart: "${chart}"
    targetRevision: "${version}"
    helm:
      valuesObject:
        image:
          tag: v7
`;

const TRUSTED = { registries: ["charts.acme.example"] };
const URL_OF_ACME = "https://charts.acme.example/stable";

function envOf(project: UserProject): Readonly<Record<string, string>> {
  return { FAKE_HELM_CHARTS: archiveOf(project, "archives"), FAKE_HELM_LOG: archiveOf(project, "log") };
}

function pullsOf(project: UserProject): readonly string[] {
  const log = archiveOf(project, "log");
  const lines = existsSync(log) ? readFileSync(log, "utf8").split("\n") : [];
  return lines
    .filter((line) => line.startsWith("pull "))
    .map((line) => line.replace(/--destination=\S+/, "DIR"));
}

async function withArchive(text: string, settings: object = TRUSTED): Promise<UserProject> {
  const project = newProject({ "app.yaml": text }, settings);
  mkdirSync(archiveOf(project, "archives"));
  await packChart(archiveOf(project, "archives/app-1.0.0.tgz"), chartIn("app"));
  return project;
}

describe("a chart in a repository", () => {
  it("is fetched once from a host that the settings name, and then taken from the cache", async () => {
    const project = await withArchive(release(URL_OF_ACME));
    const { code, out, err } = await rerun(project, ["--write"], envOf(project));
    expect(code, err).toBe(0);
    expect(out).toMatch(/^app +1\.0\.0 +1 +image +tag +rendered$/m);
    expect(pullsOf(project)).toEqual([`pull DIR --version=1.0.0 --repo=${URL_OF_ACME} -- app`]);
    await rerun(project, [], envOf(project));
    expect(pullsOf(project)).toHaveLength(1);
    expect(JSON.parse(project.read("container-images.charts.json"))).toMatchObject({
      charts: [{ chart: "app", source: URL_OF_ACME, versions: "1.0.0" }],
    });
  });

  it("is not fetched from a host that nobody named", async () => {
    const project = await withArchive(release(URL_OF_ACME), {});
    const { code, err } = await rerun(project, [], envOf(project));
    expect(code).toBe(3);
    expect(err).toContain("not contacted: add `charts.acme.example` to the setting `registries` (app)\n");
    expect(pullsOf(project)).toEqual([]);
  });

  it("is not fetched where the environment forbids it", async () => {
    const project = await withArchive(release(URL_OF_ACME));
    const { err } = await rerun(project, [], { ...envOf(project), CONTAINER_IMAGES_RESOLVE: "cache" });
    expect(err).toContain("not read (app): nothing is fetched in this run");
    expect(pullsOf(project)).toEqual([]);
  });

  it.each([
    [
      release("http://prometheus-community.github.io/helm-charts"),
      /not contacted: add `prometheus-community/,
    ],
    [release("file:///etc"), /not read/],
    [release(`${URL_OF_ACME}/?a=--b`), /not a plain one/],
    [release(URL_OF_ACME, "1.0.0 --post-renderer $(id)"), /its version is no version/],
    [release(URL_OF_ACME, "1.0.0", "--help"), /./],
  ])("leads Helm to nothing else: %#", async (text, line) => {
    const project = await withArchive(text);
    const { err } = await rerun(project, [], envOf(project));
    expect(err).toMatch(line);
    expect(pullsOf(project)).toEqual([]);
  });

  it("is named with Helm's reason where it is not there", async () => {
    const project = await withArchive(release(URL_OF_ACME, "9.9.9"));
    const { code, err } = await rerun(project, [], envOf(project));
    expect(code).toBe(3);
    expect(err).toContain('not read (app): helm pull: Error: chart "app" not found');
  });
});

describe("a hostile archive", () => {
  const inTree = async (make: (path: string) => Promise<void> | void): Promise<string> => {
    const { project } = await charts({ "x.yaml": "a: b\n" });
    project.write({
      "Chart.yaml": "name: app\nversion: 1.0.0\ndependencies: [{ name: app, version: 1.0.0 }]\n",
      "charts/keep": "",
    });
    await make(archiveOf(project, "charts/app-1.0.0.tgz"));
    const { err, code } = await rerun(project);
    expect(code).toBe(0);
    return err;
  };

  it("that unpacks to more than a chart has", async () => {
    const err = await inTree((path) => {
      writeFileSync(path, gzipSync(Buffer.alloc(200 * 1024 * 1024)));
    });
    expect(err).toContain("it is larger than 48 MB");
  });

  it("that leads out of its folder", async () => {
    const err = await inTree((path) => packChart(path, { ...chartIn("app", CHART), "app/../../evil": "x" }));
    expect(err).toContain("its archive holds a path that leads out of it");
  });

  it("that is none", async () => {
    const err = await inTree((path) => {
      writeFileSync(path, "no archive");
    });
    expect(err).toContain("its archive is damaged");
  });
});
