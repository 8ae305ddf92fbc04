// consistent-digest: one tag of one repository has one digest, wherever it stands in a file.
import type { Rule } from "eslint";
import type { ImageField } from "../lib/images/field.js";
import { displayText } from "../lib/reference/display.js";
import { createRule, locationOf, type RuleServices } from "./create-rule.js";

/** Enough to tell two digests apart, as container tools print them: the algorithm and twelve digits. */
const SHORT = /^[^:]*:.{0,12}/;

/** Makes the rule. It sees one file; what other files hold would make ESLint's cache and its threads lie. */
export function consistentDigest(services: RuleServices): Rule.RuleModule {
  return createRule(
    {
      name: "consistent-digest",
      description: "require one digest for each tag of a repository within a file",
      type: "problem",
      messages: {
        another:
          "`{{image}}` is pinned to another digest than on line {{line}} (`{{digest}}…`); a tag is one image",
      },
    },
    services,
    ({ fields, reading, context }) => {
      const first = new Map<string, ImageField>();
      for (const field of fields) {
        const { reference, state, at } = field;
        if (state !== "pinned" || reference?.tag === undefined || reference.digest === undefined) continue;
        const image = `${reference.domain}/${reference.repository}:${reference.tag}`;
        const known = first.get(image);
        if (known?.reference?.digest === undefined) {
          first.set(image, field);
        } else if (known.reference.digest !== reference.digest) {
          const line = String(reading.positionOf(known.at[0]).line);
          const digest = SHORT.exec(known.reference.digest)?.[0] ?? "";
          context.report({
            loc: locationOf(reading, at),
            messageId: "another",
            data: { image: displayText(field.written.replace(/@.*$/, "")), line, digest },
          });
        }
      }
    },
  );
}
