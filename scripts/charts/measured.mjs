// Reads what was measured of charts: the verdicts on what our own `pin` wrote.
import { createHash } from "node:crypto";

/** The files that are pinned. */
export const FILES = {
  own: "the chart's own values, templates beside",
  unnamed: "a consumer's values, no chart named",
  taught: "a consumer's values, after `container-images charts --write`",
};

/**
 * The half of a publisher, by a fixed hash: charts of the half `looked` may be looked at while working, those
 * of `unseen` give only figures.
 *
 * @param owner of the repository of git
 */
export function halfOf(owner) {
  return createHash("sha1").update(owner.toLowerCase()).digest()[0] % 2 === 0 ? "looked" : "unseen";
}

/** The owner of the repository that a chart was read from. */
export const ownerOf = ({ repository }) => repository.split("/")[0];

/** What our own write made of the images in one of {@link FILES}. */
export const writes = (charts, file) =>
  charts.flatMap((chart) =>
    Object.entries(chart[file] ?? {}).map(([field, each]) => ({ chart, field, ...each })),
  );

/** Those that `eslint --fix` writes with default settings, and that ended so. */
export const fixes = (charts, file, ...verdicts) =>
  writes(charts, file).filter(
    ({ kind, verdict }) => kind === "fix" && (verdicts.length === 0 || verdicts.includes(verdict)),
  );

/** Where the templates say something for sure that Helm does not do. */
export const disagreements = (charts) =>
  charts.flatMap((chart) => (chart.disagreements ?? []).map((how) => ({ chart, how })));
