// allowed-registries: images come only from the registries and repositories that the project allows.
import type { Rule } from "eslint";
import { matchesRepository } from "../lib/exempt.js";
import { displayText } from "../lib/reference/display.js";
import { createRule, locationOf, type RuleServices } from "./create-rule.js";
import { imageOf, isServed } from "./report.js";

interface Options {
  /** Globs over `domain/repository`; one without a `/` means a registry and all its repositories. */
  readonly registries: readonly string[];
}

/** Makes the rule. */
export function allowedRegistries(services: RuleServices): Rule.RuleModule {
  return createRule<Options>(
    {
      name: "allowed-registries",
      description: "require images to come from registries and repositories that are allowed",
      type: "suggestion",
      messages: {
        forbidden: "`{{image}}` is not allowed here; use {{allowed}}",
        short: "`{{image}}` is {{repository}}, which is not allowed here; use {{allowed}}",
      },
      schema: {
        properties: {
          registries: { type: "array", items: { type: "string", minLength: 1 }, uniqueItems: true },
        },
        required: ["registries"],
      },
    },
    services,
    ({ fields, reading, context }, { registries }) => {
      for (const field of fields) {
        const { state, at, reference } = field;
        if (!reference || !isServed(state)) continue;
        const repository = `${reference.domain}/${reference.repository}`;
        if (matchesRepository(repository, registries)) continue;
        const image = imageOf(field);
        const data = {
          image,
          repository: displayText(repository),
          allowed: listed(registries),
        };
        context.report({
          loc: locationOf(reading, at),
          messageId: image.startsWith(data.repository) ? "forbidden" : "short",
          data,
        });
      }
    },
  );
}

/** The first few registries, so that the message stays short. */
function listed(registries: readonly string[]): string {
  if (registries.length === 0) return "none";
  const shown = registries.slice(0, 3).map((registry) => displayText(registry, 40));
  return `${shown.join(", ")}${registries.length > shown.length ? ", …" : ""}`;
}
