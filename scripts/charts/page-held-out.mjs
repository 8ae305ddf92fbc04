// The part of docs/measurements/charts.md about charts that nothing of ours was made with before.
import { HELD_OUT } from "./held-out.mjs";
import { paragraph, share, table } from "./markdown.mjs";

const HEAD = [
  "charts",
  "number",
  "unnamed: fixes that are right",
  "… charts of which all are right",
  "own values: fixes that are right",
  "charts that an unnamed file broke",
];

const cells = (set) => [share(...set.unnamed), share(...set.whole), set.own ? share(...set.own) : "–"];

/** A figure of all sets together: the part, and what it is a part of. */
const sum = (key) =>
  HELD_OUT.flatMap((set) => (set[key] ? [set[key]] : [])).reduce(
    ([part, all], [one, more]) => [part + one, all + more],
    [0, 0],
  );

/** The table, and what to read in it. */
export function heldOut() {
  const charts = HELD_OUT.reduce((total, set) => total + set.charts, 0);
  const all = { unnamed: sum("unnamed"), whole: sum("whole"), own: sum("own") };
  return [
    paragraph(
      "Charts were measured before a row, an image or a rule of ours had been made with them. `own values`:",
      "with the `Chart.yaml` and the templates beside the file, which are read. `unnamed`: a consumer's file",
      "with `repository` and `tag`, of which nothing says which chart it is for.",
    ),
    "",
    table(HEAD, [
      ...HELD_OUT.map((set) => [set.which, String(set.charts), ...cells(set), set.breaks]),
      ["all", String(charts), ...cells(all), ""],
    ]),
    "",
    paragraph(
      "In a chart's own values nothing broke: its templates show what it does with a tag. In an unnamed file",
      "nothing shows it, and about one chart in thirteen of which nothing is known breaks: most copy the tag",
      "into a label. Failures come in heaps: two charts make 38 of the 59. What a team can do: say which",
      "chart a file is for (`settings.charts`, or the `HelmRelease` or `Application` around the values), or",
      'set `unknownCharts: "suggest"`, where no chart may break that nobody has looked at.',
    ),
    "",
    paragraph(
      "Not in the charts below is what wiremind publishes (one chart of C): its `nginx` writes the tag of",
      "`docker.io/library/nginx` into a label, and that image is too common, and right in too many charts,",
      "to be lowered for all.",
    ),
  ].join("\n");
}
