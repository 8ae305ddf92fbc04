// The table of rules. A new rule is a file beside this one and a row here.
import type { Rule } from "eslint";
import type { RuleServices } from "./create-rule.js";
import { allowedRegistries } from "./allowed-registries.js";
import { consistentDigest } from "./consistent-digest.js";
import { noDeprecatedRegistry } from "./no-deprecated-registry.js";
import { noFloatingTag } from "./no-floating-tag.js";
import { noIncompleteReference } from "./no-incomplete-reference.js";
import { noNumericTag } from "./no-numeric-tag.js";
import { noUnsafeDigest } from "./no-unsafe-digest.js";
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
  { name: "no-unsafe-digest", create: noUnsafeDigest, recommended: "error", strict: "error" },
  { name: "consistent-digest", create: consistentDigest, recommended: "error", strict: "error" },
  { name: "no-numeric-tag", create: noNumericTag, recommended: "warn", strict: "error" },
  { name: "no-deprecated-registry", create: noDeprecatedRegistry, recommended: "warn", strict: "error" },
  { name: "no-floating-tag", create: noFloatingTag, recommended: "off", strict: "error" },
  // Off: what is allowed is only known from the project's own options.
  { name: "allowed-registries", create: allowedRegistries, recommended: "off", strict: "off" },
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
