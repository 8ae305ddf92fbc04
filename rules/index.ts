// The table of rules. A new rule is a file beside this one and a row here.
import type { Rule } from "eslint";
import type { RuleServices } from "./create-rule.js";
import { noIncompleteReference } from "./no-incomplete-reference.js";
import { parsable } from "./parsable.js";
import { requireDigest } from "./require-digest.js";
import { validReference } from "./valid-reference.js";

/** A rule, and how the configurations set it. */
export interface RuleRow {
  readonly name: string;
  readonly create: (services: RuleServices) => Rule.RuleModule;
  readonly recommended: "error" | "warn" | "off";
  readonly strict: "error" | "warn" | "off";
}

export const RULE_ROWS: readonly RuleRow[] = [
  { name: "require-digest", create: requireDigest, recommended: "error", strict: "error" },
  { name: "no-incomplete-reference", create: noIncompleteReference, recommended: "warn", strict: "error" },
  { name: "valid-reference", create: validReference, recommended: "error", strict: "error" },
  { name: "parsable", create: parsable, recommended: "warn", strict: "error" },
];

/**
 * Makes the rules.
 *
 * @param services what they need of the outside world: digests and neighbouring files
 * @returns each rule by its name, without the plugin's prefix
 */
export function createRules(services: RuleServices): Record<string, Rule.RuleModule> {
  return Object.fromEntries(RULE_ROWS.map((row) => [row.name, row.create(services)]));
}
