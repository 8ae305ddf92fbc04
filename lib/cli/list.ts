// container-images list: every image field of the tree, offline.
import { relative } from "node:path";
import { EXIT } from "./failure.js";
import { openProject, type ProjectOptions } from "./project.js";
import { rowsOf, type Row } from "./rows.js";

/** Where a command writes. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/**
 * Lists the image fields of a project.
 *
 * @param options where, which files, and by which configuration
 * @param streams where to write: the rows as one JSON array, and a line for each file that could not be read
 * @returns the exit code: 0, or 2 where a file could not be read
 * @throws {CommandError} where the project can not be opened; one line
 */
export async function list(options: ProjectOptions, streams: Streams): Promise<number> {
  const project = await openProject(options);
  const rows: Row[] = [];
  let exitCode: number = EXIT.fine;
  for (const { path, fatal, ignored } of project.files) {
    if (ignored) continue;
    if (fatal === undefined) {
      rows.push(...(await rowsOf(project, path)));
      continue;
    }
    exitCode = EXIT.usage;
    streams.err(`${relative(options.cwd, path).replaceAll("\\", "/")}:${fatal}\n`);
  }
  rows.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column));
  streams.out(`${JSON.stringify(rows, undefined, 2)}\n`);
  return exitCode;
}
