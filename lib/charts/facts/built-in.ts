// The facts that ship with the plugin: data/charts.json, which scripts/charts/facts.mjs makes with Helm.
import { createRequire } from "node:module";
import type { ChartFact, ChartFacts } from "../../settings/chart-facts.js";

let facts: ChartFacts | undefined;

/** The facts that ship with the plugin. They are read when the first image of a named chart needs them. */
export function builtInFacts(): ChartFacts {
  return (facts ??= {
    uses: [],
    charts: (createRequire(import.meta.url)("#chart-facts") as { readonly charts: readonly ChartFact[] })
      .charts,
  });
}
