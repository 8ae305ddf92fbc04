// no-incomplete-reference: a repository without a tag, or the reverse, says nothing of which image runs.
import type { Rule } from "eslint";
import { displayText } from "../lib/reference/display.js";
import { createRule, locationOf, type RuleServices } from "./create-rule.js";

/** Makes the rule. */
export function noIncompleteReference(services: RuleServices): Rule.RuleModule {
  return createRule(
    {
      name: "no-incomplete-reference",
      description: "disallow image references of which a chart or operator fills in a part",
      type: "problem",
      messages: { incomplete: "`{{image}}` is {{problem}}" },
    },
    services,
    ({ fields, reading, context }) => {
      for (const { state, at, written, problem = "incomplete" } of fields) {
        if (state === "incomplete") context.report({ loc: locationOf(reading, at), messageId: "incomplete", data: { image: displayText(written), problem } });
      }
    },
  );
}
