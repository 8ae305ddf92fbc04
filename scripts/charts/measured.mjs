// Reads what was measured: which verdicts there are, by chart and by file.
import { chartNamed } from "../../build/lib/charts/chart.js";
import { rowsOfChart } from "../../build/lib/charts/rows-of-chart.js";

/**
 * The files that our own `pin` writes for each chart: its own values, and a consumer's without and with its
 * name.
 */
export const FILES = ["defaults", "override", "named"];

/** The owner of the repository that a chart was read from. */
export const ownerOf = ({ repository }) => repository.split("/")[0];

/** The chart as the table knows it. */
export const namedChart = (chart) => chartNamed(`${ownerOf(chart)}/${chart.name}`);

/** The rows of the chart table for a chart. */
export const rowsOf = (chart) => rowsOfChart(chart.name, namedChart(chart).publisher).rows;

/** How many of some verdicts are one of those wanted. */
export const count = (verdicts, ...wanted) =>
  verdicts.filter((each) => wanted.includes(each?.verdict)).length;

/** Whether a chart is of an archive. They hold many charts of one kind, which would outweigh the others. */
export function isArchive({ repository }) {
  return repository === "helm/charts" || repository === "openstack/openstack-helm";
}

/** What became of a digest in the tag, for each image of some charts. */
export const inTheTag = (charts) =>
  charts.flatMap(({ forms = {} }) => Object.values(forms).map((each) => each["in the tag"]));

/**
 * What our own write made of the images in one of {@link FILES}, for some charts: those of one kind of plan.
 */
export const writes = (charts, file, kind) =>
  charts.flatMap((chart) => Object.values(chart[file] ?? {}).filter((each) => each.kind === kind));

/** Writes that `eslint --fix` makes with default settings, and that broke a chart. */
export function brokenWrites({ charts }) {
  return charts.flatMap((chart) =>
    FILES.flatMap((file) =>
      Object.entries(chart[file] ?? {}).flatMap(([field, { kind, verdict, how = [] }]) =>
        kind === "fix" && verdict === "breaks"
          ? [{ chart: `${ownerOf(chart)}/${chart.name}`, file, field, how }]
          : [],
      ),
    ),
  );
}
