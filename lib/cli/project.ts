// The user's project as ESLint sees it: its files, the configuration of each, and the fixes of
// require-digest.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type * as EslintModule from "eslint";
import type { ESLint, Linter } from "eslint";
import { displayText } from "../reference/display.js";
import { CommandError, messageOf } from "./failure.js";
import { lintFiles } from "./lint-files.js";

/** The only rule whose fixes `pin` applies. */
export const PINNING_RULE = "container-images/require-digest";

/** One file that ESLint would lint. */
export interface ProjectFile {
  /** Absolute. */
  readonly path: string;
  /**
   * Why ESLint could not read it: the text after the file's name in a message, with the position if known.
   */
  readonly fatal?: string;
  readonly ignored?: true;
}

export interface Project {
  readonly cwd: string;
  readonly files: readonly ProjectFile[];
  /** The `Linter` class of the project's own ESLint. */
  readonly Linter: typeof Linter;
  /** The configuration that ESLint computes for a file. */
  configFor(path: string): Promise<Linter.Config>;
  /**
   * Lets ESLint fix a text with the user's own configuration: only {@link PINNING_RULE}'s fixes are applied.
   *
   * @param text with its byte order mark, where it has one
   * @param path the file's absolute path
   * @returns the fixed text; the same text where nothing was fixed
   */
  fix(text: string, path: string): Promise<string>;
}

export interface ProjectOptions {
  readonly cwd: string;
  /** The configuration file that the user named, relative to the working directory. */
  readonly config: string | undefined;
  readonly paths: readonly string[];
  /** The configuration to use where the project has none. */
  readonly fallback: Linter.Config[];
}

/**
 * Opens a project through its own ESLint.
 *
 * @param options where, which files, and by which configuration
 * @returns the project, with its YAML files
 * @throws {CommandError} where ESLint or the configuration cannot be loaded, or no file matches; one line
 */
export async function openProject(options: ProjectOptions): Promise<Project> {
  const { cwd, paths } = options;
  const { eslintModule, configFile } = await eslintOf(options);
  try {
    const configuration = await withConfiguration(eslintModule.ESLint, configFile, options);
    const eslint = new eslintModule.ESLint({ ...configuration, ruleFilter: () => false });
    const fixing = new eslintModule.ESLint({
      ...configuration,
      ruleFilter: ({ ruleId }) => ruleId === PINNING_RULE,
      fix: ({ ruleId }) => ruleId === PINNING_RULE,
    });
    const files: ProjectFile[] = [];
    const { results, unopened } = await lintFiles(
      (more) =>
        more.ignorePatterns
          ? new eslintModule.ESLint({ ...configuration, ...more, ruleFilter: () => false })
          : eslint,
      cwd,
      paths,
    );
    for (const path of unopened)
      if (await holdsImages(eslint, path)) files.push({ path, fatal: ": cannot be opened" });
    const unopenedPaths = new Set(unopened);
    for (const { filePath, messages } of results) {
      if (unopenedPaths.has(filePath)) continue;
      const fatal = messages.find((message) => message.fatal);
      const ignored = messages.some(
        (message) => message.ruleId === null && !message.fatal && message.message.startsWith("File ignored"),
      );
      if (!(await holdsImages(eslint, filePath))) continue;
      files.push({
        path: filePath,
        ...(fatal
          ? { fatal: `:${String(fatal.line)}:${String(fatal.column)} ${displayText(fatal.message)}` }
          : {}),
        ...(ignored ? { ignored: true } : {}),
      });
    }
    return {
      cwd,
      files,
      Linter: eslintModule.Linter,
      configFor: async (path) => (await eslint.calculateConfigForFile(path)) as Linter.Config,
      async fix(text, path) {
        const [result] = await fixing.lintText(text, { filePath: path });
        return result?.output ?? text;
      },
    };
  } catch (error) {
    throw error instanceof CommandError ? error : new CommandError(displayText(messageOf(error), 400));
  }
}

/** The configuration of a project, without its files. */
export interface Configuration {
  /** The file that holds it, absolute; `undefined` where there is none. */
  readonly file: string | undefined;
  /** The `settings` for a file. */
  settingsFor(path: string): Promise<unknown>;
}

/**
 * Opens a project's configuration through its own ESLint, and lints nothing.
 *
 * @param options where, and by which configuration
 * @throws {CommandError} where ESLint or the configuration cannot be loaded; one line
 */
export async function openConfiguration(options: ProjectOptions): Promise<Configuration> {
  const { eslintModule, configFile } = await eslintOf(options);
  try {
    const { ESLint: eslintClass } = eslintModule;
    const eslint = new eslintClass(await withConfiguration(eslintClass, configFile, options));
    return {
      file: configFile ?? (await configFileFor(eslintClass, options.cwd)),
      async settingsFor(path) {
        const config = (await eslint.calculateConfigForFile(path)) as Linter.Config | undefined;
        return config?.settings;
      },
    };
  } catch (error) {
    throw error instanceof CommandError ? error : new CommandError(displayText(messageOf(error), 400));
  }
}

async function eslintOf(
  options: ProjectOptions,
): Promise<{ readonly eslintModule: Eslint; readonly configFile: string | undefined }> {
  const { cwd, config } = options;
  const configFile = config === undefined ? undefined : resolve(cwd, config);
  if (configFile !== undefined && !existsSync(configFile))
    throw new CommandError(`no configuration file ${displayText(config ?? "")}`);
  return {
    eslintModule: await loadEslint(configFile === undefined ? cwd : dirname(configFile)),
    configFile,
  };
}

/** Whether a file is YAML in which the configuration looks for images. */
async function holdsImages(eslint: ESLint, path: string): Promise<boolean> {
  const config = (await eslint.calculateConfigForFile(path)) as Linter.Config | undefined;
  const languageOptions: Readonly<Record<string, unknown>> = config?.languageOptions ?? {};
  if (languageOptions["images"] === false) return false;
  return (
    /\.ya?ml$/i.test(path) || config?.language === "container-images/yaml" || config?.language === "yml/yaml"
  );
}

async function withConfiguration(
  eslintClass: typeof ESLint,
  configFile: string | undefined,
  { cwd, fallback }: ProjectOptions,
): Promise<ESLint.Options> {
  if (configFile !== undefined) return { cwd, overrideConfigFile: configFile };
  const found = await configFileFor(eslintClass, cwd);
  return found === undefined ? { cwd, overrideConfigFile: true, overrideConfig: fallback } : { cwd };
}

/** The configuration file that ESLint finds for a folder. */
async function configFileFor(eslintClass: typeof ESLint, cwd: string): Promise<string | undefined> {
  const finder = new eslintClass({ cwd }) as ESLint & {
    findConfigFile(path?: string): Promise<string | undefined>;
  };
  return await finder.findConfigFile(join(cwd, "file.yaml"));
}

type Eslint = typeof EslintModule;

/** Loads the ESLint that is installed for a folder, which fits the project's plugins; else our own. */
async function loadEslint(folder: string): Promise<Eslint> {
  for (const from of [join(folder, "package.json"), import.meta.url]) {
    try {
      const entry = createRequire(from).resolve("eslint");
      const loaded = (await import(pathToFileURL(entry).href)) as Eslint & { default?: Eslint };
      return loaded.default ?? loaded;
    } catch {
      continue;
    }
  }
  throw new CommandError(
    "ESLint is not installed beside the configuration; run `npm install --save-dev eslint`",
  );
}
