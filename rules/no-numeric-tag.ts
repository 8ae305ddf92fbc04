// no-numeric-tag: a tag is a string; Helm may print a number as another one.
import type { Rule } from "eslint";
import type { Part } from "../lib/images/field.js";
import { helmPrints } from "../lib/images/helm-scalar.js";
import { isWritable } from "../lib/pinning/writable.js";
import { displayText } from "../lib/reference/display.js";
import { isTag } from "../lib/reference/reference.js";
import { createRule, locationOf, type RuleServices } from "./create-rule.js";
import { imageOf } from "./report.js";

/** Makes the rule. */
export function noNumericTag(services: RuleServices): Rule.RuleModule {
  return createRule(
    {
      name: "no-numeric-tag",
      description: "disallow tags that are numbers and that Helm reads as others",
      type: "problem",
      hasSuggestions: true,
      messages: {
        numeric:
          "`{{image}}`: the tag is no text, and Helm reads `{{tag}}` as `{{read}}`; quote the one " +
          "that is meant",
        quote: 'Write `"{{tag}}"`',
      },
    },
    services,
    ({ text, fields, reading, context }) => {
      for (const field of fields) {
        const { state, at, parts, slot } = field;
        const { tag } = parts;
        const read = tag && state !== "templated" ? readAsAnother(tag) : undefined;
        if (!tag || read === undefined) continue;
        const mayQuote = isWritable(text, tag) && !(slot.kind === "none" && slot.reason === "embedded");
        context.report({
          loc: locationOf(reading, at),
          messageId: "numeric",
          data: { image: imageOf(field), tag: displayText(tag.value), read },
          suggest: [tag.value, read]
            .filter((form) => mayQuote && isTag(form))
            .map((form) => ({
              messageId: "quote",
              data: { tag: form },
              fix: (fixer) => fixer.replaceTextRange([...tag.range], `"${form}"`),
            })),
        });
      }
    },
  );
}

/** What Helm prints for a tag, if that is not its text. A digest beside it changes nothing. */
function readAsAnother({ quote, value }: Part): string | undefined {
  const read = quote === "" ? helmPrints(value) : undefined;
  return read === value ? undefined : read;
}
