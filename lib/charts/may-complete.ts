// Whether a file may hold a tag that its chart's own values complete to an image. Every file is asked this
// first, so that only files of charts with such facts pay for more.
import { matchesFile } from "../exempt.js";
import type { Neighbour } from "../neighbour.js";
import type { Settings } from "../settings/settings.js";
import { VALUES_NAME } from "../vocabulary/document-names.js";
import { completesTagsOf } from "./completion.js";
import { dependenciesIn, parsed } from "./chart-yaml.js";
import { holdsTagKey } from "./tag-keys.js";

/** Resources that hold values and name their chart beside them. */
const KINDS = ["HelmRelease", "Application"];

/** The chart that such a resource names: `chart: name`, or the end of the URL of its OCIRepository. */
const NAMED = /(?<![\w-])(?:chart|url)["']?:[ \t]+["']?(?:[^\s"'#]*\/)?([A-Za-z0-9][\w.-]*)/g;

/** A file in which no more charts are looked for has so many. */
const MOST_CHARTS = 200;

/** The last answer: the rules, the reading and the walk ask about the same file, one after the other. */
let last:
  | {
      readonly text: string;
      readonly filename: string;
      readonly settings: Settings;
      readonly answer: boolean;
    }
  | undefined;

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
  const isNamed = charts.length + chartFacts.uses.length > 0;
  const isResource = KINDS.some((kind) => text.includes(kind));
  const isBeside = VALUES_NAME.test(filename);
  if (!(isNamed || isResource || isBeside)) return false;
  if (last?.text === text && last.filename === filename && last.settings === settings) return last.answer;
  const answer =
    holdsTagKey(text) &&
    ((isNamed && isNamedFor(filename, settings)) ||
      (isResource && namesIn(text).some((name) => completesTagsOf(name, chartFacts))) ||
      (isBeside && chartsBeside(neighbour).some((name) => completesTagsOf(name, chartFacts))));
  last = { text, filename, settings, answer };
  return answer;
}

/** Whether the settings name a chart for a file, of which facts complete tags. */
function isNamedFor(filename: string, { charts, chartFacts }: Settings): boolean {
  return (
    charts.some(
      ({ files, chart }) =>
        matchesFile(filename, files) && completesTagsOf(chart.slice(chart.indexOf("/") + 1), chartFacts),
    ) ||
    chartFacts.uses.some(
      ({ files, chart }) => completesTagsOf(chart, chartFacts) && matchesFile(filename, files),
    )
  );
}

/** The charts that resources in a text name. */
function namesIn(text: string): readonly string[] {
  const names = new Set<string>();
  for (const [, name = ""] of text.matchAll(NAMED)) {
    names.add(name);
    if (names.size === MOST_CHARTS) break;
  }
  return [...names];
}

/** The charts on which that of the Chart.yaml beside a file depends. */
function chartsBeside(neighbour: Neighbour | undefined): readonly string[] {
  const text = neighbour?.("Chart.yaml");
  // Most charts depend on none.
  if (text?.includes("dependencies") !== true) return [];
  return dependenciesIn(parsed(text), () => undefined).map(({ name }) => name);
}
