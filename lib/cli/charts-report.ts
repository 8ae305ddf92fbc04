// Prints what `charts` found out: a table for people, or JSON (schemas/charts-report.schema.json).
import { displayText } from "../reference/display.js";
import { NO_REPOSITORY } from "../proof/get-chart.js";
import type { FactDigest, ImageFact } from "../settings/chart-facts.js";
import type { ChartOutcome } from "./charts-learn.js";
import { toTable, type Cell } from "./table.js";
import type { Terminal } from "./terminal.js";

/** The most characters of a chart's or image's name in the table. */
const NAME = 40;
const PLACE = 24;
const SHORTEST = 40;
/** What to do about {@link NO_REPOSITORY}. */
export const NAME_REPOSITORY = "add its `repository` to the setting `charts`";
/** How many charts one line names. */
const MOST_NAMES = 5;

/** Where a digest goes, in a few words. */
function digestPlace(digest: FactDigest): string {
  switch (digest.to) {
    case "reference":
      return "reference";
    case "tag":
      return "tag";
    case "key":
      return `key ${digest.key}${digest.style === "bare" ? ", digits alone" : ""}`;
    case "none":
      return `nothing: ${digest.message}`;
  }
}

/**
 * Lays out what every image of every chart takes.
 *
 * @param outcomes what became of each chart
 * @param terminal its width and colours
 * @returns the table, with the counts below it
 */
export async function chartsTable(
  outcomes: readonly ChartOutcome[],
  { paint, columns }: Pick<Terminal, "paint" | "columns">,
): Promise<string> {
  if (outcomes.length === 0) return "no chart found\n";
  const rows = outcomes.flatMap(rowsOf);
  const widthOf = (index: number): number => Math.max(...rows.map((row) => row[index]?.length ?? 0));
  const others = [0, 1, 2, 3, 5].reduce((sum, index) => sum + widthOf(index) + 2, 0);
  const room = columns === undefined ? 300 : Math.max(columns - others, SHORTEST);
  const head = ["chart", "version", "used", "image", "digest", "evidence"];
  const table = await toTable([
    head.map((text): Cell => ({ text, paint: (each) => paint("bold", each) })),
    ...rows.map((row) => row.map((text, index): Cell => cellOf(text, index, room, paint))),
  ]);
  return `${table}\n${summaryOf(outcomes)}\n`;
}

function cellOf(text: string, index: number, room: number, paint: Terminal["paint"]): Cell {
  if (index !== 4) return { text };
  const colour = text.startsWith("nothing") ? "red" : text.startsWith("not ") ? "yellow" : "green";
  return { text: displayText(text, room), paint: (each) => paint(colour, each) };
}

/** An image's path. The parts of one may stand at the root of the values. */
function placeOf(path: string): string {
  return path === "" ? "(the values' root)" : displayText(path, NAME);
}

/** The rows of a chart: its own columns stand in the first one only. */
function rowsOf({ used, version, learnt, failure }: ChartOutcome): readonly (readonly string[])[] {
  const its = [
    displayText(used.chart, NAME),
    displayText(version ?? used.version ?? "", PLACE),
    String(used.uses.length),
  ];
  const images = (learnt?.images ?? []).map((image) => [
    placeOf(image.path),
    digestPlace(image.digest),
    image.evidence,
  ]);
  const unknown = (learnt?.unknown ?? []).map((path) => [placeOf(path), "not known", ""]);
  const rows = [...images, ...unknown];
  if (rows.length === 0) rows.push(["", failure ? `not read: ${whyNot(failure)}` : "no image", ""]);
  return rows.map((row, index) => [...(index === 0 ? its : ["", "", ""]), ...row]);
}

function whyNot(failure: NonNullable<ChartOutcome["failure"]>): string {
  return "host" in failure ? `${failure.host} is not trusted` : failure.message;
}

function summaryOf(outcomes: readonly ChartOutcome[]): string {
  const images = outcomes.flatMap(({ learnt }) => learnt?.images ?? []);
  const unknown = outcomes.reduce((sum, { learnt }) => sum + (learnt?.unknown.length ?? 0), 0);
  const taking = images.filter(({ digest }) => digest.to !== "none").length;
  const read = outcomes.filter(({ learnt }) => learnt).length;
  return (
    `${counted(outcomes.length, "chart")}, ${String(read)} looked at; ` +
    `${counted(images.length + unknown, "image")}: ${String(taking)} take a digest, ` +
    `${String(images.length - taking)} take none, ${String(unknown)} not known`
  );
}

/**
 * A number of things in words.
 *
 * @param count how many
 * @param what one of them
 */
export function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? "" : "s"}`;
}

/**
 * Prints what is missing, grouped by its reason.
 *
 * @param outcomes what became of each chart
 * @param problems of finding the uses, a line each
 * @param terminal where to
 */
export function reportProblems(
  outcomes: readonly ChartOutcome[],
  problems: readonly string[],
  { warn }: Pick<Terminal, "warn">,
): void {
  const hosts = new Map<string, string[]>();
  const reasons = new Map<string, string[]>();
  const add = (groups: Map<string, string[]>, key: string, chart: string): void => {
    groups.set(key, [...(groups.get(key) ?? []), chart]);
  };
  for (const { used, failure } of outcomes)
    if (failure)
      if ("host" in failure) add(hosts, failure.host, used.chart);
      else add(reasons, failure.message, used.chart);
  for (const [host, charts] of hosts)
    warn(`not contacted: add \`${displayText(host)}\` to the setting \`registries\` (${namesOf(charts)})`);
  for (const [reason, charts] of reasons)
    warn(`not read (${namesOf(charts)}): ${reason}${reason === NO_REPOSITORY ? `; ${NAME_REPOSITORY}` : ""}`);
  for (const { used, problems: own, learnt } of outcomes) {
    for (const line of own) warn(`${displayText(used.chart)}: ${displayText(line, 300)}`);
    for (const line of learnt?.disagreements ?? [])
      warn(`${displayText(used.chart)}: ${displayText(line, 300)}; this is a bug of ours: please report it`);
  }
  for (const line of problems) warn(displayText(line, 300));
}

function namesOf(charts: readonly string[]): string {
  const names = [...new Set(charts)].map((chart) => displayText(chart, NAME));
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(", ")} and ${String(more)} more` : names.join(", ");
}

/**
 * The document of `--format json`.
 *
 * @param outcomes what became of each chart
 * @param problems of finding the uses, a line each
 * @param helm the version of the Helm that was used
 */
export function chartsJson(
  outcomes: readonly ChartOutcome[],
  problems: readonly string[],
  helm: string | undefined,
): string {
  const document = {
    helm: helm ?? null,
    charts: outcomes.map(({ used, version, learnt, failure, problems: own }) => ({
      chart: used.chart,
      source: used.source ?? null,
      wanted: used.version ?? null,
      version: version ?? null,
      uses: used.uses.map(({ namedBy: { mechanism, file, line } }) => ({ mechanism, file, line })),
      images: (learnt?.images ?? []).map(imageRow),
      unknown: learnt?.unknown ?? [],
      failure: failure ? ("host" in failure ? `not contacted: ${failure.host}` : failure.message) : null,
      host: failure && "host" in failure ? failure.host : null,
      problems: [...own, ...(learnt?.disagreements ?? [])],
    })),
    problems,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function imageRow({ path, reference, digest, tagIs, evidence }: ImageFact): object {
  return { path, reference, digest, tagIs: tagIs ?? [], evidence };
}
