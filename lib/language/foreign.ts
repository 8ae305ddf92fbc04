// eslint-plugin-yml's language, which builds the tree of other plugins' rules. Loaded when one of them asks.
import { createRequire } from "node:module";
import type yml from "eslint-plugin-yml";

/** The language of `yml/yaml`. */
export type ForeignLanguage = (typeof yml)["languages"]["yaml"];

/** Its source code. It has token methods that ESLint's own source code has for JavaScript. */
export type ForeignSourceCode = ReturnType<ForeignLanguage["createSourceCode"]>;

/**
 * Loads eslint-plugin-yml's language, synchronously as ESLint's languages work.
 *
 * @returns its language
 * @throws whatever Node throws where the package cannot be loaded
 */
export function loadYml(): ForeignLanguage {
  return (createRequire(import.meta.url)("eslint-plugin-yml") as typeof yml).languages.yaml;
}
