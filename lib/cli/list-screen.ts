// The table of `list` on a terminal: as wide as the terminal, what matters first, and below it why images are
// not pinned.
import { displayText } from "../reference/display.js";
import { asCalled, commandLine } from "./command-line.js";
import type { ProjectOptions } from "./configuration.js";
import { COLOUR_OF_STATE } from "./state-colours.js";
import { placeOf, spelling } from "./place.js";
import type { Row } from "./rows.js";
import type { SurveyedField, SurveyedFile } from "./survey.js";
import { toTable, type Cell } from "./table.js";
import type { Terminal } from "./terminal.js";
import { whyNot } from "./why-not.js";

/** Between two columns. */
const GAP = 2;
/** A digest that is cut shorter says nothing: `sha256:` and a few digits. */
const SHORTEST_DIGEST = 14;
const SHORTEST_REASON = 14;
/** No column is narrower. */
const NARROWEST = 4;
/** How many different reasons are told. */
const MOST_REASONS = 12;

interface Line {
  readonly row: Row;
  /** State, image, place, reason, digest. */
  readonly texts: readonly [string, string, string, string, string];
}

/**
 * Lays out image fields for a terminal.
 *
 * @param files the project's, with their image fields
 * @param options those of the command, for the commands that it advises
 * @param terminal its width and colours
 * @returns the table, the reasons and the counts; no line of the table is wider than the terminal
 */
export async function listScreen(
  files: readonly SurveyedFile[],
  options: ProjectOptions,
  { paint, columns = 80 }: Pick<Terminal, "paint" | "columns">,
): Promise<string> {
  const lines = files.flatMap(({ found }) => found.map(({ row }) => lineOf(row)));
  const widths = fit(
    [0, 1, 2, 3, 4].map((at) => Math.max(...lines.map(({ texts }) => texts[at]?.length ?? 0))),
    columns,
  );
  const rows = lines.map(({ row, texts }) =>
    widths.map((width, at): Cell => {
      const text = texts[at] ?? "";
      // The end of an image, and of a place, tells more than its beginning.
      if (at === 1 || at === 2) return { text: tailOf(text, width), paint: at === 2 ? dim : same };
      return {
        text: headOf(text, width),
        paint: at === 0 ? (each) => paint(COLOUR_OF_STATE[row.state], each) : dim,
      };
    }),
  );
  function dim(text: string): string {
    return paint("dim", text);
  }
  const reasons = reasonsIn(files, options).map((reason) => wrapped(reason, columns));
  return `${await toTable(rows, widths)}\n${reasons.map((reason) => `${reason}\n`).join("")}`;
}

function same(text: string): string {
  return text;
}

function lineOf(row: Row): Line {
  const { state, digest, exempt, reason, pinnable } = row;
  const written = spelling(row);
  const why = exempt === null ? (pinnable || reason === state ? "" : String(reason)) : `exempt: ${exempt}`;
  const hasDigest = digest !== null && written.endsWith(`@${digest}`);
  const image = hasDigest ? written.slice(0, -digest.length - 1) : written;
  const texts = [state, image, placeOf(row), why, digest ?? ""] as const;
  const [one, two, three, four, five] = texts.map((text) => displayText(text, 300));
  return { row, texts: [one ?? "", two ?? "", three ?? "", four ?? "", five ?? ""] };
}

/**
 * The widths of the columns. The digest gets what the others leave; where they need more than there is, the
 * widest of them become narrower.
 */
function fit(natural: readonly number[], columns: number): readonly number[] {
  const [state = 0, image = 0, place = 0, why = 0] = natural;
  // A long reason must not take the room of the image: it stands in the configuration.
  const others = [image, place, Math.min(why, Math.max(SHORTEST_REASON, Math.floor(columns / 6)))];
  const digest = natural.at(-1) ?? 0;
  const room = columns - state - GAP * others.length;
  let most = Math.max(...others);
  const total = (): number => others.reduce((sum, width) => sum + Math.min(width, most), 0);
  while (total() > room && most > NARROWEST) most--;
  const left = room - total() - GAP;
  const widths = [state, ...others.map((width) => Math.min(width, most))];
  return left < Math.min(SHORTEST_DIGEST, digest) || digest === 0
    ? widths
    : [...widths, Math.min(digest, left)];
}

function headOf(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, Math.max(width - 1, 0))}…` : text;
}

function tailOf(text: string, width: number): string {
  return text.length > width ? `…${text.slice(text.length - width + 1)}` : text;
}

/** Why images are not pinned, the most frequent reason first. */
function reasonsIn(files: readonly SurveyedFile[], options: ProjectOptions): readonly string[] {
  const counts = new Map<string, number>();
  for (const file of files)
    for (const each of file.found) {
      const reason = reasonOf(each, file, options);
      if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  const told = sorted.slice(0, MOST_REASONS).map(([reason, count]) => `${String(count)} ${reason}`);
  const more = sorted.length - told.length;
  return more > 0 ? [...told, `and ${String(more)} more reasons: --format json has them`] : told;
}

function reasonOf(found: SurveyedField, file: SurveyedFile, options: ProjectOptions): string | undefined {
  const { state, pinnable, exempt, reason } = found.row;
  if (state === "pinned" || exempt !== null) return undefined;
  if (pinnable && file.pins && found.skipReason === undefined)
    return `unpinned: run ${commandLine("eslint-plugin-container-images", ["pin"], options)}`;
  const why = found.skipReason ?? whyNot(found, file);
  const label = reason ?? state;
  return asCalled(displayText(why.startsWith(`${label}: `) ? why : `${label}: ${why}`, 300), options);
}

/** A word; or a command, which is one: a shell runs each of two lines by itself. */
const WORDS = /(?:[^\s`]*`[^`]*`)+\S*|npx .*$|\S+/g;

/** A line in as many lines as a terminal needs for it; what is wider by itself, the terminal breaks. */
function wrapped(text: string, columns: number): string {
  const lines = [""];
  for (const [word] of text.matchAll(WORDS)) {
    const last = lines.length - 1;
    const longer = lines[last] === "" ? word : `${lines[last] ?? ""} ${word}`;
    if (longer.length <= columns || lines[last] === "") lines[last] = longer;
    else lines.push(`  ${word}`);
  }
  return lines.join("\n");
}
