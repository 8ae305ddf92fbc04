// The user's project as ESLint sees it: its files, the configuration of each, and the fixes of
// require-digest.
import { relative } from "node:path";
import type { ESLint, Linter } from "eslint";
import type { Piece } from "../pinning/edit.js";
import { displayText } from "../reference/display.js";
import { commandError, configured, namesOf, type ProjectOptions, type Warn } from "./configuration.js";
import { lintFiles } from "./lint-files.js";
import { notOpened } from "./not-opened.js";
import { apart } from "./pieces.js";

/** The only rule whose fixes `pin` applies. */
const PINNING_RULE = "container-images/require-digest";

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
  /** The file that loads the project's own ESLint, absolute. */
  readonly eslintEntry: string;
  /** The `Linter` class of the project's own ESLint. */
  readonly Linter: typeof Linter;
  /** The configuration that ESLint computes for a file. */
  configFor(path: string): Promise<Linter.Config>;
  /**
   * Asks ESLint, with the user's own configuration, how it would fix a text: by {@link PINNING_RULE} alone.
   *
   * @param text with its byte order mark, where it has one
   * @param path the file's absolute path
   * @returns the pieces, without those that ESLint would write in its next pass, because they overlap others;
   *   their ranges count in the text without its byte order mark
   */
  fixes(text: string, path: string): Promise<readonly Piece[]>;
  /**
   * Lets ESLint lint a text with the plugin's rules, as the user configured them.
   *
   * @param text with its byte order mark, where it has one
   * @param path the file's absolute path
   * @returns the rule of each error, without warnings
   */
  errors(text: string, path: string): Promise<readonly string[]>;
}

/**
 * Opens a project through its own ESLint.
 *
 * @param options where, which files, and by which configuration
 * @param warn is told once where no configuration governs the paths
 * @returns the project, with its YAML files
 * @throws {CommandError} where ESLint or the configuration cannot be loaded, or no file matches; one line
 */
export async function openProject(options: ProjectOptions, warn: Warn): Promise<Project> {
  const { cwd, paths } = options;
  const { eslintModule, eslintEntry, options: configuration } = await configured(options, warn);
  try {
    const create = (more: ESLint.Options): ESLint => new eslintModule.ESLint({ ...configuration, ...more });
    const eslint = create({ ruleFilter: () => false });
    const fixing = create({ ruleFilter: ({ ruleId }) => ruleId === PINNING_RULE });
    const files = await filesIn(eslint, create, options);
    if (files.length === 0)
      warn(
        `nothing was read: the ESLint configuration names no YAML file in ${namesOf(cwd, paths)} ` +
          "(see `configs.recommended`)",
      );
    // ESLint ignores a file in silence only where it found the file itself, in a folder.
    const ignored = files.flatMap((file) => (file.ignored ? [relative(cwd, file.path)] : []));
    if (ignored.length > 0)
      warn(`not read, the ESLint configuration ignores or does not name it: ${namesOf(cwd, ignored)}`);
    return {
      cwd,
      files,
      eslintEntry,
      Linter: eslintModule.Linter,
      configFor: async (path) => (await eslint.calculateConfigForFile(path)) as Linter.Config,
      async fixes(text, path) {
        const [result] = await fixing.lintText(text, { filePath: path });
        return apart((result?.messages ?? []).flatMap(({ fix }) => fix ?? []));
      },
      async errors(text, path) {
        const linting = create({ ruleFilter: ({ ruleId }) => ruleId.startsWith("container-images/") });
        const [result] = await linting.lintText(text, { filePath: path });
        return (result?.messages ?? []).flatMap(({ ruleId, severity }) =>
          ruleId !== null && severity === 2 ? [ruleId] : [],
        );
      },
    };
  } catch (error) {
    throw await commandError(error, eslintModule.ESLint, options, configuration);
  }
}

/** The files that ESLint would lint and that may hold images. */
async function filesIn(
  eslint: ESLint,
  create: (more: ESLint.Options) => ESLint,
  { cwd, paths }: ProjectOptions,
): Promise<readonly ProjectFile[]> {
  const files: ProjectFile[] = [];
  const { results, unopened, outOfReach } = await lintFiles(
    (more) => (more.ignorePatterns ? create({ ...more, ruleFilter: () => false }) : eslint),
    cwd,
    paths,
  );
  for (const path of outOfReach) files.push({ path, fatal: notOpened(path) });
  for (const path of unopened)
    if (await holdsImages(eslint, path)) files.push({ path, fatal: notOpened(path) });
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
  return files;
}

/** The plugins whose language reads YAML, whatever the file is called. */
const YAML_PLUGINS: ReadonlySet<unknown> = new Set(["eslint-plugin-container-images", "eslint-plugin-yml"]);

/** Whether a file is YAML in which the configuration looks for images. */
async function holdsImages(eslint: ESLint, path: string): Promise<boolean> {
  const config = (await eslint.calculateConfigForFile(path)) as Linter.Config | undefined;
  const languageOptions: Readonly<Record<string, unknown>> = config?.languageOptions ?? {};
  if (languageOptions["images"] === false) return false;
  return /\.ya?ml$/i.test(path) || (config !== undefined && readsYaml(config));
}

/**
 * Whether the language of a file is one for YAML. In what ESLint computes, the language is an object and no
 * name, and the user chooses the name of a plugin.
 */
function readsYaml({ language, plugins = {} }: Linter.Config): boolean {
  return Object.values(plugins).some(
    ({ meta, languages = {} }) =>
      YAML_PLUGINS.has(meta?.name) && Object.values(languages).includes(language as never),
  );
}
