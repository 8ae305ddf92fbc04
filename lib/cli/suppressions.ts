// Which rules the user's comments switch off, and where. ESLint itself decides: stand-in rules report at
// every place, and ESLint tells which of these reports a comment suppresses.
import type { ESLint, Linter } from "eslint";
import { createLanguage } from "../language/language.js";
import type { Position } from "../yaml/reading.js";
import type { Project } from "./project.js";

/** The rules that a comment can switch off at a place, without the plugin's prefix. */
const EXEMPTIBLE_RULES = [
  "require-digest",
  "no-incomplete-reference",
  "valid-reference",
  "no-unsafe-digest",
  "parsable",
] as const;

export type ExemptibleRule = (typeof EXEMPTIBLE_RULES)[number];

export interface Suppressions {
  /**
   * The reason in the comment, or `eslint-disable` if it gives none; `undefined` where no comment covers the
   * place.
   */
  reason(rule: ExemptibleRule, at: Position): string | undefined;
  /**
   * Whether a comment like `# eslint container-images/require-digest: "off"` switches the rule off in the
   * whole file.
   */
  isOff(rule: ExemptibleRule): boolean;
}

const NONE: Suppressions = { reason: () => undefined, isOff: () => false };

/** Made once, because ESLint checks every plugin that it is given. */
const languages = { yaml: createLanguage() } as unknown as NonNullable<ESLint.Plugin["languages"]>;

/**
 * Finds out which rules are switched off at some places of a file.
 *
 * @param project whose ESLint is asked
 * @param file its path and text, without byte order mark, and the configuration that ESLint computed for it
 * @param places lines from 1, columns from 0
 */
export function suppressionsAt(
  project: Project,
  file: { readonly path: string; readonly text: string; readonly config: Linter.Config },
  places: readonly Position[],
): Suppressions {
  const { path, text, config } = file;
  if (!text.includes("eslint") || places.length === 0) return NONE;
  const linter = new project.Linter({ configType: "flat", cwd: "/" });
  const reported = linter.verify(text, [probe(places, config.linterOptions?.noInlineConfig ?? false)], {
    filename: path,
  });
  const suppressed = (
    linter as unknown as { getSuppressedMessages(): Linter.SuppressedLintMessage[] }
  ).getSuppressedMessages();
  const reasons = new Map<string, string>();
  for (const { ruleId, line, column, suppressions } of suppressed) {
    reasons.set(
      `${String(ruleId)} ${String(line)}:${String(column)}`,
      suppressions.map(({ justification }) => justification).find((each) => each !== "") ?? "eslint-disable",
    );
  }
  const reporting = new Set([...reported, ...suppressed].map(({ ruleId }) => ruleId));
  // In a text that could not be parsed, no rule reports anything.
  const parsed = !reported.some(({ fatal }) => fatal);
  return {
    reason: (rule, { line, column }) =>
      reasons.get(`container-images/${rule} ${String(line)}:${String(column + 1)}`),
    isOff: (rule) => parsed && !reporting.has(`container-images/${rule}`),
  };
}

function probe(places: readonly Position[], noInlineConfig: boolean): Linter.Config {
  const create: NonNullable<ESLint.Plugin["rules"]>[string] = {
    create: (context) => ({
      Program() {
        for (const { line, column } of places) context.report({ message: "here", loc: { line, column } });
      },
    }),
  };
  return {
    files: ["**/*.*"],
    plugins: {
      "container-images": {
        languages,
        rules: Object.fromEntries(EXEMPTIBLE_RULES.map((rule) => [rule, create])),
      },
    },
    language: "container-images/yaml",
    rules: Object.fromEntries(EXEMPTIBLE_RULES.map((rule) => [`container-images/${rule}`, "error"])),
    linterOptions: { noInlineConfig },
  };
}
