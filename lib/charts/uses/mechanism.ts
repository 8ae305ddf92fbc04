// What the mechanisms share: the table's row, and how a use is put together.
import type { ChartUse, Mechanism, ValuesPlace } from "./chart-use.js";
import { holdsSomething, lineOf, type YamlNode } from "./document.js";
import { plainText } from "./paths.js";
import type { NamedChart } from "./references.js";
import type { Survey } from "./survey.js";

/** A way in which files name charts. */
export interface MechanismRow {
  readonly mechanism: Mechanism;
  /** The kinds of resources that it asks for. */
  readonly kinds?: readonly string[];
  /** Whether a text is a file of this mechanism, whatever its name. */
  readonly looksLike?: (text: string) => boolean;
  readonly find: (survey: Survey) => readonly ChartUse[];
}

/**
 * A use of a chart.
 *
 * @param mechanism by what it is named
 * @param place the node that names it
 * @param named the chart; its own version counts where `version` is not written
 * @param version as it is written; left out where another tool fills in a part of it
 * @param values what holds values; what is `undefined` is left out
 * @param isWhole whether it surely gets no others
 */
export function useOf(
  mechanism: Mechanism,
  place: YamlNode,
  named: NamedChart,
  version: string | undefined,
  values: readonly (ValuesPlace | undefined)[],
  isWhole = false,
): ChartUse {
  return {
    chart: named.chart,
    from: named.from,
    version: version === undefined ? named.version : plainText(version),
    values: values.filter((each) => each !== undefined),
    isWhole,
    namedBy: { mechanism, file: place.source.file, line: lineOf(place) },
  };
}

/** A node as a place of values: a mapping or a text; `undefined` where nothing stands there. */
export function inline(node: YamlNode | undefined): ValuesPlace | undefined {
  if (!holdsSomething(node)) return undefined;
  const { source, path, document } = node;
  return { kind: "inline", file: source.file, path, ...(document === 0 ? {} : { document }) };
}
