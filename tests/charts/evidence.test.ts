// What proves where a digest goes, with the settings that a user has who sets none.
import { describe, expect, it } from "vitest";
import type { ImageField } from "../../lib/images/field.js";
import { plan } from "../../lib/pinning/plan.js";
import { fieldsOf } from "../images/fields-of.js";
import { lines } from "../support/lines.js";
import { settingsOf } from "../support/settings.js";

const DEFAULT = { unknownCharts: "suggest" };
const MAPPING = lines("image:", "  repository: quay.io/a/b", "  tag: v1");

function neighbours(beside: Readonly<Record<string, string>>, path: string): string | undefined {
  return beside[path];
}

/** What the plan says of each field, and what proves it. */
function plansOf(
  text: string,
  filename: string,
  settings: object = {},
  beside: Readonly<Record<string, string>> = {},
): readonly string[] {
  const all = settingsOf({ ...DEFAULT, ...settings });
  const neighbour = (path: string): string | undefined => neighbours(beside, path);
  return fieldsOf(text, filename, all, neighbour).map((field: ImageField) => {
    const { kind, message } = plan(field, all);
    return [kind, field.evidence, message].filter((part) => part !== undefined).join(": ");
  });
}

const fact = (more: object = {}, image: object = {}): object => ({
  charts: [
    {
      chart: "web",
      source: "https://charts.example/stable",
      images: [
        {
          path: "image",
          reference: "{repository}:{tag}",
          digest: { to: "tag" },
          evidence: "rendered",
          ...image,
        },
      ],
      ...more,
    },
  ],
  uses: [
    { files: ["apps/*.yaml"], chart: "web", source: "https://charts.example/stable/", version: "1.2.3" },
  ],
});

describe("what proves a digest's place", () => {
  it.each([
    [
      "a container",
      lines("apiVersion: v1", "kind: Pod", "spec:", "  containers:", "    - image: a/b:v1"),
      "p.yaml",
    ],
    [
      "a container among values",
      lines("extraContainers:", "  - name: a", "    image: quay.io/a/b:v1"),
      "values.yaml",
    ],
    ["a kustomization", lines("images:", "  - name: a/b", "    newTag: v1"), "kustomization.yaml"],
    ["Compose", lines("services:", "  a:", "    image: a/b:v1"), "compose.yaml"],
  ])("the place: %s", (_, text, filename) => {
    expect(plansOf(text, filename)).toEqual(["fix: place"]);
  });

  it.each([
    ["values that nothing names a chart for", MAPPING, "values.yaml"],
    ["a digest key in them", `${MAPPING}  digest: ""\n`, "values.yaml"],
    ["a whole reference in one string of them", "image: quay.io/a/b:v1\n", "values.yaml"],
  ])("nothing: %s", (_, text, filename) => {
    expect(plansOf(text, filename)).toEqual([
      "suggest: none: no chart is named for these values; run `npx eslint-plugin-container-images charts`",
    ]);
  });

  it("nothing: a resource of which nothing is known", () => {
    const text = lines(
      "apiVersion: example.com/v1",
      "kind: App",
      "spec:",
      "  image:",
      "    repository: a/b",
      "    tag: v1",
    );
    expect(plansOf(text, "app.yaml")).toEqual([
      "suggest: none: nothing says where a digest goes here; see `settings.fields`",
    ]);
  });

  it("nothing: a chart that is named, and of which nothing is known", () => {
    const charts = [{ files: "values.yaml", chart: "somebody/web" }];
    expect(plansOf(MAPPING, "values.yaml", { charts })).toEqual([
      "suggest: none: the chart web is unknown; run `npx eslint-plugin-container-images charts --write`",
    ]);
  });

  it("nothing: a chart whose templates do something that is not understood", () => {
    const beside = { "Chart.yaml": "name: web\n", "templates/": "a.yaml", "templates/a.yaml": "{{ if }}" };
    expect(plansOf(MAPPING, "values.yaml", {}, beside)).toEqual([
      "suggest: none: its templates are not clear; run `npx eslint-plugin-container-images charts --write`",
    ]);
  });

  it("its chart's templates, which were read", () => {
    const image = "image: {{ .Values.image.repository }}:{{ .Values.image.tag }}\n";
    const beside = { "Chart.yaml": "name: web\n", "templates/": "a.yaml", "templates/a.yaml": image };
    expect(plansOf(MAPPING, "values.yaml", {}, beside)).toEqual(["fix: read"]);
    const [field] = fieldsOf(MAPPING, "values.yaml", settingsOf(DEFAULT), (path) => neighbours(beside, path));
    expect(field?.composition).toBe("{repository}:{tag}");
  });

  it("its chart's templates, for a reference in one string", () => {
    const beside = {
      "Chart.yaml": "name: web\n",
      "templates/": "a.yaml",
      "templates/a.yaml": "image: {{ .Values.image }}\n",
    };
    expect(plansOf("image: quay.io/a/b:v1\n", "values.yaml", {}, beside)).toEqual(["fix: read"]);
  });

  it("the built-in table", () => {
    const charts = [{ files: "values.yaml", chart: "aws/aws-efa-k8s-device-plugin" }];
    expect(plansOf(MAPPING, "values.yaml", { charts })).toEqual(["fix: rendered"]);
  });

  it("a shape of the user's own", () => {
    const fields = [{ keys: { repository: "repository", tag: "tag" } }];
    expect(plansOf(MAPPING, "values.yaml", { fields })).toEqual(["fix: user"]);
  });

  it("the old way, where the user wants it", () => {
    expect(plansOf(MAPPING, "values.yaml", { unknownCharts: "fix" })).toEqual(["fix: none"]);
  });
});

describe("the user's facts", () => {
  it("know an image whose parts stand at the root of the values", () => {
    const text = lines("repository: quay.io/a/b", "tag: v1");
    const chartFacts = fact({}, { path: "" });
    expect(plansOf(text, "apps/web.yaml", { chartFacts, files: VALUES })).toEqual(["fix: rendered"]);
  });

  it("prove it for the files that they name", () => {
    expect(plansOf(MAPPING, "apps/web.yaml", { chartFacts: fact(), files: VALUES })).toEqual([
      "fix: rendered",
    ]);
    expect(plansOf(MAPPING, "other/web.yaml", { chartFacts: fact(), files: VALUES })).toEqual([
      "suggest: none: no chart is named for these values; run `npx eslint-plugin-container-images charts`",
    ]);
  });

  it("prove it for a HelmRelease, whose source they know from another file", () => {
    const release = lines(
      "apiVersion: helm.toolkit.fluxcd.io/v2",
      "kind: HelmRelease",
      "spec:",
      "  chart:",
      "    spec:",
      "      chart: web",
      "      sourceRef: { kind: HelmRepository, name: mine }",
      "  values:",
      "    image: { repository: quay.io/a/b, tag: v1 }",
    );
    expect(plansOf(release, "apps/web.yaml", { chartFacts: fact() })).toEqual(["fix: rendered"]);
  });

  it("prove it for a chart from their source, and for no other one", () => {
    const app = (repo: string): string =>
      lines(
        "apiVersion: argoproj.io/v1alpha1",
        "kind: Application",
        "spec:",
        "  source:",
        "    chart: web",
        `    repoURL: ${repo}`,
        "    targetRevision: 1.2.3",
        "    helm:",
        "      valuesObject:",
        "        image: { repository: quay.io/a/b, tag: v1 }",
      );
    const of = (repo: string): readonly string[] => plansOf(app(repo), "a.yaml", { chartFacts: fact() });
    expect(of("https://charts.example/stable")).toEqual(["fix: rendered"]);
    expect(of("https://charts.example/other")).toEqual([
      "suggest: none: the chart web is unknown; run `npx eslint-plugin-container-images charts --write`",
    ]);
  });

  it("know mirrors of their source, and a repository of OCI by the chart's own URL", () => {
    const release = (url: string, more = ""): string =>
      lines(
        "apiVersion: source.toolkit.fluxcd.io/v1",
        "kind: OCIRepository",
        "metadata: { name: web }",
        `spec: { url: ${url}${more} }`,
        "---",
        "apiVersion: helm.toolkit.fluxcd.io/v2",
        "kind: HelmRelease",
        "spec:",
        "  chartRef: { kind: OCIRepository, name: web }",
        "  values:",
        "    image: { repository: quay.io/a/b, tag: v1 }",
      );
    const chartFacts = {
      ...fact(),
      sources: [["https://charts.example/stable", "oci://mirror.example/charts"]],
    };
    const of = (url: string): readonly string[] => plansOf(release(url), "a.yaml", { chartFacts });
    expect(of("oci://mirror.example/charts/web")).toEqual(["fix: rendered"]);
    expect(of("oci://other.example/charts/web")).toEqual([
      "suggest: none: the chart web is unknown; run `npx eslint-plugin-container-images charts --write`",
    ]);
    const other = release("oci://mirror.example/charts/web", ", ref: { tag: 2.0.0 }");
    const versioned = { ...fact({ versions: "1.2.3" }), sources: chartFacts.sources };
    expect(plansOf(other, "a.yaml", { chartFacts: versioned })).toEqual([
      "suggest: none: known is web 1.2.3, not 2.0.0; run `npx eslint-plugin-container-images charts --write`",
    ]);
  });

  it("know a publisher by a part of the source's name", () => {
    const chartFacts = fact({ source: "https://acme.github.io/charts" });
    const of = (chart: string): readonly string[] =>
      plansOf(MAPPING, "values.yaml", { chartFacts, charts: [{ files: "values.yaml", chart }] });
    expect(of("acme/web")).toEqual(["fix: rendered"]);
    expect(of("cme/web")).toEqual([
      "suggest: none: the chart web is unknown; run `npx eslint-plugin-container-images charts --write`",
    ]);
  });

  it("count for their own versions only", () => {
    const of = (versions: string): readonly string[] =>
      plansOf(MAPPING, "apps/web.yaml", { chartFacts: fact({ versions }), files: VALUES });
    expect(of("1.2.3")).toEqual(["fix: rendered"]);
    expect(of("1.0.0 - 2.0.0")).toEqual(["fix: rendered"]);
    expect(of("1.2.4")).toEqual([
      "suggest: none: known is web 1.2.4, not 1.2.3; run `npx eslint-plugin-container-images charts --write`",
    ]);
  });

  it("say where nothing may be written, and why", () => {
    const digest = { to: "none", reason: "chart-breaks", message: "this chart makes a label of the tag" };
    const chartFacts = fact({}, { digest });
    expect(plansOf(MAPPING, "apps/web.yaml", { chartFacts, files: VALUES })).toEqual([
      "none: rendered: this chart makes a label of the tag",
    ]);
  });

  it("decide before the built-in table", () => {
    const chartFacts = {
      charts: [
        {
          chart: "aws-efa-k8s-device-plugin",
          images: [
            {
              path: "image",
              reference: "{repository}@{digest}",
              digest: { to: "key", key: "digest", style: "prefixed" },
              evidence: "user",
            },
          ],
        },
      ],
    };
    const charts = [{ files: "values.yaml", chart: "aws/aws-efa-k8s-device-plugin" }];
    const [field] = fieldsOf(MAPPING, "values.yaml", settingsOf({ ...DEFAULT, charts, chartFacts }));
    expect(field).toMatchObject({ evidence: "user", slot: { kind: "new-key" } });
  });

  it("prove nothing where two of them name the file for other charts", () => {
    const one = fact() as { readonly uses: readonly object[] };
    const uses = [...one.uses, { files: ["apps/web.yaml"], chart: "api" }];
    expect(plansOf(MAPPING, "apps/web.yaml", { chartFacts: { ...one, uses }, files: VALUES })).toEqual([
      "suggest: none: no chart is named for these values; run `npx eslint-plugin-container-images charts`",
    ]);
  });
});

const VALUES = [{ files: ["apps/*.yaml", "other/*.yaml"], kind: "values" }];
