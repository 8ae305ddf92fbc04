// Says which settings do nothing: exemptions that match no image, globs that name no file, and names of
// charts that are not known.
import { resolve } from "node:path";
import { chartNamed } from "../charts/chart.js";
import { builtInFacts } from "../charts/facts/built-in.js";
import { rowsOfFacts } from "../charts/facts/rows-of-facts.js";
import { PUBLISHERS } from "../charts/publishers.js";
import { CHART_ROWS } from "../charts/table.js";
import { exemptable, exemptionFor, matchesFile, matchesRepository } from "../exempt.js";
import { displayText } from "../reference/display.js";
import { parseReference } from "../reference/reference.js";
import type { Exemption } from "../settings/settings.js";
import { isFile } from "../stat-of.js";
import type { Survey } from "./survey.js";

/** How many characters of a name are compared. */
const LONGEST = 64;

/**
 * The exemptions that match nothing. Each is tried alone: another, wider one may cover the same images.
 *
 * @param surveyed the project's image fields and settings
 */
export function unmatchedExemptions({ files, settings }: Survey): readonly Exemption[] {
  const entries = new Map<string, Exemption>();
  for (const { exempt } of settings) for (const entry of exempt) entries.set(JSON.stringify(entry), entry);
  const matched = new Set<string>();
  for (const { found, path, settings: own } of files) {
    for (const entry of own.exempt) {
      const key = JSON.stringify(entry);
      const alone = { ...own, exempt: [entry] };
      if (!matched.has(key) && found.some(({ field }) => exemptionFor(exemptable(field), path, alone)))
        matched.add(key);
    }
  }
  return [...entries].flatMap(([key, entry]) => (matched.has(key) ? [] : [entry]));
}

/**
 * An exemption that matches nothing, in words, with what it would have to say.
 *
 * @param surveyed whose images may be meant
 */
export function unmatchedText(entry: Exemption, surveyed: Survey): string {
  const { image, files, field, reason } = entry;
  const parts = Object.entries({ image, files, field }).flatMap(([name, globs]) =>
    globs ? [`${name} ${globs.join(", ")}`] : [],
  );
  const advice = adviceFor(entry, surveyed);
  return displayText(`${parts.join("; ")} (${reason})${advice === undefined ? "" : `; ${advice}`}`, 300);
}

/** Which part of an exemption fits nothing, if that can be told. */
function adviceFor(entry: Exemption, surveyed: Survey): string | undefined {
  const { image, files, field } = entry;
  const where = files || field ? placeOf(entry, surveyed) : undefined;
  // These paths may be a part of the project.
  if (files && !surveyed.paths.some((path) => matchesFile(path, files)))
    return [
      `no file in these paths is called ${files.join(", ")}`,
      ...(where === undefined ? [] : [where]),
    ].join("; ");
  const meant = image?.flatMap((glob) => meantBy(glob, surveyed) ?? []) ?? [];
  return meant.length > 0 ? `an image is named as ${meant.join(", ")}` : where;
}

/** Where an image stands that an exemption names: its other parts do not fit there. */
function placeOf({ image, reason }: Exemption, surveyed: Survey): string | undefined {
  if (!image) return undefined;
  const alone = [{ image, reason }];
  const file = surveyed.files.find(({ found, path, settings }) =>
    found.some(({ field }) => exemptionFor(exemptable(field), path, { ...settings, exempt: alone })),
  )?.file;
  return file === undefined ? undefined : `such an image is in ${file}`;
}

/** The glob with registry and path, as images are compared; `undefined` where it has them. */
function meantBy(glob: string, { files }: Survey): string | undefined {
  const names = files.flatMap(({ found }) =>
    found.flatMap(({ field: { reference } }) =>
      reference ? [`${reference.domain}/${reference.repository}`] : [],
    ),
  );
  const colon = glob.lastIndexOf(":");
  const tag = colon > glob.lastIndexOf("/") ? glob.slice(colon) : "";
  const name = tag === "" ? glob : glob.slice(0, colon);
  if (names.some((repository) => matchesRepository(repository, [name]))) return undefined;
  const wider = [`docker.io/library/${name}`, `docker.io/${name}`, `*/${name}`, `**/${name}`];
  const found = wider.find((each) => names.some((repository) => matchesRepository(repository, [each])));
  if (found !== undefined) return `${found}${tag}`;
  const parsed = parseReference(name);
  if (!parsed.ok) return undefined;
  const { domain, repository } = parsed.reference;
  const whole = `${domain}/${repository}`;
  return whole === name ? undefined : `${whole}${tag}`;
}

/**
 * A line for each name in the setting `charts` that the table lacks, with the nearest name that it has.
 *
 * @param surveyed whose settings are looked at
 */
function chartNotices({ settings }: Survey): readonly string[] {
  const facts = [builtInFacts(), ...[...settings].map(({ chartFacts }) => chartFacts)];
  const charts = new Set([...CHART_ROWS, ...facts.flatMap((each) => each.charts)].map(({ chart }) => chart));
  const publishers = new Set(Object.keys(PUBLISHERS));
  // Of a chart with its repository, `charts --write` finds out what it takes.
  const named = new Set(
    [...settings].flatMap((each) =>
      each.charts.flatMap(({ chart, repository }) => (repository === undefined ? [chart] : [])),
    ),
  );
  return [...named].flatMap((written) => {
    if (facts.some((each) => rowsOfFacts(each, chartNamed(written)).length > 0)) return [];
    const slash = written.lastIndexOf("/");
    const publisher = slash === -1 ? undefined : written.slice(0, slash);
    const chart = written.slice(slash + 1);
    const whose = publisher === undefined || publishers.has(publisher) ? undefined : publisher;
    // A publisher's `*` row is for all its charts.
    const covered = CHART_ROWS.some((row) => row.publisher === publisher && row.chart === "*");
    const unknown = whose ?? (charts.has(chart) || covered ? undefined : chart);
    if (unknown === undefined) return [];
    const [kind, names] =
      whose === undefined ? (["chart", charts] as const) : (["publisher", publishers] as const);
    const near = nearest(unknown, names);
    const advice = near === undefined ? "" : `; did you mean ${near}?`;
    return [`charts: no ${kind} ${displayText(unknown)} is known${advice}`];
  });
}

/** The known name with the fewest differences, if it is near at all. */
function nearest(name: string, known: Iterable<string>): string | undefined {
  // Of a short name, two differences leave nothing.
  const most = name.length < 5 ? 1 : Math.max(2, Math.ceil(name.length / 3));
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const each of known) {
    const distance = differences(name.slice(0, LONGEST), each);
    if (distance < (best?.distance ?? most + 1)) best = { name: each, distance };
  }
  return best?.name;
}

/** How many characters must be added, removed or replaced (Levenshtein). */
function differences(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++)
      next.push(
        Math.min(
          (row[to] ?? 0) + 1,
          (next[to - 1] ?? 0) + 1,
          (row[to - 1] ?? 0) + (one[at - 1] === other[to - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** A line for each entry of the settings `files` and `charts` whose globs name none of the files. */
function globNotices({ settings, paths }: Survey): readonly string[] {
  const rules = [...settings].flatMap(({ files, charts }) => [
    ...files.map((rule) => ({ of: "files", globs: rule.files, what: `kind ${rule.kind}` })),
    ...charts.map((rule) => ({ of: "charts", globs: rule.files, what: `chart ${rule.chart}` })),
  ]);
  const lines = rules
    .filter(({ globs }) => !paths.some((path) => matchesFile(path, globs)))
    .map(
      ({ of, globs, what }) =>
        `${of}: no file in these paths is called ${displayText(globs.join(", "), 200)} (${what})`,
    );
  return [...new Set(lines)];
}

/**
 * The lines for standard error about settings that do nothing.
 *
 * @param options the paths that the user named: where all of them are files, as in a pre-commit hook, they
 *   are a part of the project, and an exemption for the rest of it is no mistake
 */
export function settingsNotices(
  surveyed: Survey,
  { cwd, paths }: { readonly cwd: string; readonly paths: readonly string[] },
): readonly string[] {
  const partial = paths.length > 0 && paths.every((path) => isFile(resolve(cwd, path)));
  const unmatched = partial ? [] : unmatchedExemptions(surveyed);
  return [
    ...(partial ? [] : globNotices(surveyed)),
    ...unmatched.map((entry) => `exempts nothing: ${unmatchedText(entry, surveyed)}`),
    ...chartNotices(surveyed),
  ];
}
