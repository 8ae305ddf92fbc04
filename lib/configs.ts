// The configurations a user spreads: which files, in which language, which rules how strictly.
import type { ESLint, Linter } from "eslint";
import { RULE_ROWS } from "../rules/index.js";

/** The name under which the plugin's rules and language are known. */
export const PLUGIN_NAME = "container-images";

/** Files the recommended configuration looks at. */
export const FILES = ["**/*.yaml", "**/*.yml"];
const ANY_FILE = "**/*.@(yaml|yml)";

/** Lock files: nobody pins an image there by hand. */
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

/** Trees that others wrote, or tools. */
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

/** What is left out, as a user would write it. */
export const IGNORED: readonly string[] = [
  ...LOCK_FILES.map((name) => `**/${name}`),
  ...FOREIGN_FOLDERS.map((name) => `**/${name}/**`),
];

/**
 * The same in two patterns: ESLint tries each pattern on each file, in a new configuration on each lint in an
 * editor.
 */
const IGNORED_AS_TWO = [`**/@(${LOCK_FILES.join("|")})`, `**/@(${FOREIGN_FOLDERS.join("|")})/**`];

/**
 * ESLint's own rules that a configuration may set for every file and that misread YAML; eslint-plugin-yml
 * switches off the same. Without this they would ask for a tree in each file, and the first throws on U+2028.
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
      // A user's own object for `**/*.yaml` matches these too; without a language of its own ESLint would
      // read them as JavaScript.
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
      // Said here too, for those who give every object files of their own.
      languageOptions: { images: true },
      rules: {
        ...Object.fromEntries(RULE_ROWS.map((row) => [`${PLUGIN_NAME}/${row.name}`, row[name]])),
        ...NOT_FOR_YAML,
      },
    },
  ];
}
