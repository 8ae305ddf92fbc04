// A tag alone, or a version alone: an image where a fact says which repository the chart's own values name.
import { describe, expect, it } from "vitest";
import { builtInFacts } from "../../lib/charts/facts/built-in.js";
import { plan } from "../../lib/pinning/plan.js";
import type { Settings } from "../../lib/settings/settings.js";
import { fieldsOf, summary } from "../images/fields-of.js";
import { lines } from "../support/lines.js";
import { settingsOf } from "../support/settings.js";

const SOURCE = "https://charts.example";
const DRIVER = {
  path: "driver",
  reference: "{repository}/{image}:{version}",
  defaults: { repository: "registry.example/vendor", image: "driver" },
  digest: { to: "tag" },
  evidence: "rendered",
};
const IMAGE = {
  path: "web.image",
  reference: "[{global.imageRegistry|registry}/]{repository}:{tag}[@{digest}]",
  defaults: { registry: "quay.io", repository: "acme/web" },
  digest: { to: "key", key: "digest", style: "prefixed" },
  evidence: "rendered",
};

interface Known {
  readonly images?: readonly object[];
  readonly use?: object;
  readonly chart?: object;
}

/** Settings with facts of the chart `op`, which is used by `apps/op.yaml`. */
function knowing({ images = [DRIVER, IMAGE], use = {}, chart = {} }: Known = {}): Settings {
  const versions = "1.2.3";
  return settingsOf({
    unknownCharts: "suggest",
    files: [{ files: ["apps/*.yaml"], kind: "values" }],
    chartFacts: {
      charts: [{ chart: "op", source: SOURCE, versions, images, ...chart }],
      uses: [
        { files: ["apps/op.yaml"], chart: "op", source: SOURCE, version: versions, whole: true, ...use },
      ],
    },
  });
}

const VERSION = lines("driver:", "  version: 580.105.08");
const TAG = lines("web:", "  image:", "    tag: v1");

const DESCHEDULER = ["descheduler", "https://kubernetes-sigs.github.io/descheduler/"] as const;

/** An Application of a chart, with what stands below `helm`. */
function application([chart, url]: readonly [string, string], version: string, helm: string): string {
  const source = [`chart: ${chart}`, `repoURL: ${url}`, `targetRevision: ${version}`, "helm:"];
  const head = ["apiVersion: argoproj.io/v1alpha1", "kind: Application", "spec:", "  source:"];
  return lines(...head, ...source.map((line) => `    ${line}`)) + helm;
}

/** What is found in `apps/op.yaml`, beside which the files in `beside` stand. */
function found(text: string, known: Known = {}, beside: Readonly<Record<string, string>> = {}): string[] {
  const settings = knowing(known);
  const names = Object.keys(beside).filter((name) => !name.includes("/"));
  const neighbour = (path: string): string | undefined =>
    path === "./*" ? ["op.yaml", ...names].join("\n") : beside[path];
  return fieldsOf(text, "apps/op.yaml", settings, neighbour).map((field) => {
    const { kind, message = "" } = plan(field, settings);
    return [field.composed ?? field.written, field.state, kind, field.evidence, message].join(" ").trim();
  });
}

describe("a tag alone", () => {
  it.each([
    ["a version", VERSION, "registry.example/vendor/driver:580.105.08 unpinned fix rendered"],
    ["a tag", TAG, "quay.io/acme/web:v1 unpinned fix rendered"],
    ["with a registry", `${TAG}    registry: r.example\n`, "r.example/acme/web:v1 unpinned fix rendered"],
    [
      "with a registry for all images",
      `global: { imageRegistry: m.example }\n${TAG}`,
      "m.example/acme/web:v1 unpinned fix rendered",
    ],
    [
      "with a part of its repository",
      `${VERSION}  repository: m.example/v\n`,
      "m.example/v/driver:580.105.08 unpinned fix rendered",
    ],
    [
      "in the file's own flow",
      "driver: { version: '1' }\n",
      "registry.example/vendor/driver:1 unpinned fix rendered",
    ],
  ])("%s", (_, text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it("keeps its digest", () => {
    const digest = `sha256:${"a".repeat(64)}`;
    expect(found(`${VERSION.trimEnd()}@${digest}\n`)[0]).toContain("driver:580.105.08@sha256:");
    expect(found(`${TAG}    digest: ${digest}\n`)).toEqual([
      `quay.io/acme/web:v1@${digest} pinned none rendered`,
    ]);
  });

  it("is what it was where the repository is said here, or removed", () => {
    const text = lines("web:", "  image:", "    repository: other/web", "    tag: v1");
    expect(found(text)).toEqual(["quay.io/other/web:v1 unpinned fix rendered"]);
    expect(found(`${TAG}    repository: null\n`)).toEqual([":v1 incomplete none rendered"]);
    expect(found(`${TAG}    repository: ""\n`)).toEqual([":v1 incomplete none rendered"]);
  });

  it("is none without a fact, and at a path that only a pattern covers", () => {
    expect(found(VERSION, { images: [IMAGE] })).toEqual([]);
    expect(found(VERSION, { images: [{ ...DRIVER, path: "**" }] })).toEqual([]);
    expect(found(VERSION, { images: [{ ...DRIVER, defaults: undefined }] })).toEqual([]);
    expect(found(lines("other:", "  version: '1'"))).toEqual([]);
  });

  it("is none in a list, which takes the place of the chart's", () => {
    expect(
      found(lines("drivers:", "  - version: '1'"), { images: [{ ...DRIVER, path: "drivers[*]" }] }),
    ).toEqual([]);
  });
});

describe("other values of the same chart", () => {
  const use = { files: ["apps/op.yaml", "more/op.yaml"] };

  it("may name the repository: then the tag is no image", () => {
    expect(found(VERSION, { use }, { "../more/op.yaml": "driver: { image: mine }\n" })).toEqual([]);
    expect(found(VERSION, { use }, { "../more/op.yaml": "driver: null\n" })).toEqual([]);
    expect(found(VERSION, { use })).toEqual([]);
    expect(found(VERSION, { use: { whole: undefined } })).toEqual([]);
    expect(found(VERSION, { use: { files: ["apps/op.yaml", "*/values.yaml"] } })).toEqual([]);
    expect(found(VERSION, {}, { "values-prod.yaml": "driver: { repository: mine }\n" })).toEqual([]);
    expect(found(VERSION, {}, { "values-prod.yaml": "driver: {{ oh }}\n" })).toEqual([]);
  });

  it("are not read where they are too large", () => {
    expect(found(VERSION, {}, { "values-big.yaml": "# nothing\n".repeat(100_000) })).toEqual([]);
  });

  it("may say other things", () => {
    const one = ["registry.example/vendor/driver:580.105.08 unpinned fix rendered"];
    expect(found(VERSION, { use }, { "../more/op.yaml": "driver: { enabled: true }\n" })).toEqual(one);
    expect(found(VERSION, {}, { "values-prod.yaml": "driver: { version: '2' }\n" })).toEqual(one);
    expect(found(VERSION, {}, { "values-prod.yaml": "# nothing\n" })).toEqual(one);
    expect(found(VERSION, { use: { files: ["apps/op*.yaml"] } }, { "op-b.yaml": "a: b\n" })).toEqual(one);
  });
});

describe("a version that nobody looked at", () => {
  it("is the user's to look at", () => {
    expect(found(VERSION, { use: { version: "2.0.0" } })).toEqual([]);
    expect(found(TAG, { use: { version: "2.0.0" } })[0]).toMatch(/^:v1 incomplete/);
  });

  it("of a chart whose facts ship, is only suggested", () => {
    const settings = settingsOf({ unknownCharts: "fix" });
    const VALUES = lines("      valuesObject:", "        image: { tag: v0.33.0 }");
    const summaries = (version: string): string[] =>
      fieldsOf(application(DESCHEDULER, version, VALUES), "app.yaml", settings).map((field) =>
        summary(field, settings),
      );
    expect(summaries("0.1.0")).toEqual([":v0.33.0 unpinned suggest chart-unknown"]);
    expect(summaries("7.1.0")).toEqual([":v0.33.0 incomplete"]);
  });
});

describe("the values of a dependency", () => {
  const found = (version: string): string[] => {
    const chart = lines(
      "name: mine",
      "dependencies:",
      `  - { name: descheduler, version: ${version}, repository: "${DESCHEDULER[1]}" }`,
    );
    const settings = settingsOf();
    const neighbour = (path: string): string | undefined => (path === "Chart.yaml" ? chart : undefined);
    const text = lines("descheduler:", "  image:", "    tag: v0.36.0");
    return fieldsOf(text, "values.yaml", settings, neighbour).map((field) =>
      [field.composed, plan(field, settings).kind, field.evidence].join(" "),
    );
  };
  const [{ versions = "" } = {}] = builtInFacts().charts.filter(({ chart }) => chart === "descheduler");

  it("complete its tag in the version that was looked at, and suggest it in others", () => {
    const image = "registry.k8s.io/descheduler/descheduler:v0.36.0";
    expect(found(versions)).toEqual([`${image} fix rendered`]);
    expect(found("~0.1.0")).toEqual([`${image} suggest none`]);
  });
});

describe("values inside a resource", () => {
  const release = (more = ""): string =>
    lines(
      "kind: HelmRelease",
      "apiVersion: helm.toolkit.fluxcd.io/v2",
      "spec:",
      "  chart: { spec: { chart: op, version: 1.2.3, sourceRef: { kind: HelmRepository, name: op } } }",
      "  values:",
      "    driver:",
      "      version: '580'",
    ) + more;
  const REPOSITORY = lines(
    "---",
    "apiVersion: source.toolkit.fluxcd.io/v1",
    "kind: HelmRepository",
    "metadata: { name: op }",
    `spec: { url: "${SOURCE}" }`,
  );
  const of = (text: string): string[] =>
    fieldsOf(text, "release.yaml", knowing()).map(({ composed, field }) => `${field} ${String(composed)}`);

  it("complete a tag where the resource names no others", () => {
    expect(of(release(REPOSITORY))).toEqual(["spec.values.driver registry.example/vendor/driver:580"]);
    expect(of(release(`  valuesFrom: [{ kind: Secret, name: a }]\n${REPOSITORY}`))).toEqual([]);
  });

  it("in a string too", () => {
    const VALUES = lines("      values: |", "        driver:", "          version: '580'");
    const app = (more = ""): string => application(["op", SOURCE], "1.2.3", VALUES + more);
    expect(of(app())).toEqual(["spec.source.helm.values.driver registry.example/vendor/driver:580"]);
    expect(of(app("      valueFiles: [a.yaml]\n"))).toEqual([]);
    expect(of(app("      parameters: [{ name: driver.repository, value: a }]\n"))).toEqual([]);
  });
});

describe("a chart's own values with a version", () => {
  const OWN = lines("driver:", "  repository: quay.io/acme", "  image: driver", "  version: v1");
  const PARTS = ["repository", "image", "version"].map((key) => `{{ .Values.driver.${key} }}`);
  const planned = (template: string): string[] => {
    const beside: Readonly<Record<string, string>> = {
      "Chart.yaml": "name: mine\n",
      "templates/": "a.yaml",
      "templates/a.yaml": template,
    };
    const settings = settingsOf({ unknownCharts: "suggest" });
    return fieldsOf(OWN, "values.yaml", settings, (path) => beside[path]).map((field) =>
      [field.written, plan(field, settings).kind, field.evidence].join(" "),
    );
  };
  const COMPOSED = `image: ${PARTS[0] ?? ""}/${PARTS[1] ?? ""}:${PARTS[2] ?? ""}\n`;

  it("are judged by its templates", () => {
    expect(planned(COMPOSED)).toEqual(["quay.io/acme/driver:v1 fix read"]);
    expect(planned(`${COMPOSED}labels: { v: ${PARTS[2] ?? ""} }\n`)).toEqual([
      "quay.io/acme/driver:v1 none none",
    ]);
    expect(planned(`spec: { version: ${PARTS[2] ?? ""} }\n`)).toEqual(["quay.io/acme/driver:v1 none none"]);
  });
});
