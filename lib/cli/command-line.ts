// Command lines that a message prints: safe to paste into a shell where the command ran.
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { displayText } from "../reference/display.js";
import type { ProjectOptions } from "./configuration.js";

/** The names that `npx` finds, and under which no stranger's package could run. */
export type Program = "eslint" | "eslint-plugin-container-images";

/** How many paths are repeated; more of them are better said as the folder that holds them. */
const MOST_PATHS = 5;

/**
 * Makes a command line that does something to the same files with the same configuration.
 *
 * @param program what to run
 * @param args its arguments before these
 * @param options those of the command that prints it
 * @returns one line; where the tools are in a folder of their own, it names that folder
 */
export function commandLine(
  program: Program,
  args: readonly string[],
  { cwd, config, paths }: Pick<ProjectOptions, "cwd" | "config" | "paths">,
): string {
  const folder = toolsFolder(cwd, config);
  const words = [
    "npx",
    ...(folder === undefined ? [] : ["--prefix", folder]),
    program,
    ...args,
    ...(config === undefined ? [] : ["--config", config]),
    ...(paths.length > MOST_PATHS ? ["."] : paths),
  ];
  return words.map(quoted).join(" ");
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

/** The folder from which npm finds ESLint, where that is not the working directory or one above it. */
function toolsFolder(cwd: string, config: string | undefined): string | undefined {
  if (config === undefined || hasEslint(cwd)) return undefined;
  for (let folder = dirname(config); ; folder = dirname(folder)) {
    if (isInstalledIn(resolve(cwd, folder))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

function hasEslint(from: string): boolean {
  for (let folder = from; ; folder = dirname(folder)) {
    if (isInstalledIn(folder)) return true;
    if (dirname(folder) === folder) return false;
  }
}

function isInstalledIn(folder: string): boolean {
  return existsSync(join(folder, "node_modules/eslint"));
}

function quoted(word: string): string {
  const shown = displayText(word, 200);
  return /^[\w@%+=:,./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}
