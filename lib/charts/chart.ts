// A chart, as something names it: the user, a resource or a Chart.yaml.
import { publisherIn, publisherNamed } from "./publisher-of.js";
import { rowsOfChart } from "./rows-of-chart.js";

/** A chart, as something names it. */
export interface Chart {
  readonly name: string;
  /** A key of `PUBLISHERS`; `""` for one that the table does not know, `undefined` where nothing says it. */
  readonly publisher?: string | undefined;
  /** The publisher as a user named it, in `publisher/name`. */
  readonly called?: string | undefined;
  /** The repository or folder that it comes from, as something names it. */
  readonly source?: string | undefined;
  /** The version in use, or a range of versions. */
  readonly version?: string | undefined;
  /** The subchart whose values stand at a key of this chart's values; `undefined` where none is known. */
  readonly subchart: (key: string) => Chart | undefined;
}

/** How many charts may stand one inside the other: a Chart.yaml is input, and may name itself. */
export const DEEPEST_SUBCHART = 4;

/** A chart's name, as Chart.yaml has it: no path. */
const NAME = /^[A-Za-z0-9][\w.-]*$/;

/**
 * Whether a text can be a chart's name.
 *
 * @param text any text
 * @returns false for a path of a folder, and for an empty text
 */
export function isChartName(text: string): boolean {
  return NAME.test(text);
}

/**
 * A chart with its subcharts.
 *
 * @param name the chart's name
 * @param publisher see {@link Chart.publisher}
 * @param subchart finds subcharts by their key; what it does not find, the table is asked for
 */
export function chartWith(
  name: string,
  publisher: string | undefined,
  subchart: Chart["subchart"] = () => undefined,
): Chart {
  const self: Chart = { name, publisher, subchart: (key) => subchart(key) ?? subchartInTable(self, key) };
  return self;
}

/**
 * The chart of a name as a user writes it.
 *
 * @param text `name` or `publisher/name`
 */
export function chartNamed(text: string): Chart {
  const [publisher, name] = text.includes("/")
    ? [text.slice(0, text.indexOf("/")), text.slice(text.indexOf("/") + 1)]
    : [undefined, text];
  if (publisher === undefined) return chartWith(name, undefined);
  return { ...chartWith(name, publisherNamed(publisher, name)), called: publisher };
}

/**
 * The chart of a name from a repository.
 *
 * @param name the chart's name
 * @param source the repository's URL, or the name that a user gave it
 * @param version the version in use, where something says it
 * @returns the chart; `undefined` where the name is a path: a folder proves nothing
 */
export function chartFrom(name: string, source: string, version?: string): Chart | undefined {
  if (!isChartName(name)) return undefined;
  const called = publisherNamed(source, name);
  return {
    ...chartWith(name, publisherIn(source) ?? (called === "" ? undefined : called)),
    ...(source.includes("/") ? { source } : {}),
    ...(version === undefined || version === "" ? {} : { version }),
  };
}

function subchartInTable(chart: Chart, key: string): Chart | undefined {
  for (const { subcharts, publisher } of rowsOfChart(chart.name, chart.publisher).rows) {
    if (!subcharts || !Object.hasOwn(subcharts, key)) continue;
    const name = subcharts[key] ?? key;
    // The publisher of the parent's row publishes the subchart, too, unless the row names another one.
    return chartNamed(name.includes("/") ? name : `${publisher}/${name}`);
  }
  return undefined;
}
