// The command `list`: prints every image field of a project. It asks no registry.
import { toCsv } from "./csv.js";
import { EXIT, type ExitCode } from "./failure.js";
import type { ListFormat } from "./formats.js";
import type { ProjectOptions } from "./configuration.js";
import { listScreen } from "./list-screen.js";
import { spelling } from "./place.js";
import { openProject } from "./project.js";
import { COLUMNS, type Row } from "./rows.js";
import { settingsNotices } from "./settings-notices.js";
import { COLOUR_OF_STATE } from "./state-colours.js";
import { problemsOf, survey } from "./survey.js";
import { toTable, type Cell } from "./table.js";
import type { Terminal } from "./terminal.js";

const PRINTERS: Readonly<
  Record<ListFormat, (rows: readonly Row[], terminal: Terminal) => Promise<string> | string>
> = {
  table: listTable,
  json: (rows) => `${JSON.stringify(rows, undefined, 2)}\n`,
  csv: (rows) => toCsv([COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column]))]),
};

/**
 * Lists the image fields of a project.
 *
 * @param options where, which files, and by which configuration
 * @param format how to print the rows
 * @param terminal where to print the rows, and a line for each file that could not be read
 * @returns the exit code: 0, or 2 where a file could not be read
 * @throws {CommandError} where the project cannot be opened or a setting is wrong; one line
 */
export async function list(
  options: ProjectOptions,
  format: ListFormat,
  terminal: Terminal,
): Promise<ExitCode> {
  const surveyed = await survey(await openProject(options, terminal.warn));
  const { files, unread } = surveyed;
  for (const line of [...problemsOf(surveyed), ...settingsNotices(surveyed, options)]) terminal.warn(line);
  const rows = files.flatMap(({ found }) => found.map(({ row }) => row));
  const isScreen = format === "table" && terminal.columns !== undefined && rows.length > 0;
  terminal.result(
    isScreen
      ? `${await listScreen(files, options, terminal)}${countsOf(rows)}\n`
      : await PRINTERS[format](rows, terminal),
  );
  return unread.length > 0 ? EXIT.usage : EXIT.fine;
}

async function listTable(rows: readonly Row[], { paint }: Terminal): Promise<string> {
  if (rows.length === 0) return "no image found\n";
  const table = await toTable([
    ["image", "state", "where"].map((text): Cell => ({ text, paint: (head) => paint("bold", head) })),
    ...rows.map((row): Cell[] => {
      const { file, line, column, state, exempt, reason, pinnable, replacedBy } = row;
      const why =
        exempt !== null
          ? ` (exempt: ${exempt})`
          : replacedBy !== null
            ? ` (by ${replacedBy})`
            : !pinnable && reason !== state
              ? ` (${String(reason)})`
              : "";
      return [
        { text: spelling(row) },
        { text: `${state}${why}`, paint: (text) => paint(COLOUR_OF_STATE[state], text) },
        { text: `${file}:${String(line)}:${String(column)}`, paint: (text) => paint("dim", text) },
      ];
    }),
  ]);
  return `${table}\n${countsOf(rows)}\n`;
}

/** How many images there are of each state. */
function countsOf(rows: readonly Row[]): string {
  const states = new Map<string, number>();
  for (const { state } of rows) states.set(state, (states.get(state) ?? 0) + 1);
  const counts = [...states].map(([state, count]) => `${String(count)} ${state}`).join(", ");
  return `${String(rows.length)} ${rows.length === 1 ? "image" : "images"}: ${counts}`;
}
