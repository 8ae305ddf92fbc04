// What `charts` advises where it cannot look at a chart: following the advice must lead to a known chart.
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configText, type UserProject } from "../support/project.js";
import { archiveOf, CHART, chartIn, charts, packChart, rerun } from "./charts-project.js";
import { newProject } from "./list-project.js";

const URL_OF_ACME = "https://charts.acme.example/stable";
const VALUES = { "web/values.yaml": "image:\n  repository: quay.io/org/app\n  tag: v1\n" };
const named = (more: object = {}): object => ({
  registries: ["charts.acme.example"],
  charts: [{ files: "web/values.yaml", chart: "app", ...more }],
});

async function withArchive(settings: object): Promise<UserProject> {
  const project = newProject(VALUES, settings);
  mkdirSync(archiveOf(project, "archives"));
  await packChart(archiveOf(project, "archives/app-1.0.0.tgz"), chartIn("app"));
  return project;
}

describe("a chart that the settings name without its repository", () => {
  const ADVICE = "add its `repository` to the setting `charts`";

  it("is told of with what is missing", async () => {
    const { out, err } = await charts(VALUES, [], { settings: named() });
    expect(out).toContain("not read: nothing names its repository");
    expect(err).toContain(`not read (app): nothing names its repository; ${ADVICE}`);
  });

  it("is not sent to `--write` by `--check`, which could not look at it", async () => {
    const { code, out, err } = await charts(VALUES, ["--check"], { settings: named() });
    expect(code).toBe(1);
    expect(err).toBe("no fact: app, settings.charts:1\n");
    expect(out).toBe(`1 of 1 chart in use not known; nothing names its repository: ${ADVICE}\n`);
  });

  it("is known as soon as that is done", async () => {
    const settings = named({ repository: URL_OF_ACME, version: "1.0.0" });
    const project = await withArchive(settings);
    const env = { FAKE_HELM_CHARTS: archiveOf(project, "archives") };
    const before = await rerun(project, ["--check"], env);
    expect(before.code).toBe(1);
    expect(before.out).toContain("; run: npx eslint-plugin-container-images charts --write .\n");
    const { code, out, err } = await rerun(project, ["--write"], env);
    expect(code, err).toBe(0);
    expect(out).toMatch(/^app +1\.0\.0 +1 +image +tag +rendered$/m);
    const chartFacts: unknown = JSON.parse(project.read("container-images.charts.json"));
    const after = newProject(VALUES, { ...settings, chartFacts });
    after.write({ "container-images.charts.json": project.read("container-images.charts.json") });
    const checked = await rerun(after, ["--check"]);
    expect(checked).toEqual({ code: 0, out: "1 chart in use, all known\n", err: "" });
    const listed = await after.command(["list", "--format", "json", "."]);
    expect(JSON.parse(listed.out)).toMatchObject([{ evidence: "rendered" }]);
  });
});

describe("a path that is not there", () => {
  it("is an error, as for every other command", async () => {
    const { code, out, err } = await charts(chartIn("charts/app", CHART), ["nope"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe("container-images: No files matching 'nope' were found.\n");
  });

  it("also where others are there", async () => {
    const { code } = await charts(chartIn("charts/app", CHART), ["charts", "nope"]);
    expect(code).toBe(2);
  });

  it("so is a glob that matches nothing, and not one that matches no chart", async () => {
    const files = { ...chartIn("charts/app", CHART), "a/b.yaml": "a: 1\n" };
    const { code, err } = await charts(files, ["nope/*.yaml"]);
    expect(code).toBe(2);
    expect(err).toContain("container-images: No files matching 'nope/*.yaml' were found.\n");
    expect(await charts(files, ["a/*.yaml"])).toMatchObject({ code: 0, out: "no chart found\n" });
  });

  it("outside of the working directory is none either", async () => {
    const project = newProject(chartIn("charts/app", CHART));
    const cwd = join(project.root, "charts/app");
    expect(await project.command(["charts", "--check", "../.."], { cwd })).toEqual({
      code: 2,
      out: "",
      err:
        "container-images: ../.. is outside of the working directory, where no configuration counts; start " +
        "in the repository's root\n",
    });
    // Another way to say where one is.
    expect((await project.command(["charts", "--check", "../app"], { cwd })).code).toBe(1);
  });

  it("behind a link is where the link leads", async () => {
    const project = newProject(chartIn("charts/app", CHART));
    symlinkSync("charts", join(project.root, "link"));
    expect((await rerun(project, ["--check", "link"])).code).toBe(1);
    expect((await rerun(project, ["--check", "link/app/*.yaml"])).code).toBe(1);
  });
});

describe("a path to values that the settings name a chart for", () => {
  const settings = named({ repository: URL_OF_ACME, version: "1.0.0" });

  it.each(["web", "web/values.yaml", "web/*.yaml", "./web/"])("is not known either, by %s", async (path) => {
    const project = newProject(VALUES, settings);
    expect((await rerun(project, ["--check", path])).code).toBe(1);
    expect((await rerun(project, [path])).out).toMatch(/^app +1\.0\.0 +1 +not read/m);
  });

  it("is that of the one place that says where it comes from", async () => {
    const project = newProject({ ...VALUES, ...chartIn("charts/app", CHART) }, named());
    const { out } = await rerun(project, ["web"]);
    expect(out).toMatch(/^app +1\.0\.0 +1 +image +tag +rendered$/m);
    expect((await rerun(project, ["--check", "web"])).code).toBe(1);
  });

  it("is looked for where its configuration is", async () => {
    const project = newProject(
      Object.fromEntries(
        Object.entries({ ...VALUES, ...chartIn("charts/app", CHART) }).map(([path, text]) => [
          `b/${path}`,
          text,
        ]),
      ),
    );
    project.write({ "b/eslint.config.js": configText(named()) });
    rmSync(join(project.root, "eslint.config.js"));
    const { code, err } = await rerun(project, ["--check", "b"]);
    expect(code).toBe(2);
    expect(err).toContain("container-images: b/eslint.config.js governs b/; start in b/\n");
  });

  it("is none to other values", async () => {
    const project = newProject({ ...VALUES, "api/values.yaml": "a: 1\n" }, settings);
    expect(await rerun(project, ["--check", "api"])).toMatchObject({ code: 0 });
  });
});

describe("values for which no chart is named", () => {
  const FILES = { ...VALUES, ...chartIn("charts/own"), "vendor/values.yaml": VALUES["web/values.yaml"] };

  it("are named beside the charts that are found", async () => {
    const { out, err } = await charts(FILES);
    expect(out).toMatch(/^app +1\.0\.0/m);
    expect(err).toContain(
      "no chart is named for these values: vendor/values.yaml, web/values.yaml; name it in the setting " +
        "`charts`\n",
    );
  });

  it("are named for the paths that are asked for, and where ESLint lints them", async () => {
    const { err } = await charts(FILES, ["charts", "web"]);
    expect(err).toContain("no chart is named for these values: web/values.yaml; name");
    const project = newProject(FILES);
    project.write({ "eslint.config.js": configText({}, '{ ignores: ["vendor/**", "web/**"] },') });
    expect((await rerun(project)).err).not.toContain("no chart is named");
  });

  it("are no images that `charts --write` promises to pin", async () => {
    const project = newProject(VALUES);
    const { out } = await project.command(["pin", "--dry-run"], {
      env: { CONTAINER_IMAGES_RESOLVE: "cache" },
    });
    expect(out).toContain("not pinnable (1) no chart is named for these values; run ");
    expect(out).not.toContain("to pin 1 more");
  });
});
