// consistent-digest: a tag of a repository has the same digest everywhere in a file.
import type { Rule } from "eslint";
import type { ImageField } from "../lib/images/field.js";
import { createRule, locationOf, type RuleServices } from "./create-rule.js";
import { imageOf } from "./report.js";

/** The short form of a digest, as container tools print it: the algorithm and twelve digits. */
const SHORT = /^[^:]*:.{0,12}/;

/** Makes the rule. It looks at one file only: ESLint's cache and threads lint files independently. */
export function consistentDigest(services: RuleServices): Rule.RuleModule {
  return createRule(
    {
      name: "consistent-digest",
      description: "require one digest for each tag of a repository within a file",
      type: "problem",
      messages: {
        another:
          "`{{image}}` is pinned to another digest than on line {{line}} (`{{digest}}…`); a tag is one " +
          "image",
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
            data: { image: imageOf(field), line, digest },
          });
        }
      }
    },
  );
}
