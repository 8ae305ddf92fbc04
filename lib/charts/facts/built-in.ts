// The facts that ship with the plugin: data/charts.json, which `npm run charts:facts` makes with Helm.
import { createRequire } from "node:module";
import type { ChartFacts } from "../../settings/chart-facts.js";

let facts: ChartFacts | undefined;

/** The facts that ship with the plugin. They are read when the first image of a named chart needs them. */
export function builtInFacts(): ChartFacts {
  return (facts ??= {
    ...(createRequire(import.meta.url)("#chart-facts") as Omit<ChartFacts, "uses">),
    uses: [],
  });
}
