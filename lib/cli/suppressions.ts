// What the user's comments in a file switch off, asked of ESLint itself: a rule of each name reports everywhere, and ESLint says
// which of it a comment suppresses.
import type { ESLint, Linter } from "eslint";
import { createLanguage } from "../language/language.js";
import type { Position } from "../yaml/reading.js";
import type { Project } from "./project.js";

/** Rules that a comment may be about, without the plugin's prefix. */
const SPEAKING_RULES = [
  "require-digest",
  "no-incomplete-reference",
  "valid-reference",
  "no-unsafe-digest",
] as const;

export type SpeakingRule = (typeof SPEAKING_RULES)[number];

export interface Suppressions {
  /** The reason that the comment gives, `eslint-disable` where it gives none; nothing where no comment covers the place. */
  reason(rule: SpeakingRule, at: Position): string | undefined;
  /** Whether a comment like `# eslint container-images/require-digest: "off"` switches the rule off in the whole file. */
  isOff(rule: SpeakingRule): boolean;
}

const NONE: Suppressions = { reason: () => undefined, isOff: () => false };

/** Made once: ESLint's check of a plugin is not free. */
const languages = { yaml: createLanguage() } as unknown as NonNullable<ESLint.Plugin["languages"]>;

/**
 * Asks what is switched off at some places of a file.
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
  const speaking = new Set([...reported, ...suppressed].map(({ ruleId }) => ruleId));
  // A text that could not be parsed got no report of a rule at all.
  const parsed = !reported.some(({ fatal }) => fatal);
  return {
    reason: (rule, { line, column }) =>
      reasons.get(`container-images/${rule} ${String(line)}:${String(column + 1)}`),
    isOff: (rule) => parsed && !speaking.has(`container-images/${rule}`),
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
        rules: Object.fromEntries(SPEAKING_RULES.map((rule) => [rule, create])),
      },
    },
    language: "container-images/yaml",
    rules: Object.fromEntries(SPEAKING_RULES.map((rule) => [`container-images/${rule}`, "error"])),
    linterOptions: { noInlineConfig },
  };
}
