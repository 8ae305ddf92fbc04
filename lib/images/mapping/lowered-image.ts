// Images of known charts that take their digest elsewhere: in values of an unknown chart they are in doubt.
import { CHART_ROWS } from "../../charts/table.js";
import type { Reference } from "../../reference/reference.js";
import type { ImageField } from "../field.js";

/** Images by name, `*` being anything within a segment, and their chart; the first row counts. */
const LOWERED = CHART_ROWS.flatMap(({ chart, lowers = [] }) =>
  lowers.map((name) => ({ chart, name, pattern: name.includes("*") ? patternOf(name) : undefined })),
);

function patternOf(name: string): RegExp {
  const literals = name.split("*").map((literal) => literal.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literals.join("[^/]*")}$`);
}

/**
 * Whether an image is of a chart for which appending to the tag would be wrong. In values of which the chart
 * is not known, that is enough for a suggestion instead of a fix, and never for more.
 *
 * @param reference the image
 * @returns why a fix there is only a suggestion; `undefined` where no chart speaks against it
 */
export function loweredBy({ domain, repository }: Reference): ImageField["doubt"] {
  const image = `${domain}/${repository}`;
  const row = LOWERED.find(({ name, pattern }) => (pattern ? pattern.test(image) : name === image));
  return (
    row && {
      reason: "chart-unknown",
      message: `the chart ${row.chart} takes its digest elsewhere; name yours in \`settings.charts\``,
    }
  );
}
