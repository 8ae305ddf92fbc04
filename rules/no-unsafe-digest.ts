// no-unsafe-digest: a digest is written only where the chart or operator can use it.
import type { Rule } from "eslint";
import { unsafe } from "../lib/pinning/unsafe.js";
import { displayText } from "../lib/reference/display.js";
import { createRule, locationOf, type RuleServices } from "./create-rule.js";
import { fixOf, referenceOf } from "./report.js";

/** The digests in an image. A message names the image without them. */
const DIGESTS = /@[A-Za-z0-9+._-]+:[0-9A-Fa-f]{32,}/g;

/** Makes the rule. */
export function noUnsafeDigest(services: RuleServices): Rule.RuleModule {
  return createRule(
    {
      name: "no-unsafe-digest",
      description: "disallow digests where the chart or operator breaks on them",
      type: "problem",
      fixable: "code",
      messages: { unsafe: "The digest of `{{image}}` {{why}}; {{remedy}}" },
    },
    services,
    ({ text, fields, reading, settings, context }) => {
      for (const field of fields) {
        const found = unsafe(text, field, settings);
        if (!found) continue;
        const { why, remedy, edit } = found;
        context.report({
          loc: locationOf(reading, field.at),
          messageId: "unsafe",
          data: { image: displayText(referenceOf(field).replace(DIGESTS, "")), why, remedy },
          fix: fixOf(text, edit),
        });
      }
    },
  );
}
