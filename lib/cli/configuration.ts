// The ESLint configuration that the command works with: the user's own, else `recommended`, and then it says
// so.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type * as EslintModule from "eslint";
import type { ESLint, Linter } from "eslint";
import { tooOld } from "../needed-eslint.js";
import { displayText } from "../reference/display.js";
import { isFile } from "../stat-of.js";
import {
  configFileFor,
  isConfiguredBelow,
  mustBeInside,
  overlookedFor,
  placesBelow,
  placeToLook,
  withoutConfiguration,
} from "./configuration-places.js";
import { CommandError, messageOf } from "./failure.js";
import { wouldLint } from "./would-lint.js";

export interface ProjectOptions {
  readonly cwd: string;
  /** The configuration file that the user named, relative to the working directory. */
  readonly config: string | undefined;
  readonly paths: readonly string[];
  /** The suppressions file that the user named, or its folder, relative to the working directory. */
  readonly suppressions?: string | undefined;
  /** The configuration to use where the project has none. */
  readonly fallback: Linter.Config[];
}

/** Prints a line about a problem. */
export type Warn = (line: string) => void;

/** ESLint, and the options with which it uses a project's configuration. */
export interface Configured {
  readonly eslintModule: Eslint;
  /** The file that loads it, absolute. */
  readonly eslintEntry: string;
  /** The configuration file that the user named, absolute. */
  readonly configFile: string | undefined;
  readonly options: ESLint.Options;
}

/** The configuration of a project, without its files. */
export interface Configuration {
  /** The file that holds it, absolute; `undefined` where there is none. */
  readonly file: string | undefined;
  /** The `settings` for a file. */
  settingsFor(path: string): Promise<unknown>;
  /** Whether ESLint would lint a file: the configuration names it, and does not ignore it. */
  lints(path: string): Promise<boolean>;
}

/** How many paths without a configuration are named. */
const MOST_PATHS = 3;
/** How many configurations below a path are loaded to find the one that cannot be. */
const MOST_BELOW = 50;

/**
 * Loads a project's ESLint, and finds the configuration that governs the paths.
 *
 * @param options where, which paths, and by which configuration
 * @param warn is told once where no configuration governs them, and `recommended` is used
 * @throws {CommandError} where ESLint or the configuration cannot be found, only some of the paths have one,
 *   or it does not count for one of them; one line
 */
export async function configured(options: ProjectOptions, warn: Warn): Promise<Configured> {
  return await configuredFor(options, warn, true);
}

async function configuredFor(options: ProjectOptions, warn: Warn, isForFiles: boolean): Promise<Configured> {
  const { cwd, config, paths, fallback } = options;
  const configFile = config === undefined ? undefined : resolve(cwd, config);
  if (configFile !== undefined && !existsSync(configFile))
    throw new CommandError(`no configuration file ${displayText(config ?? "")}`);
  const eslint = await loadEslint(configFile === undefined ? cwd : dirname(configFile));
  const { eslintModule } = eslint;
  const refusal = tooOld(eslintModule.ESLint.version);
  if (refusal !== undefined) throw new CommandError(refusal);
  const found = (own: ESLint.Options): Configured => ({ ...eslint, configFile, options: own });
  if (configFile !== undefined) {
    mustBeInside(cwd, cwd, paths);
    return found({ cwd, overrideConfigFile: configFile });
  }
  const without = await withoutConfiguration(eslintModule.ESLint, cwd, paths);
  if (without.length === 0) return found({ cwd });
  if (isForFiles && (await isConfiguredBelow(eslintModule.ESLint, cwd, without))) return found({ cwd });
  mustBeInside(cwd, cwd, paths);
  const none = `no ESLint configuration found for ${namesOf(cwd, without)}`;
  if (without.length < paths.length)
    throw new CommandError(`${none}, but for other paths; name one with --config`);
  const overlooked = isForFiles ? overlookedFor(cwd, paths) : undefined;
  if (overlooked !== undefined)
    throw new CommandError(
      `${none}: ESLint ${eslintModule.ESLint.version} does not look for the one in ` +
        `${displayText(overlooked)}/; start there, or name it with --config`,
    );
  warn(`${none}; using recommended, without your exemptions (--config names a configuration)`);
  return found({ cwd, overrideConfigFile: true, overrideConfig: fallback });
}

/**
 * Opens a project's configuration through its own ESLint, and lints nothing.
 *
 * @param options where, and by which configuration
 * @param warn is told once where there is no configuration
 * @throws {CommandError} where ESLint or the configuration cannot be loaded, or another one governs a path;
 *   one line
 */
export async function openConfiguration(options: ProjectOptions, warn: Warn): Promise<Configuration> {
  const { cwd } = options;
  const here = { ...options, paths: ["."] };
  // What stands in the folders below counts for their files only.
  const { eslintModule, configFile, options: own } = await configuredFor(here, warn, false);
  const file = configFile ?? (await configFileFor(eslintModule.ESLint, cwd, join(cwd, "file.yaml")));
  if (configFile === undefined) await mustBeOf(file, eslintModule.ESLint, options);
  try {
    const eslint = new eslintModule.ESLint(own);
    return {
      file,
      async settingsFor(path) {
        try {
          const config = (await eslint.calculateConfigForFile(path)) as Linter.Config | undefined;
          return config?.settings;
        } catch (error) {
          throw await commandError(error, eslintModule.ESLint, { cwd, paths: [path] }, own);
        }
      },
      lints: (path) => wouldLint(eslint, path),
    };
  } catch (error) {
    throw await commandError(error, eslintModule.ESLint, { cwd, paths: ["."] }, own);
  }
}

/** Refuses paths that another configuration governs: its settings and the facts beside it would not count. */
async function mustBeOf(
  file: string | undefined,
  eslintClass: typeof ESLint,
  { cwd, paths }: ProjectOptions,
): Promise<void> {
  for (const path of paths) {
    const own = await configFileFor(eslintClass, cwd, placeToLook(cwd, path));
    if (own !== undefined && own !== file)
      throw new CommandError(
        `${displayText(relative(cwd, own))} governs ${namesOf(cwd, [path])}; ` +
          `start in ${displayText(relative(cwd, dirname(own)))}/`,
      );
  }
}

/**
 * What ESLint threw, as one line. Of a configuration that cannot be loaded, ESLint does not say which it is.
 *
 * @param error what was thrown
 * @param eslintClass the project's ESLint
 * @param where the paths that were asked for
 * @param own with which options
 */
export async function commandError(
  error: unknown,
  eslintClass: typeof ESLint,
  { cwd, paths }: Pick<ProjectOptions, "cwd" | "paths">,
  own: ESLint.Options,
): Promise<CommandError> {
  if (error instanceof CommandError) return error;
  const template = templateOf(error);
  if (template === "config-file-missing")
    return new CommandError(
      `no ESLint configuration found for some files in ${namesOf(cwd, paths)}; ` +
        "add one above them, name other paths, or name one with --config",
    );
  const places = paths.slice(0, MOST_PATHS).flatMap((path) => [
    placeToLook(cwd, path),
    // What ESLint says by itself comes from no configuration, and those in ignored folders are not to run.
    ...(template === undefined ? [...placesBelow(cwd, path)].slice(0, MOST_BELOW) : []),
  ]);
  for (const place of places) {
    try {
      await new eslintClass(own).calculateConfigForFile(place);
    } catch (wrong) {
      const named = own.overrideConfigFile;
      const file = typeof named === "string" ? named : await configFileFor(eslintClass, cwd, place);
      if (file !== undefined)
        return new CommandError(
          `${displayText(relative(cwd, file))} cannot be loaded: ${displayText(messageOf(wrong), 400)}`,
        );
    }
  }
  const message = displayText(messageOf(error), 400);
  return new CommandError(
    template === "all-matched-files-ignored"
      ? `${message.replace(/\.$/, "")}: the ESLint configuration ignores them or names none of them (see ` +
          "`configs.recommended`)"
      : message,
  );
}

/** By what ESLint's own errors are known. What a configuration throws may be anything. */
function templateOf(error: unknown): string | undefined {
  return ((error ?? {}) as { readonly messageTemplate?: string }).messageTemplate;
}

/** The paths in words: a folder ends with `/`, and only the first few are named. */
export function namesOf(cwd: string, paths: readonly string[]): string {
  const names = paths.slice(0, MOST_PATHS).map((path) => {
    if (/^\.?\/?$/.test(path)) return "this folder";
    const isFolder = !path.endsWith("/") && !isFile(resolve(cwd, path)) && existsSync(resolve(cwd, path));
    return displayText(isFolder ? `${path}/` : path);
  });
  const more = paths.length - names.length;
  return `${names.join(", ")}${more > 0 ? ` and ${String(more)} more` : ""}`;
}

type Eslint = typeof EslintModule;

/** Loads the ESLint that is installed for a folder, which fits the project's plugins; else our own. */
async function loadEslint(folder: string): Promise<Pick<Configured, "eslintModule" | "eslintEntry">> {
  for (const from of [join(folder, "package.json"), import.meta.url]) {
    try {
      const entry = createRequire(from).resolve("eslint");
      const loaded = (await import(pathToFileURL(entry).href)) as Eslint & { default?: Eslint };
      return { eslintModule: loaded.default ?? loaded, eslintEntry: entry };
    } catch {
      continue;
    }
  }
  throw new CommandError(
    "ESLint is not installed beside the configuration; run `npm install --save-dev eslint`",
  );
}
