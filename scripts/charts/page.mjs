// docs/measurements/charts.md, from what was measured.
import { code, paragraph, share, table } from "./markdown.mjs";
import { disagreements, FILES, fixes, halfOf, ownerOf, writes } from "./measured.mjs";

const INTRODUCTION = [
  "# Charts: where a digest goes, proven by Helm",
  "",
  paragraph(
    "The wrong place for a digest is a label that Kubernetes refuses, a template that fails, or a",
    "digest that nothing reads. This page says what Helm made of public charts before and after our",
    "own `pin` wrote with default settings. It is the output of `scripts/prove-charts.mjs`, whose",
    "head says how to run it; the exit code is 1 where a write breaks a chart or is ignored by it, or",
    "where our reading of templates was surer than Helm.",
  ),
  "",
  paragraph(
    "Each chart is rendered with `helm template` (no cluster), once as it is and once with digests,",
    "and the two are compared value by value. **Right**: every rendered image that changed is the",
    "same reference with the digest added, or `repository@digest` where the chart drops the tag, and",
    "nothing else changed: no label, no version, no environment variable. A checksum of Helm's own",
    "output may change. **Broken**: something else changed. **Ignored**: the image is rendered and",
    "the digest is not. **Hidden**: the chart does not render the image, also not with the `enabled`",
    "switches above it on (or its subchart is not there): another image in its place changes nothing.",
    "Nothing can be said of it. What a chart asks for, by `required` or `fail`, is made up.",
  ),
  "",
  paragraph(
    "Publishers are split by the first byte of the SHA-1 of their name. Those of the half **looked**",
    "may be looked at while working; the half **unseen** only gives figures. Of each repository, at most",
    "the first 12 charts are taken, in the order of their folders (`--most 12`), so that a large one does",
    "not outweigh the rest.",
  ),
  "",
];

/**
 * The page.
 *
 * @param measured what was measured of each chart
 * @returns its text
 */
export function page({ charts: all, helm }) {
  const charts = all.filter(({ images }) => images);
  const skipped = all.filter(({ images }) => !images);
  return [
    ...INTRODUCTION,
    "## Totals",
    "",
    `Helm ${helm}. ${String(skipped.length)} more charts could not be measured (below).`,
    "",
    totals(charts),
    "",
    "## Fixes that break a chart, or that it ignores",
    "",
    bad(charts),
    "",
    "## Where reading was surer than Helm",
    "",
    list(disagreements(charts).map(({ chart, how }) => `${nameOf(chart)}: ${how}`)),
    "",
    "## Why images are not fixed that are not hidden",
    "",
    causes(charts),
    "",
    "## Publishers measured",
    "",
    table(["publisher", "half", "charts"], publishers(charts)),
    "",
    "## Not measured",
    "",
    list(skipped.map((chart) => `${nameOf(chart)}: ${chart.skipped}`)),
    "",
  ].join("\n");
}

function totals(charts) {
  const halves = ["looked", "unseen"].map((half) =>
    charts.filter((chart) => halfOf(ownerOf(chart)) === half),
  );
  const row = (name, of) => [name, ...halves.map(of)];
  return table(
    ["what", "looked", "unseen"],
    [
      row("charts, publishers", (its) => `${String(its.length)}, ${String(new Set(its.map(ownerOf)).size)}`),
      ...Object.entries(FILES).flatMap(([file, name]) => [
        row(`${name}: fixes that are right`, (its) => rightOf(its, file)),
        row("… images that are fixed, of those not hidden", (its) => fixedOf(its, file)),
      ]),
      row("reading surer than Helm", (its) => String(disagreements(its).length)),
    ],
  );
}

function rightOf(charts, file) {
  const [right, broken, ignored] = ["right", "breaks", "ignored"].map(
    (verdict) => fixes(charts, file, verdict).length,
  );
  return `${share(right, right + broken + ignored)}; ${String(broken)} broken, ${String(ignored)} ignored`;
}

function fixedOf(charts, file) {
  const shown = writes(charts, file).filter(({ verdict }) => verdict !== "hidden");
  return share(shown.filter(({ kind }) => kind === "fix").length, shown.length);
}

function bad(charts) {
  const rows = Object.keys(FILES).flatMap((file) =>
    fixes(charts, file, "breaks", "ignored").map(({ chart, field, verdict, how = [] }) => [
      nameOf(chart),
      file,
      code(field),
      verdict === "breaks" ? how.join("; ") : "ignored",
    ]),
  );
  return rows.length === 0 ? "None." : table(["chart", "file", "field", "how"], rows);
}

function causes(charts) {
  const counts = new Map();
  for (const file of Object.keys(FILES))
    for (const { kind, reason = "no evidence", verdict } of writes(charts, file))
      if (kind !== "fix" && verdict !== "hidden") count(counts, `${kind}: ${reason}`, file);
  const rows = [...counts].map(([cause, by]) => [
    cause,
    ...Object.keys(FILES).map((file) => String(by.get(file) ?? 0)),
  ]);
  return table(
    ["plan", ...Object.keys(FILES)],
    rows.sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

function count(counts, cause, file) {
  const by = counts.get(cause) ?? new Map();
  by.set(file, (by.get(file) ?? 0) + 1);
  counts.set(cause, by);
}

function publishers(charts) {
  const owners = new Map();
  for (const chart of charts) owners.set(ownerOf(chart), (owners.get(ownerOf(chart)) ?? 0) + 1);
  return [...owners]
    .sort(([one], [other]) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1))
    .map(([owner, charted]) => [owner, halfOf(owner), String(charted)]);
}

const nameOf = ({ repository, name, version }) => `${repository}: ${name} ${version}`;

const list = (lines) => (lines.length === 0 ? "None." : lines.map((line) => `- ${line}`).join("\n"));
