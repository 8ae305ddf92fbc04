// allowed-registries: images come from the registries and repositories that this project may use, and from no
// others.
import type { Rule } from "eslint";
import { matchesRepository } from "../lib/exempt.js";
import type { State } from "../lib/images/field.js";
import { displayText } from "../lib/reference/display.js";
import { createRule, locationOf, type RuleServices } from "./create-rule.js";

interface Options {
  /** Globs over `domain/repository`; one without a `/` is a registry and all it holds. */
  readonly registries: readonly string[];
}

/** Where a reference is known, and a registry serves it. */
const STATES: ReadonlySet<State> = new Set(["pinned", "incomplete", "unpinned"]);

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
      for (const { state, at, written, reference } of fields) {
        if (!reference || !STATES.has(state)) continue;
        const repository = `${reference.domain}/${reference.repository}`;
        if (matchesRepository(repository, registries)) continue;
        const data = {
          image: displayText(written.replace(/@.*$/, "")),
          repository: displayText(repository),
          allowed: listed(registries),
        };
        context.report({
          loc: locationOf(reading, at),
          messageId: written.startsWith(repository) ? "forbidden" : "short",
          data,
        });
      }
    },
  );
}

/** The first few, for a line that can be read. */
function listed(registries: readonly string[]): string {
  if (registries.length === 0) return "none";
  const shown = registries.slice(0, 3).map((registry) => displayText(registry, 40));
  return `${shown.join(", ")}${registries.length > shown.length ? ", …" : ""}`;
}
