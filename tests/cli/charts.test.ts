// The command `charts` on charts of the tree, with a Helm of the tests' own.
import { describe, expect, it } from "vitest";
import { CHART, chartIn, charts, rerun } from "./charts-project.js";
import { schemaErrors } from "./schema.js";

const FACTS = "container-images.charts.json";

interface Report {
  readonly helm: string | null;
  readonly charts: readonly {
    readonly chart: string;
    readonly images: readonly { path: string; reference: string; digest: object; evidence: string }[];
    readonly unknown: readonly string[];
    readonly failure: string | null;
    readonly problems: readonly string[];
  }[];
}

const reportIn = (out: string): Report => JSON.parse(out) as Report;

describe("charts", () => {
  it("says what Helm shows of each image, as JSON that its schema describes", async () => {
    const { code, out } = await charts(chartIn("charts/app"), ["--format", "json"]);
    expect(code).toBe(0);
    const report = reportIn(out);
    expect(schemaErrors("charts-report", report)).toEqual([]);
    expect(report.helm).toBe("3.19.1");
    expect(report.charts[0]?.images).toMatchObject([
      { path: "image", reference: "{repository}:{tag}", digest: { to: "tag" }, evidence: "rendered" },
      {
        path: "sidecar.image",
        digest: {
          to: "none",
          reason: "chart-breaks",
          message: "with a digest in the tag, the chart's label version is `v2@sha256:…`",
        },
        tagIs: ["label"],
        evidence: "rendered",
      },
    ]);
  });

  it("lays out a table with counts", async () => {
    const { out } = await charts(chartIn("charts/app"));
    expect(out).toMatch(/^chart +version +used +image +digest +evidence\n/);
    expect(out).toMatch(/^app +1\.0\.0 +1 +image +tag +rendered$/m);
    expect(out).toMatch(/2 images: 1 take a digest, 1 take none, 0 not known/);
  });

  it("tries the user's own values too", async () => {
    const files = {
      ...chartIn("charts/app"),
      "charts/app/values-prod.yaml": "extra:\n  image:\n    repository: docker.io/acme/extra\n    tag: v3\n",
      "charts/app/templates/extra.yaml":
        "image: {{ .Values.extra.image.repository }}:{{ .Values.extra.image.tag }}\n",
    };
    const { out } = await charts(files, ["--format", "json"]);
    expect(reportIn(out).charts[0]?.images.map(({ path }) => path)).toContain("extra.image");
  });

  it.each([
    ["prints without end", { HUGE: "" }, /printed more than 24 MB/],
    ["refuses its values", { FAIL: "" }, /password is needed/],
  ])("goes on where a chart %s", async (_, more, message) => {
    const files = { ...chartIn("charts/bad", { ...CHART, ...more }), ...chartIn("charts/app") };
    const { code, out } = await charts(files, ["--format", "json"]);
    expect(code).toBe(0);
    const report = reportIn(out);
    expect(report.charts.flatMap(({ problems }) => problems).join("\n")).toMatch(message);
    expect(report.charts.some(({ problems }) => problems.length === 0)).toBe(true);
  });
});

describe("charts without a Helm that can render", () => {
  it.each([
    [
      { HELM: "no-such-helm" },
      "container-images: no-such-helm is not on PATH: charts are read and not rendered",
    ],
    [{ FAKE_HELM_VERSION: "v2.17.0" }, "2.17.0 is too old: 3.8 or newer is needed"],
    [{ FAKE_HELM_VERSION: "hello" }, "does not say its version"],
  ])("says so in one line and reads: %o", async (env, line) => {
    const { code, out, err } = await charts(chartIn("charts/app"), ["--format", "json"], { env });
    expect(code).toBe(0);
    expect(err).toContain(line);
    expect(reportIn(out)).toMatchObject({ helm: null });
    expect(reportIn(out).charts[0]?.images).toMatchObject([
      { path: "image", digest: { to: "tag" }, evidence: "read" },
    ]);
    expect(reportIn(out).charts[0]?.unknown).toEqual(["sidecar.image"]);
  });
});

describe("charts --write", () => {
  it("writes facts that their schema describes, and the same again", async () => {
    const { project, out } = await charts(chartIn("charts/app"), ["--write"]);
    expect(out).toContain(`import chartFacts from "./${FACTS}" with { type: "json" };`);
    const text = project.read(FACTS);
    const facts = JSON.parse(text) as { uses: unknown; charts: unknown };
    expect(schemaErrors("charts", facts)).toEqual([]);
    expect(facts.uses).toEqual([
      {
        files: ["charts/app/values.yaml"],
        chart: "app",
        source: "charts/app",
        version: "1.0.0",
        whole: true,
      },
    ]);
    expect(facts.charts).toMatchObject([{ chart: "app", source: "charts/app", versions: "1.0.0" }]);
    const again = await rerun(project, ["--write"]);
    expect(again.out).toContain("nothing has changed");
    expect(project.read(FACTS)).toBe(text);
  });

  it("keeps what a user says of an image", async () => {
    const { project } = await charts(chartIn("charts/app"), ["--write"]);
    const facts = JSON.parse(project.read(FACTS)) as {
      charts: { images: { path: string; evidence: string; digest: object }[] }[];
    };
    const mine = {
      path: "sidecar.image",
      reference: "{repository}:{tag}",
      digest: { to: "tag" },
      evidence: "user",
    };
    const [chart] = facts.charts;
    if (!chart) throw new Error("no fact was written");
    chart.images = chart.images.map((each) => (each.path === mine.path ? mine : each));
    project.write({ [FACTS]: JSON.stringify(facts) });
    await rerun(project, ["--write"]);
    expect(JSON.parse(project.read(FACTS))).toMatchObject({
      charts: [{ images: [{ path: "image" }, mine] }],
    });
  });

  it("names a damaged file and leaves it", async () => {
    const { code, err, project } = await charts({ ...chartIn("charts/app"), [FACTS]: "{" }, ["--write"]);
    expect(code).toBe(2);
    expect(err).toBe(`container-images: ${FACTS} is no JSON; repair or remove it\n`);
    expect(project.read(FACTS)).toBe("{");
  });
});

describe("charts --check", () => {
  it("fails where a chart has no fact, without Helm, and says what helps", async () => {
    const { code, out, err } = await charts(chartIn("charts/app"), ["--check"], { env: { HELM: "none" } });
    expect(code).toBe(1);
    expect(err).toBe("no fact: app 1.0.0 of charts/app, charts/app/Chart.yaml:2\n");
    expect(out).toBe(
      "1 of 1 chart in use not known; run: npx eslint-plugin-container-images charts --write .\n",
    );
  });

  it("passes after --write, and fails for another version", async () => {
    const { project } = await charts(chartIn("charts/app"), ["--write"]);
    expect((await rerun(project, ["--check"])).code).toBe(0);
    project.write({ "charts/app/Chart.yaml": String(CHART["Chart.yaml"]).replace("1.0.0", "1.1.0") });
    const { code, err } = await rerun(project, ["--check"]);
    expect(code).toBe(1);
    expect(err).toContain("other version: app 1.1.0 of charts/app; facts for 1.0.0");
  });

  it("knows a repository as the rules do, however its URL is written", async () => {
    const release =
      "apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n    chart: web\n" +
      "    repoURL: https://charts.example/stable/\n    targetRevision: 1.2.3\n" +
      "    helm:\n      valuesObject:\n        image: { repository: quay.io/a/b, tag: v1 }\n";
    const facts = { charts: [{ chart: "web", source: "https://Charts.example/stable", images: [] }] };
    const { code, err } = await charts({ "app.yaml": release, [FACTS]: JSON.stringify(facts) }, ["--check"], {
      settings: { chartFacts: facts },
      env: { HELM: "none" },
    });
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  it("is not used together with --write", async () => {
    const { code, err } = await charts(chartIn("charts/app"), ["--check", "--write"]);
    expect(code).toBe(2);
    expect(err).toContain("cannot be used with option '--write'");
  });
});
