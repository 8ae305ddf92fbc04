// no-deprecated-registry: no image from a registry that is closed, frozen or moved.
import type { Rule } from "eslint";
import type { State } from "../lib/images/field.js";
import { deprecation } from "../lib/pinning/deprecation.js";
import { moveRegistry } from "../lib/pinning/move-registry.js";
import { displayText } from "../lib/reference/display.js";
import { wasDecoded } from "../lib/yaml/decoded.js";
import { createRule, locationOf, type RuleServices } from "./create-rule.js";

/** Where a reference is known, and a registry serves it. */
const STATES: ReadonlySet<State> = new Set(["pinned", "incomplete", "unpinned"]);

/** Makes the rule. */
export function noDeprecatedRegistry(services: RuleServices): Rule.RuleModule {
  return createRule(
    {
      name: "no-deprecated-registry",
      description: "disallow images from registries that are closed, frozen or moved",
      type: "problem",
      fixable: "code",
      messages: { deprecated: "`{{image}}`: {{registry}} {{what}} (since {{since}}); {{remedy}}" },
    },
    services,
    ({ text, fields, reading, context }) => {
      for (const field of fields) {
        const row = STATES.has(field.state) ? deprecation(field) : undefined;
        if (!row) continue;
        const edit = moveRegistry(text, field, row);
        const { from, what, since, remedy } = row;
        context.report({
          loc: locationOf(reading, field.at),
          messageId: "deprecated",
          data: {
            image: displayText(field.written.replace(/@.*$/, "")),
            registry: from,
            what,
            since,
            remedy,
          },
          fix: (fixer) =>
            edit && wasDecoded(text) ? fixer.replaceTextRange([...edit.range], edit.text) : null,
        });
      }
    },
  );
}
