// The totals of docs/measurements/charts.md.
import { share, table } from "./markdown.mjs";
import { count, FILES, inTheTag, isArchive, ownerOf, rowsOf, writes } from "./measured.mjs";

const rate = (verdicts) => share(count(verdicts, "right"), count(verdicts, "right", "breaks"));

/**
 * The table of totals.
 *
 * @param charts those measured
 * @param skipped those that could not be measured
 * @param broken writes that broke a chart
 */
export function totals(charts, skipped, broken) {
  return table(
    ["what", "measured"],
    [...ofCharts(charts, skipped), ...ofFixes(charts), ...ofSuggestions(charts, broken)],
  );
}

function ofCharts(charts, skipped) {
  const publishers = new Set(charts.map(ownerOf));
  const images = charts.flatMap(({ images: its }) => its);
  const unknown = charts.filter((chart) => rowsOf(chart).length === 0);
  const recent = charts.filter((chart) => !isArchive(chart));
  return [
    [
      "charts, publishers, images",
      `${String(charts.length)}, ${String(publishers.size)}, ${String(images.length)}; ` +
        `${String(skipped.length)} more could not be measured (below)`,
    ],
    ["were no chart known: images for which appending to the tag is right", rate(inTheTag(charts))],
    ["… charts in which it is right for every image", wholeCharts(charts)],
    [
      "… the same without the archives helm/charts and openstack",
      `${rate(inTheTag(recent))}; charts ${wholeCharts(recent)}`,
    ],
    [
      "were no chart and no image known: fixes that signs in a consumer's mapping leave, and that are right",
      rate(unlowered(charts)),
    ],
    ["charts that the table does not know: images for which appending is right", rate(inTheTag(unknown))],
  ];
}

/**
 * The share of charts in which appending to the tag is right for every image, of those that show it for one.
 */
function wholeCharts(charts) {
  const shown = charts.filter((chart) => count(inTheTag([chart]), "right", "breaks") > 0);
  return share(shown.filter((chart) => count(inTheTag([chart]), "breaks") === 0).length, shown.length);
}

/** What would become of a consumer's images if only signs in their mappings lowered a fix. */
function unlowered(charts) {
  return charts.flatMap((chart) =>
    Object.entries(chart.override ?? {})
      .filter(([, { kind, reason }]) => kind === "fix" || (kind === "suggest" && reason === "chart-unknown"))
      .map(([field]) => chart.forms?.[field]?.["in the tag"]),
  );
}

const FILE_NAMES = {
  defaults: "the chart's own values",
  override: "a consumer's file of an unnamed chart",
  named: "a consumer's file of a named chart",
};

function ofFixes(charts) {
  return FILES.map((file) => {
    const fixes = writes(charts, file, "fix");
    const unseen = `ignored ${String(count(fixes, "ignored"))}, hidden ${String(count(fixes, "hidden"))}`;
    return [`fixes in ${FILE_NAMES[file]} that are right`, `${rate(fixes)}; ${unseen}`];
  });
}

function ofSuggestions(charts, broken) {
  const right = charts.flatMap((chart) =>
    Object.entries(chart.override ?? {}).filter(
      ([field, { kind }]) => kind === "suggest" && chart.forms?.[field]?.["in the tag"]?.verdict === "right",
    ),
  );
  return [
    [
      "suggestions instead of fixes: own values, unnamed, named",
      FILES.map((file) => String(writes(charts, file, "suggest").length)).join(", "),
    ],
    ["… of which appending would have been right (unnamed)", String(right.length)],
    ["writes that break a chart", String(broken.length)],
  ];
}
