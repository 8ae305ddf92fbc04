// no-deprecated-registry: no image from a registry that is closed, frozen or moved.
import type { Rule } from "eslint";
import { deprecation } from "../lib/pinning/deprecation.js";
import { moveRegistry } from "../lib/pinning/move-registry.js";
import { createRule, locationOf, type RuleServices } from "./create-rule.js";
import { fixOf, imageOf, isServed } from "./report.js";

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
        const row = isServed(field.state) ? deprecation(field) : undefined;
        if (!row) continue;
        const { from, what, since, remedy } = row;
        context.report({
          loc: locationOf(reading, field.at),
          messageId: "deprecated",
          data: { image: imageOf(field), registry: from, what, since, remedy },
          fix: fixOf(text, moveRegistry(text, field, row)),
        });
      }
    },
  );
}
