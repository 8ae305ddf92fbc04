// Where ESLint keeps the suppressions baseline: in the file that is named, or in a folder, in a file that is
// called after the working directory.
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, normalize, relative, resolve, sep } from "node:path";
import { displayText } from "../reference/display.js";
import { linkStatOf, statOf } from "../stat-of.js";
import { commandLine } from "./command-line.js";
import type { ProjectOptions } from "./configuration.js";
import { CommandError } from "./failure.js";
import type { Project } from "./project.js";

/** Where ESLint looks for it, from the working directory. */
const USUAL_NAME = "eslint-suppressions.json";

/** How the names of the files begin that ESLint writes into a folder. */
const IN_FOLDER = "suppressions_";

/** The option that names a baseline. */
const OPTION = "--suppressions-location";

/** The parts of a project that say where its baseline is. */
type BaselinePlace = Pick<Project, "cwd" | "eslintEntry">;

/**
 * Finds the file that ESLint reads.
 *
 * @param place the working directory, and whose ESLint
 * @param options the file or folder that the user named, from the working directory, and what an advice
 *   repeats
 * @returns its absolute path, and the name that the user knows; `undefined` where nothing was named and
 *   nothing is there
 * @throws {CommandError} where what was named is not there; one line, which says what to do
 * @see ESLint's lib/cli.js, and `getCacheFile` of lib/eslint/eslint-helpers.js
 */
export function baselineFile(
  place: BaselinePlace,
  options: Pick<ProjectOptions, "cwd" | "config" | "paths" | "suppressions">,
): { readonly path: string; readonly name: string } | undefined {
  // As for ESLint, an empty name is none.
  const { suppressions = "" } = options;
  const name = suppressions === "" ? USUAL_NAME : suppressions;
  const path = resolve(place.cwd, name);
  const file = isFolder(path, name) ? join(path, nameInFolder(place, name)) : path;
  const stat = statOf(file);
  if (stat?.isFile() === true || stat?.isDirectory() === true) return { path: file, name };
  if (name === USUAL_NAME) return undefined;
  const made = commandLine("eslint", ["--suppress-all", OPTION, name], options);
  const folder = dirname(file);
  const first =
    statOf(folder) === undefined ? `make the folder ${displayText(relative(place.cwd, folder))}, then ` : "";
  const makes = `${first}\`${made}\` makes it`;
  if (file === path) throw new CommandError(`no suppressions file ${displayText(name)}; ${makes}`);
  const [other] = othersIn(path);
  const orOther = other === undefined ? "" : `; or name a file: ${displayText(join(name, other))}`;
  throw new CommandError(
    `no suppressions file ${displayText(join(name, nameInFolder(place, name)))}, which ESLint reads in ` +
      `this working directory; ${makes}${orOther}`,
  );
}

/** What a printed command repeats, so that it means the same baseline. */
export function baselineOption({ suppressions }: Pick<ProjectOptions, "suppressions">): readonly string[] {
  return suppressions === undefined ? [] : [OPTION, suppressions];
}

/** A link to a folder is one only where its name ends like that of a folder. */
function isFolder(path: string, name: string): boolean {
  return linkStatOf(path)?.isDirectory() === true || normalize(name).endsWith(sep);
}

/** ESLint's own hash makes the name: it is taken from where ESLint takes it. */
function nameInFolder({ cwd, eslintEntry }: BaselinePlace, name: string): string {
  try {
    const murmur = createRequire(eslintEntry)("imurmurhash") as (text: string) => { result(): number };
    return `${IN_FOLDER}${murmur(cwd).result().toString(36)}`;
  } catch {
    throw new CommandError(
      `${displayText(name)} is a folder, and this ESLint does not say which file in it is the baseline; ` +
        "name that file",
    );
  }
}

function othersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((each) => each.startsWith(IN_FOLDER));
  } catch {
    return [];
  }
}
