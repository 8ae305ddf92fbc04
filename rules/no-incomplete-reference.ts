// no-incomplete-reference: a repository without a tag, or the reverse, says nothing of which image runs.
import type { Rule } from "eslint";
import { displayText } from "../lib/reference/display.js";
import { createRule, locationOf, type RuleServices } from "./create-rule.js";
import { EXEMPT_MESSAGE, exemptComment } from "./exempt-comment.js";
import { referenceOf } from "./report.js";

const NAME = "no-incomplete-reference";

/** Makes the rule. */
export function noIncompleteReference(services: RuleServices): Rule.RuleModule {
  return createRule(
    {
      name: NAME,
      description: "disallow image references of which a chart or operator fills in a part",
      type: "problem",
      hasSuggestions: true,
      messages: { incomplete: "`{{image}}` is {{problem}}", ...EXEMPT_MESSAGE },
    },
    services,
    (file) => {
      const { fields, reading, context } = file;
      for (const field of fields) {
        const { state, at, problem = "incomplete" } = field;
        if (state === "incomplete")
          context.report({
            loc: locationOf(reading, at),
            messageId: "incomplete",
            data: { image: displayText(referenceOf(field)), problem },
            suggest: exemptComment(file, NAME, at),
          });
      }
    },
  );
}
