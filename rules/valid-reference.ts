// valid-reference: what stands where an image must stand is a reference.
import type { Rule } from "eslint";
import { displayText } from "../lib/reference/display.js";
import { EXEMPT_MESSAGE, exemptComment } from "./exempt-comment.js";
import { createRule, locationOf, type RuleServices } from "./create-rule.js";

const NAME = "valid-reference";

/** Makes the rule. */
export function validReference(services: RuleServices): Rule.RuleModule {
  return createRule(
    {
      name: NAME,
      description: "require image references to follow the grammar that registries and runtimes hold them to",
      type: "problem",
      hasSuggestions: true,
      messages: { invalid: "`{{image}}` is no image reference: {{problem}}", ...EXEMPT_MESSAGE },
    },
    services,
    (file) => {
      const { fields, reading, context } = file;
      for (const { state, at, written, problem = "it breaks the grammar" } of fields) {
        if (state === "invalid") context.report({ loc: locationOf(reading, at), messageId: "invalid", data: { image: displayText(written), problem }, suggest: exemptComment(file, NAME, at) });
      }
    },
  );
}
