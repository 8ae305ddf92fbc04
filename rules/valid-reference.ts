// valid-reference: what stands where an image must stand is a reference.
import type { Rule } from "eslint";
import { removeSecondDigest } from "../lib/pinning/move-digest.js";
import { unsafe } from "../lib/pinning/unsafe.js";
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
      messages: {
        invalid: "`{{image}}` is no image reference: {{problem}}",
        edit: "{{title}}",
        ...EXEMPT_MESSAGE,
      },
    },
    services,
    (file) => {
      const { text, fields, reading, settings, context } = file;
      for (const field of fields) {
        // What a chart or operator makes invalid is told by no-unsafe-digest, which knows the repair.
        if (field.state !== "invalid" || unsafe(text, field, settings)) continue;
        const { at, written, problem = "it breaks the grammar" } = field;
        const edit = removeSecondDigest(text, field);
        const kept: Rule.SuggestionReportDescriptor[] = edit
          ? [
              {
                messageId: "edit",
                data: { title: edit.title },
                fix: (fixer) => fixer.replaceTextRange([...edit.range], edit.text),
              },
            ]
          : [];
        context.report({
          loc: locationOf(reading, at),
          messageId: "invalid",
          data: { image: displayText(written), problem },
          suggest: [...kept, ...exemptComment(file, NAME, at)],
        });
      }
    },
  );
}
