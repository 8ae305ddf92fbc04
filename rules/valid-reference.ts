// valid-reference: the value of an image field is an image reference.
import type { Rule } from "eslint";
import { unsafe } from "../lib/pinning/unsafe.js";
import { removeSecondDigest } from "../lib/pinning/move-digest.js";
import { displayText } from "../lib/reference/display.js";
import { createRule, locationOf, type RuleServices } from "./create-rule.js";
import { EXEMPT_MESSAGE, exemptComment } from "./exempt-comment.js";
import { EDIT_MESSAGE, suggestionOf } from "./report.js";

const NAME = "valid-reference";

/** Makes the rule. */
export function validReference(services: RuleServices): Rule.RuleModule {
  return createRule(
    {
      name: NAME,
      description: "require image references to follow the grammar that registries and runtimes hold them to",
      type: "problem",
      hasSuggestions: true,
      messages: {
        invalid: "`{{image}}` is no image reference: {{problem}}",
        ...EDIT_MESSAGE,
        ...EXEMPT_MESSAGE,
      },
    },
    services,
    (file) => {
      const { text, fields, reading, settings, context } = file;
      for (const field of fields) {
        // What only a chart or operator cannot use is reported by no-unsafe-digest, which can fix it.
        if (field.state !== "invalid" || unsafe(text, field, settings)) continue;
        const { at, written, problem = "it breaks the grammar" } = field;
        const edit = removeSecondDigest(text, field);
        context.report({
          loc: locationOf(reading, at),
          messageId: "invalid",
          data: { image: displayText(written), problem },
          suggest: [...(edit ? [suggestionOf(edit)] : []), ...exemptComment(file, NAME, at)],
        });
      }
    },
  );
}
