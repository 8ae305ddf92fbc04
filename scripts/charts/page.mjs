// docs/measurements/charts.md, from what was measured and from the chart table.
import { code, paragraph, table } from "./markdown.mjs";
import { brokenWrites, isArchive } from "./measured.mjs";
import { repositories, reasons } from "./page-charts.mjs";
import { heldOut } from "./page-held-out.mjs";
import { tried } from "./page-signs.mjs";
import { chartTable, lowering } from "./page-table.mjs";
import { totals } from "./page-totals.mjs";

const INTRODUCTION = [
  "# Charts: where a digest goes, proven by Helm",
  "",
  paragraph(
    "Which form of a digest a chart takes is not a matter of taste: the wrong one is a label that",
    "Kubernetes refuses, a template that fails, or a digest that nothing reads. This page says what Helm",
    "made of real charts before and after a digest was written, and what follows from it. It is the output",
    "of `scripts/prove-charts.mjs`, whose head says how to run it.",
  ),
  "",
  "## How it is measured",
  "",
  paragraph(
    "Each chart is rendered with `helm template` (no cluster), once as it is and once with digests, and",
    "the two are compared value by value. **Right** means: every rendered image that changed is the same",
    "reference with the digest added, or `repository@digest` where the chart drops the tag, and nothing",
    "else in the output changed: no label, no version, no environment variable, no failure. A checksum",
    "annotation of Helm's own output may change, and so may the parts of an image (`repository`, `image`,",
    "`version`) that a resource hands to an operator. **Ignored**: the image is rendered and the digest is",
    "not. **Hidden**: the chart does not render the image, also not with the `enabled` switches above it",
    "on.",
  ),
  "",
  paragraph(
    "Three files are pinned by our own `pin`, with default settings: the chart's own `values.yaml` beside",
    "its `Chart.yaml`; a consumer's file that overrides every image with repository and tag and of which",
    "nothing says which chart it is for; and the same file with `settings.charts`. Each form is also tried",
    "on the consumer's file by itself, whatever we decide.",
  ),
  "",
];

/**
 * The page.
 *
 * @param measured what was measured of each chart
 * @returns its text
 */
export function page(measured) {
  const charts = measured.charts.filter(({ images }) => images);
  const skipped = measured.charts.filter(({ images }) => !images);
  const broken = brokenWrites(measured);
  return [
    ...INTRODUCTION,
    "## Totals",
    "",
    totals(charts, skipped, broken),
    "",
    paragraph(
      "What a chart does is in the table as soon as it was seen to break, and so are its images among those",
      "that lower a fix. So the rows for charts that are known to us say how well the table fits, and not",
      'what to expect of other charts: that is what the rows that begin with "were no chart …" say.',
    ),
    "",
    "## Charts that nothing had been made with",
    "",
    heldOut(),
    "",
    "## Signs that do not help",
    "",
    ...tried(charts.filter((chart) => !isArchive(chart))),
    "",
    "## Writes of `eslint --fix` that break a chart",
    "",
    breaking(broken),
    "",
    "## What lowers a fix to a suggestion",
    "",
    lowering(),
    "",
    "## The chart table",
    "",
    paragraph(
      "A known chart decides where the digest goes, also where the user's file lacks the key. Which chart a",
      "file is for, says `settings.charts`, a `Chart.yaml` beside it (for subcharts by their name or alias),",
      "or the `HelmRelease` or `Application` that holds the values. In a composition, what stands in `[…]`",
      "is written only where its keys hold something, and of `a|b` the first that does.",
    ),
    "",
    chartTable(charts),
    "",
    "## Charts measured",
    "",
    "Form: what a consumer may write, and what became of it; images with the same outcome are together.",
    "",
    ...repositories(charts),
    "",
    "## Not measured",
    "",
    ...reasons(skipped),
    "",
  ].join("\n");
}

function breaking(writes) {
  if (writes.length === 0) return "None.";
  return table(
    ["chart", "file", "field", "how"],
    writes.map(({ chart, file, field, how }) => [chart, file, code(field), how.join("; ")]),
  );
}
