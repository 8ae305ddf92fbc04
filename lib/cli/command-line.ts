// Command lines that a message prints: safe to paste into a shell where the command ran.
import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { displayText } from "../reference/display.js";
import type { ProjectOptions } from "./configuration.js";
import { hasWildcard } from "./globs.js";
import { withSlashes } from "./with-slashes.js";

/** The names that `npx` finds, and under which no stranger's package could run. */
export type Program = "eslint" | "eslint-plugin-container-images";

/** How many paths are repeated, where the folder that holds them can be said in their place. */
const MOST_PATHS = 5;
/** Of all paths together, in characters, where a command may write: shells take no more than 131,072. */
const MOST_TEXT = 8192;
/** Of a word: no system has longer paths, and a path that is cut names another file. */
const LONGEST = 4096;
/** The package without which a configuration of ours cannot be loaded. */
const PLUGIN = "node_modules/eslint-plugin-container-images";

/**
 * Makes a command line that does something to the same files with the same configuration.
 *
 * @param program what to run
 * @param args its arguments before these
 * @param options those of the command that prints it
 * @returns one line; where the tools are in a folder of their own, it names that folder. A command that
 *   writes names each path; where these are too many, it names their folder and shows what it would write
 */
export function commandLine(
  program: Program,
  args: readonly string[],
  { cwd, config, paths }: Pick<ProjectOptions, "cwd" | "config" | "paths">,
): string {
  const folder = toolsFolder(cwd, config);
  const isWriting = args[0] === "pin" || args[0] === "--suppress-all";
  const isWhole = paths.length <= MOST_PATHS || (isWriting && paths.join(" ").length <= MOST_TEXT);
  const words = [
    "npx",
    ...(folder === undefined ? [] : ["--prefix", folder]),
    program,
    ...args,
    ...(args[0] === "pin" && !isWhole ? ["--dry-run"] : []),
    ...(config === undefined ? [] : ["--config", config]),
    ...(isWhole ? paths : [folderOf(cwd, paths)]).map(noOption),
  ];
  return words.map(quoted).join(" ");
}

/** The folder that holds all of the paths, from the working directory. */
function folderOf(cwd: string, paths: readonly string[]): string {
  const [own = [], first = [], ...others] = ["", ...paths].map((path) => resolve(cwd, path).split(sep));
  // The working directory's own name may look like a glob.
  const isGlob = (part: string, at: number): boolean => hasWildcard(part) && part !== own[at];
  const end = first.findIndex((part, at) => isGlob(part, at) || others.some((other) => other[at] !== part));
  const common = first.slice(0, end === -1 ? undefined : end).join(sep);
  return withSlashes(relative(cwd, resolve("/", common))) || ".";
}

function noOption(path: string): string {
  return path.startsWith("-") ? `./${path}` : path;
}

/** What a rule says too, which cannot know how its command line is called. */
const FIXED = /`npx (eslint-plugin-container-images) (list|pin|charts(?: --write)?)`/g;

/**
 * Makes the commands in a rule's message those of a command that prints it.
 *
 * @param message it may hold one of the plugin's own commands, without options
 * @param options those of the command that prints it
 */
export function asCalled(message: string, options: Pick<ProjectOptions, "cwd" | "config" | "paths">): string {
  return message.replaceAll(
    FIXED,
    (_, program: Program, args: string) => `\`${commandLine(program, args.split(" "), options)}\``,
  );
}

/**
 * The folder from which npm finds the tools, where that is not the working directory or one above it. ESLint
 * may be there for other files, and too old.
 */
function toolsFolder(cwd: string, config: string | undefined): string | undefined {
  if (isInstalledAbove(cwd)) return undefined;
  if (config === undefined) return folderOfProgram(cwd);
  for (let folder = dirname(config); ; folder = dirname(folder)) {
    if (existsSync(resolve(cwd, folder, PLUGIN))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** The folder below the working directory in which the program that runs is installed, if it is in one. */
function folderOfProgram(cwd: string): string | undefined {
  const [, program = ""] = process.argv;
  const end = program.lastIndexOf(`${sep}node_modules${sep}`);
  const folder = end === -1 ? "" : relative(cwd, program.slice(0, end));
  const isBelow = folder !== "" && !isAbsolute(folder) && folder.split(sep)[0] !== "..";
  return isBelow && existsSync(join(cwd, folder, PLUGIN)) ? withSlashes(folder) : undefined;
}

function isInstalledAbove(from: string): boolean {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, PLUGIN))) return true;
    if (dirname(folder) === folder) return false;
  }
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  // What a terminal would not show as it is: a line end, an escape, a mark that turns the text around.
  if (displayText(word, LONGEST) !== word) return `$'${[...Buffer.from(word)].map(escaped).join("")}'`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** A byte in the quotes `$'…'` of bash and zsh. */
function escaped(byte: number): string {
  const char = String.fromCharCode(byte);
  return /[\w@%+=:,./ -]/.test(char) ? char : `\\x${byte.toString(16).padStart(2, "0")}`;
}
