// The plugin's configurations: their files, their language, and how strict each rule is.
import type { ESLint, Linter } from "eslint";
import { RULE_ROWS } from "../rules/index.js";

/** The prefix of the plugin's rules and language. */
export const PLUGIN_NAME = "container-images";

/** The files that the configurations look at. */
export const FILES = ["**/*.yaml", "**/*.yml"];
const ANY_FILE = "**/*.@(yaml|yml)";

/** Lock files, in which tools write the images. */
const LOCK_FILES = [
  "pnpm-lock.yaml",
  "Chart.lock",
  ".yarnrc.yml",
  "pubspec.lock.yaml",
  "*.lock.yaml",
  "*.lock.yml",
  "*-lock.yaml",
  "*-lock.yml",
];

/** Folders with files of others or of tools. */
const FOREIGN_FOLDERS = [
  "node_modules",
  "bower_components",
  "vendor",
  "third_party",
  ".git",
  ".venv",
  ".terraform",
  "dist",
  ".cache",
];

/** The ignored files, for the documentation. */
export const IGNORED: readonly string[] = [
  ...LOCK_FILES.map((name) => `**/${name}`),
  ...FOREIGN_FOLDERS.map((name) => `**/${name}/**`),
];

/**
 * The same in two patterns. ESLint tries every pattern on every file, in an editor on each lint.
 */
const IGNORED_AS_TWO = [`**/@(${LOCK_FILES.join("|")})`, `**/@(${FOREIGN_FOLDERS.join("|")})/**`];

/**
 * ESLint's own rules that misread YAML, and that a configuration may set for every file. eslint-plugin-yml
 * switches off the same ones. They would need a tree of each file, and the first one throws on U+2028.
 */
const NOT_FOR_YAML = {
  "no-irregular-whitespace": "off",
  "no-unused-vars": "off",
  "spaced-comment": "off",
} as const;

/**
 * Makes the plugin's configurations.
 *
 * @param plugin the plugin itself
 * @returns `recommended` and `strict`, each an array to spread
 */
export function createConfigs(plugin: ESLint.Plugin): {
  recommended: Linter.Config[];
  strict: Linter.Config[];
} {
  return { recommended: config(plugin, "recommended"), strict: config(plugin, "strict") };
}

function config(plugin: ESLint.Plugin, name: "recommended" | "strict"): Linter.Config[] {
  return [
    {
      // A user's own object for `**/*.yaml` matches these files too. Without a language, ESLint would read
      // them as JavaScript.
      name: `${PLUGIN_NAME}/${name}/left-out`,
      files: IGNORED_AS_TWO.map((ignored) => [ignored, ANY_FILE]),
      plugins: { [PLUGIN_NAME]: plugin },
      language: `${PLUGIN_NAME}/yaml`,
      languageOptions: { images: false },
    },
    {
      name: `${PLUGIN_NAME}/${name}`,
      files: FILES,
      ignores: IGNORED_AS_TWO,
      plugins: { [PLUGIN_NAME]: plugin },
      language: `${PLUGIN_NAME}/yaml`,
      // Repeated here for users who give every configuration object other files.
      languageOptions: { images: true },
      rules: {
        ...Object.fromEntries(RULE_ROWS.map((row) => [`${PLUGIN_NAME}/${row.name}`, row[name]])),
        ...NOT_FOR_YAML,
      },
    },
  ];
}
