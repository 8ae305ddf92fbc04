// no-floating-tag: a tag that is moved to other images does not say which image runs.
import type { Rule } from "eslint";
import type { ImageField } from "../lib/images/field.js";
import { floating, type Floating } from "../lib/vocabulary/floating-tag.js";
import { displayText } from "../lib/reference/display.js";
import { isTag } from "../lib/reference/reference.js";
import { createRule, locationOf, type RuleServices } from "./create-rule.js";
import { imageOf } from "./report.js";

interface Options {
  /** Whether tags such as `1` are reported too. */
  readonly major: boolean;
  /** Whether tags such as `1.2` are reported too. */
  readonly minor: boolean;
  /** Whether tags beside a digest are reported too, although the digest decides which image runs. */
  readonly evenPinned: boolean;
}

/** Makes the rule. */
export function noFloatingTag(services: RuleServices): Rule.RuleModule {
  return createRule<Options>(
    {
      name: "no-floating-tag",
      description: "disallow tags that are moved to other images, and images without a tag",
      type: "suggestion",
      messages: {
        name: "`{{image}}`: `{{tag}}` is moved to every new build; name a version",
        major: "`{{image}}`: `{{tag}}` is moved to every release of that major version; name one",
        minor: "`{{image}}`: `{{tag}}` is moved to every release of that minor version; name one",
        untagged:
          "`{{image}}` has no tag, so it is `latest`, which is moved to every new build; name a version",
      },
      schema: {
        properties: {
          major: { type: "boolean" },
          minor: { type: "boolean" },
          evenPinned: { type: "boolean" },
        },
      },
      defaultOptions: { major: false, minor: false, evenPinned: false },
    },
    services,
    ({ fields, reading, context }, options) => {
      for (const field of fields) {
        const found = verdict(field, options);
        if (!found) continue;
        const data = { image: imageOf(field), tag: displayText(found.tag) };
        context.report({ loc: locationOf(reading, field.at), messageId: found.kind, data });
      }
    },
  );
}

function verdict(
  { state, reference, parts }: ImageField,
  options: Options,
): { readonly kind: Floating | "untagged"; readonly tag: string } | undefined {
  if (state !== "unpinned" && state !== "incomplete" && !(state === "pinned" && options.evenPinned))
    return undefined;
  // A tag also moves where the chart fills in the repository.
  const tag = reference ? reference.tag : parts.tag?.value.split("@", 1)[0];
  if (tag === undefined) return state === "unpinned" ? { kind: "untagged", tag: "latest" } : undefined;
  const kind = isTag(tag) ? floating(tag) : undefined;
  return kind === undefined || (kind !== "name" && !options[kind]) ? undefined : { kind, tag };
}
