// The part of docs/measurements/charts.md that says what was measured of each chart.
import { code, table } from "./markdown.mjs";
import { FILES, ownerOf } from "./measured.mjs";

/**
 * A table for each repository.
 *
 * @param charts those measured
 * @returns lines
 */
export function repositories(charts) {
  const byRepository = Map.groupBy
    ? Map.groupBy(charts, ({ repository }) => repository)
    : charts.reduce(
        (map, chart) => map.set(chart.repository, [...(map.get(chart.repository) ?? []), chart]),
        new Map(),
      );
  return [...byRepository].flatMap(([repository, its]) => [
    `### ${repository} at ${code(its[0].commit)}`,
    "",
    table(
      ["chart", "version", "works", "breaks, and how", "our write: own values; unnamed; named"],
      its.map(chartRow),
    ),
    "",
  ]);
}

function chartRow(chart) {
  const outcomes = (wanted) =>
    Object.entries(groupForms(chart, wanted))
      .map(([outcome, fields]) => `${outcome}: ${list(fields)}`)
      .join("; ") || "–";
  return [
    `${chart.name}${chart.without ? ` (without ${chart.without.join(", ")})` : ""}`,
    chart.version,
    outcomes("right"),
    outcomes("breaks"),
    FILES.map((file) => decided(chart[file])).join("; "),
  ];
}

/** The fields of a chart by what became of them: all with the same outcome are together. */
function groupForms(chart, wanted) {
  const groups = {};
  for (const [field, forms] of Object.entries(chart.forms ?? {})) {
    for (const [form, { verdict, form: written, how = [] }] of Object.entries(forms)) {
      // That a schema refuses keys which nobody would write says nothing.
      if (
        verdict !== wanted ||
        (wanted === "breaks" &&
          form !== "in the tag" &&
          /values don't meet|Additional property|additional properties/i.test(how.join(" ")))
      )
        continue;
      if (form === "digest, useDigest" && forms.digest?.verdict === verdict) continue;
      const outcome =
        wanted === "right"
          ? `${form}${written === "no-tag" ? " (tag dropped)" : ""}`
          : `${form} (${how.join(", ")})`;
      (groups[outcome] ??= []).push(field);
    }
  }
  return groups;
}

function list(fields) {
  const shown = fields.slice(0, 4).map((field) => code(field === "" ? "(root)" : field));
  return `${shown.join(", ")}${fields.length > 4 ? ` and ${String(fields.length - 4)} more` : ""}`;
}

/** What our own write decided in a file, and how often. */
function decided(file) {
  const kinds = {};
  for (const { kind, verdict } of Object.values(file ?? {})) {
    const name = kind === "fix" ? `fix ${verdict ?? ""}`.trim() : kind === "suggest" ? "suggest" : "no fix";
    kinds[name] = (kinds[name] ?? 0) + 1;
  }
  return (
    Object.entries(kinds)
      .map(([kind, number]) => `${String(number)} ${kind}`)
      .join(", ") || "–"
  );
}

/**
 * Why charts could not be measured.
 *
 * @param skipped those charts
 * @returns lines
 */
export function reasons(skipped) {
  const groups = new Map();
  for (const chart of skipped) {
    const reason = (chart.skipped ?? "").replace(/\s+/g, " ");
    groups.set(reason, [...(groups.get(reason) ?? []), `${ownerOf(chart)}/${chart.name}`]);
  }
  return [...groups].map(([reason, names]) => `- ${reason}: ${names.join(", ")}`);
}
