// Where ESLint looks for the configuration of a path, and which paths it then governs.
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { ESLint } from "eslint";
import { displayText } from "../reference/display.js";
import { isFile } from "../stat-of.js";
import { configurationsBelow, holdsConfiguration } from "./configurations-below.js";
import { CommandError } from "./failure.js";
import { beforeWildcard } from "./globs.js";

/**
 * Refuses paths outside of a folder: ESLint passes over what is outside of the folder that a configuration
 * counts for.
 *
 * @param folder absolute
 * @param paths files, folders or globs, from the working directory
 * @throws {CommandError} where one is not in the folder; one line
 */
export function mustBeInside(folder: string, cwd: string, paths: readonly string[]): void {
  for (const path of paths) {
    const from = relative(folder, resolve(cwd, beforeWildcard(path)));
    const where = folder === cwd ? "the working directory" : `${displayText(relative(cwd, folder))}/`;
    if (from === ".." || from.startsWith(`..${sep}`) || isAbsolute(from))
      throw new CommandError(
        `${displayText(path)} is outside of ${where}, where no configuration counts; ` +
          "start in the repository's root",
      );
  }
}

/**
 * The paths for which ESLint finds no configuration file: each file may have one in a folder above it.
 *
 * @throws {CommandError} where the one that it finds does not count for a path; one line
 */
export async function withoutConfiguration(
  eslintClass: typeof ESLint,
  cwd: string,
  paths: readonly string[],
): Promise<readonly string[]> {
  const known = new Map<string, string | undefined>();
  const without: string[] = [];
  for (const path of paths) {
    const place = placeToLook(cwd, path);
    const folder = dirname(place);
    const file = known.get(folder) ?? (await configFileFor(eslintClass, cwd, place));
    known.set(folder, file);
    if (file === undefined) without.push(path);
    else mustBeInside(dirname(file), cwd, [path]);
  }
  return without;
}

/** Whether ESLint finds a configuration for files in some folder below the paths. */
export async function isConfiguredBelow(
  eslintClass: typeof ESLint,
  cwd: string,
  paths: readonly string[],
): Promise<boolean> {
  for (const path of paths)
    for (const place of placesBelow(cwd, path))
      if ((await configFileFor(eslintClass, cwd, place)) !== undefined) return true;
  return false;
}

/**
 * A configuration that is meant for a path, and that this ESLint does not look for: it stands between the
 * path and the working directory, or below the path.
 *
 * @returns its folder from the working directory, if there is one
 */
export function overlookedFor(cwd: string, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const start = dirname(placeToLook(cwd, path));
    for (let folder = start; folder.startsWith(cwd + sep); folder = dirname(folder))
      if (holdsConfiguration(folder)) return relative(cwd, folder);
    const [first] = configurationsBelow(start);
    if (first !== undefined) return relative(cwd, first);
  }
  return undefined;
}

/** A file for each folder below a path that holds a configuration. */
export function* placesBelow(cwd: string, path: string): Generator<string, void, undefined> {
  for (const folder of configurationsBelow(dirname(placeToLook(cwd, path)))) yield join(folder, "file.yaml");
}

/** A file for which ESLint looks for a configuration where it looks for those of a path. */
export function placeToLook(cwd: string, path: string): string {
  const whole = resolve(cwd, beforeWildcard(path));
  return isFile(whole) ? whole : join(whole, "file.yaml");
}

/** The configuration file that ESLint finds for a file. */
export async function configFileFor(
  eslintClass: typeof ESLint,
  cwd: string,
  path: string,
): Promise<string | undefined> {
  const finder = new eslintClass({ cwd }) as ESLint & {
    findConfigFile(path?: string): Promise<string | undefined>;
  };
  return await finder.findConfigFile(path);
}
