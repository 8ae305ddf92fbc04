// The facts that ship with the plugin: data/charts.json.
import { describe, expect, it } from "vitest";
import type { ChartFacts } from "../../lib/settings/chart-facts.js";
import { readSettings } from "../../lib/settings/read.js";
import { plan } from "../../lib/pinning/plan.js";
import { schemaErrors } from "../cli/schema.js";
import { fileOf } from "../cli/recipes.js";
import { fieldsOf } from "../images/fields-of.js";
import { lines } from "../support/lines.js";
import { settingsOf } from "../support/settings.js";

const text = fileOf("data/charts.json");
const facts = JSON.parse(text) as ChartFacts;
const settings = settingsOf({ unknownCharts: "suggest" });

/** A HelmRelease with an image in the values of descheduler. */
function release(version: string, url: string | undefined): string {
  const repository = lines(
    "---",
    "apiVersion: source.toolkit.fluxcd.io/v1",
    "kind: HelmRepository",
    "metadata: { name: source }",
    `spec: { url: "${url ?? ""}" }`,
  );
  return (
    lines(
      "apiVersion: helm.toolkit.fluxcd.io/v2",
      "kind: HelmRelease",
      "spec:",
      "  chart:",
      "    spec:",
      "      chart: descheduler",
      `      version: ${version}`,
      "      sourceRef: { kind: HelmRepository, name: source }",
      "  values:",
      "    image: { repository: registry.k8s.io/descheduler/descheduler, tag: v0.33.0 }",
    ) + (url === undefined ? "" : repository)
  );
}

function planOf(version: string, url?: string): string {
  const [field] = fieldsOf(release(version, url), "release.yaml", settings);
  if (!field) throw new Error("no field");
  const { kind, message } = plan(field, settings);
  return [kind, field.evidence, message].filter((part) => part !== undefined).join(": ");
}

const OWN = "https://kubernetes-sigs.github.io/descheduler/";

describe("the facts that ship", () => {
  it("are of the schema that users' facts are of", () => {
    expect(schemaErrors("charts", facts)).toEqual([]);
    expect(readSettings({ "container-images": { chartFacts: facts } })).toMatchObject({ ok: true });
    expect(facts.charts.length).toBeGreaterThan(300);
  });

  it("stand in order, each once, and one a line", () => {
    const names = facts.charts.map(({ chart, source }) => `${chart} ${String(source)}`);
    expect(new Set(names).size).toBe(names.length);
    const rows = text.split("\n").filter((line) => line.startsWith('{"chart"'));
    expect(rows).toHaveLength(facts.charts.length);
    expect([...rows].sort((one, other) => (one < other ? -1 : 1))).toEqual(rows);
  });

  it("were all rendered or read, and none is a guess", () => {
    const evidence = new Set(facts.charts.flatMap(({ images }) => images.map((image) => image.evidence)));
    expect([...evidence].sort()).toEqual(["read", "rendered"]);
  });

  it("prove it for their own chart, in the major version that was looked at", () => {
    expect(planOf("0.33.0", OWN)).toBe("fix: rendered");
    expect(planOf("0.x", OWN)).toBe("fix: rendered");
    expect(planOf("2.11.4", OWN)).toMatch(
      /^suggest: none: known is descheduler 0\.\d+\.\d+, not 2\.11\.4; run/,
    );
  });

  it("know the mirrors of their repositories", () => {
    const [, mirror = ""] = facts.sources?.find(([first]) => first === "https://charts.goauthentik.io") ?? [];
    const text = lines(
      "apiVersion: argoproj.io/v1alpha1",
      "kind: Application",
      "spec:",
      "  source:",
      "    chart: authentik",
      `    repoURL: ${mirror}`,
      "    helm:",
      "      valuesObject:",
      "        global:",
      "          image: { repository: ghcr.io/goauthentik/server, tag: 2025.8.1 }",
    );
    const [field] = fieldsOf(text, "app.yaml", settings);
    expect(mirror).toMatch(/^oci:/);
    expect(field).toMatchObject({ chart: "authentik", evidence: "rendered" });
  });

  it("prove nothing for another chart of the name, or where nothing says whose it is", () => {
    const unknown =
      "suggest: none: the chart descheduler is unknown; " +
      "run `npx eslint-plugin-container-images charts --write`";
    expect(planOf("3.12.2", "https://charts.example/stable")).toBe(unknown);
    expect(planOf("3.12.2")).toBe(unknown);
  });
});
