// The parts of docs/measurements/charts.md that come from the chart table.
import { CHART_ROWS } from "../../build/lib/charts/table.js";
import { TAG_USES } from "../../build/lib/charts/tag-uses.js";
import { verdictAt } from "../../build/lib/charts/verdict.js";
import { SUFFIX_KEYS } from "../../build/lib/vocabulary/keys.js";
import { code, paragraph, table } from "./markdown.mjs";
import { namedChart, rowsOf } from "./measured.mjs";
import { segmentsOf } from "../../build/lib/proof/chart-images.js";

/** What makes a suggestion of a fix. */
export function lowering() {
  return [
    `- A key beside the tag that makes the chart add to it: ${SUFFIX_KEYS.map(code).join(", ")}.`,
    "- The mapping is `global`: several images take its tag.",
    paragraph(
      "- With a `Chart.yaml` beside the file, a template of that chart that uses the tag for something",
      "besides the image: a label, a version, an argument, another image, a comparison. The templates are",
      "parsed, and each value is followed through variables, `include` and the functions that put texts",
      "together.",
    ),
    paragraph(
      "- With a `Chart.yaml` beside the file, a template that prints the image's whole mapping, or one above",
      "it, as text (`toYaml .Values.agent | sha256sum`), or that makes a version or a label of the mapping;",
      "and one that splits a reference in one string into its parts.",
    ),
    paragraph(
      "- With a `values.schema.json` beside the file, a schema that refuses what would be written: then",
      "there is no suggestion either.",
    ),
    "- A bare chart name that several publishers have.",
    "- In values of a chart of which nothing is known, an image of a chart for which appending is wrong:",
    "",
    table(
      ["image", "of the chart"],
      CHART_ROWS.flatMap(({ chart, publisher, lowers = [] }) =>
        lowers.map((glob) => [code(glob), `${publisher}/${chart}`]),
      ),
    ),
  ].join("\n");
}

/**
 * The chart table, with what Helm proved of it.
 *
 * @param charts those measured
 */
export function chartTable(charts) {
  const rows = CHART_ROWS.flatMap((row) => {
    const its = charts.filter((chart) => rowsOf(chart).includes(row));
    return row.images.map((images) => {
      const measured = its.filter((chart) => isRendered(chart, images));
      return [
        `${row.publisher}/${row.chart}`,
        images.path
          .map((path) => code(path.map((step) => (step === "**" ? "…" : step)).join(".")))
          .join(", "),
        code(images.composition),
        decision(images.digest),
        (images.tagIs ?? []).map((use) => TAG_USES[use]).join("; ") || "–",
        measured.length === 0 ? "read" : `rendered (${String(measured.length)})`,
        row.source,
      ];
    });
  });
  return table(
    ["chart", "images", "composition", "our decision", "beside the image", "proof", "source"],
    rows,
  );
}

/** Whether Helm rendered an image of these with a digest, and so showed what the chart does with it. */
function isRendered(chart, images) {
  const fields = Object.keys(chart.forms ?? {}).filter(
    (field) => verdictAt(namedChart(chart), segmentsOf(field))?.images === images,
  );
  return fields.some((field) =>
    [chart.named?.[field], ...Object.values(chart.forms[field])].some((each) =>
      ["right", "breaks"].includes(each?.verdict),
    ),
  );
}

/** Where the digest goes, in words. */
function decision(digest) {
  if (digest.to === "tag") return "behind the tag";
  if (digest.to === "suggest") return `suggested: ${digest.message}`;
  if (digest.to === "none") return `no fix: ${digest.message.split(";")[0]}`;
  const beside = Object.entries(digest.with ?? {}).map(([key, value]) => `, with \`${key}: ${value}\``);
  const style = digest.style === "bare" ? "bare digits" : "with `sha256:`";
  return `${code(digest.key)}, ${style}${beside.join("")}`;
}
