// What ESLint was told to lint, read from its command line: only where that is sure.
import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Surroundings } from "./policy.js";

/** A run of ESLint's command. */
export interface LintRun {
  readonly cwd: string;
  /** The configuration file that the user named, relative to the working directory. */
  readonly config?: string;
  /** Files, folders and globs, as the user wrote them. */
  readonly paths: readonly string[];
}

/** Options of ESLint that change neither which files it lints, nor what a rule reports in them. */
const OPTIONS = {
  config: { type: "string", short: "c" },
  fix: { type: "boolean" },
  "fix-dry-run": { type: "boolean" },
  quiet: { type: "boolean" },
  "max-warnings": { type: "string" },
  format: { type: "string", short: "f" },
  "output-file": { type: "string", short: "o" },
  color: { type: "boolean" },
  "no-color": { type: "boolean" },
  "no-error-on-unmatched-pattern": { type: "boolean" },
  "no-warn-ignored": { type: "boolean" },
  "pass-on-no-patterns": { type: "boolean" },
  "exit-on-fatal-error": { type: "boolean" },
} as const;

/**
 * Reads what a run of ESLint lints from its command line.
 *
 * @param surroundings the process and thread
 * @param cwd its working directory
 * @returns `undefined` where this is no run of ESLint's command, where an option may leave files or reports
 *   out, and where one file is all that is linted
 * @see ESLint, `lib/options.js`
 */
export function lintRun({ argv, isMainThread }: Surroundings, cwd: string): LintRun | undefined {
  const script = basename(argv[1] ?? "");
  if (!isMainThread || (script !== "eslint.js" && script !== "eslint")) return undefined;
  try {
    const { values, positionals } = parseArgs({
      args: argv.slice(2),
      options: OPTIONS,
      allowPositionals: true,
    });
    const [first = "."] = positionals;
    if (positionals.length === 1 && isFile(resolve(cwd, first))) return undefined;
    const { config } = values;
    return { cwd, ...(config === undefined ? {} : { config }), paths: [first, ...positionals.slice(1)] };
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
