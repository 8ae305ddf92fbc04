// Whether a file may hold a tag that its chart's own values complete to an image. Every file is asked this
// first, so that only files of charts with such facts pay for more.
import { matchesFile } from "../exempt.js";
import type { Neighbour } from "../neighbour.js";
import type { Settings } from "../settings/settings.js";
import { CHART_FILE, VALUES_NAME } from "../vocabulary/document-names.js";
import { completesTagsOf } from "./completion.js";
import { dependenciesIn, fieldOf, parsed } from "./chart-yaml.js";
import { holdsTagKey } from "./tag-keys.js";

/** Resources that hold values and name their chart beside them. */
const KINDS = ["HelmRelease", "Application"];

/** The chart that such a resource names: `chart: name`, or the end of the URL of its OCIRepository. */
const NAMED = /(?<![\w-])(?:chart|url)["']?:[ \t]+["']?(?:[^\s"'#]*\/)?([A-Za-z0-9][\w.-]*)/g;

/** A file in which no more charts are looked for has so many. */
const MOST_CHARTS = 200;

/**
 * Whether a file may hold a tag that facts complete to an image.
 *
 * @param text the file's
 * @param filename its path
 * @param settings the user's
 * @param neighbour reads a Chart.yaml beside it
 * @returns false only where none does
 */
export function mayCompleteTags(
  text: string,
  filename: string,
  settings: Settings,
  neighbour: Neighbour | undefined,
): boolean {
  const { chartFacts, charts } = settings;
  const names = new Set<string>();
  for (const { files, chart } of charts)
    if (matchesFile(filename, files)) names.add(chart.slice(chart.indexOf("/") + 1));
  for (const { files, chart } of chartFacts.uses) if (matchesFile(filename, files)) names.add(chart);
  if (KINDS.some((kind) => text.includes(kind)))
    for (const [, name = ""] of text.matchAll(NAMED)) if (names.size < MOST_CHARTS) names.add(name);
  const isBeside = names.size === 0 && VALUES_NAME.test(filename) && !CHART_FILE.test(filename);
  if ((names.size === 0 && !isBeside) || !holdsTagKey(text)) return false;
  if (isBeside) for (const { name } of chartsBeside(neighbour)) names.add(name);
  return [...names].some((name) => completesTagsOf(name, chartFacts));
}

/** The charts on which that of the Chart.yaml beside a file depends, and itself. */
function chartsBeside(neighbour: Neighbour | undefined): readonly { readonly name: string }[] {
  const text = neighbour?.("Chart.yaml");
  if (text === undefined) return [];
  const content = parsed(text);
  const name = fieldOf(content, "name");
  const dependencies = dependenciesIn(content, () => parsed(neighbour?.("requirements.yaml")));
  return typeof name === "string" ? [{ name }, ...dependencies] : dependencies;
}
