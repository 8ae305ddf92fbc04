// The three ways in which a user may have YAML linted; every rule case runs in each.
import { RuleTester, type ESLint, type Linter } from "eslint";
import { afterAll, describe, it } from "vitest";
import yml from "eslint-plugin-yml";
import * as yamlParser from "yaml-eslint-parser";
import { createLanguage } from "../../lib/language/language.js";
import type { Answer } from "../../lib/reference/answer.js";
import { formatReference, type Reference } from "../../lib/reference/reference.js";
import type { Settings } from "../../lib/settings/settings.js";
import type { RuleServices } from "../../rules/create-rule.js";
import { digestOf } from "../images/fields-of.js";

RuleTester.describe = describe;
RuleTester.it = it;
(RuleTester as unknown as { afterAll: typeof afterAll }).afterAll = afterAll;

const ours = { languages: { yaml: createLanguage() } } as unknown as ESLint.Plugin;

export const MODES: Readonly<
  Record<"container-images/yaml" | "yml/yaml" | "yaml-eslint-parser", Linter.Config>
> = {
  "container-images/yaml": {
    files: ["**/*.*"],
    plugins: { "container-images": ours },
    language: "container-images/yaml",
  },
  "yml/yaml": { files: ["**/*.*"], plugins: { yml }, language: "yml/yaml" },
  "yaml-eslint-parser": { files: ["**/*.*"], languageOptions: { parser: yamlParser } },
};

/**
 * Runs a block of rule cases in each mode. Where an error names no suggestions, it has the one to exempt, if
 * its rule makes it.
 */
export function inEachMode(run: (tester: Pick<RuleTester, "run">, mode: keyof typeof MODES) => void): void {
  for (const [mode, config] of Object.entries(MODES)) {
    const tester = new RuleTester(config);
    const exempting: Pick<RuleTester, "run"> = {
      run(name, rule, { valid, invalid }) {
        const exempts = "exempt" in (rule.meta?.messages ?? {});
        tester.run(name, rule, {
          valid,
          invalid: exempts ? invalid.map((each) => withExemption(each)) : invalid,
        });
      },
    };
    describe(mode, () => {
      run(exempting, mode as keyof typeof MODES);
    });
  }
}

function withExemption(test: RuleTester.InvalidTestCase): RuleTester.InvalidTestCase {
  if (!Array.isArray(test.errors)) return test;
  return {
    ...test,
    errors: test.errors.map((error) =>
      typeof error === "object" && !(error instanceof RegExp) ? { suggestions: 1, ...error } : error,
    ),
  };
}

export interface Recorded extends RuleServices {
  /** Each call of `lookup`, its references written out. */
  readonly calls: string[][];
}

export const DIGEST = digestOf("a");

/** Answers from a table: `known` has a digest, every other image's answer is `otherwise`. */
export function services(
  known: readonly string[],
  otherwise: Answer = { ok: false, reason: "offline", message: "not asked" },
): Recorded {
  const calls: string[][] = [];
  const answer = (reference: Reference): Answer =>
    known.includes(formatReference(reference))
      ? { ok: true, digest: DIGEST, mediaType: "", resolvedAt: 0, from: "cache" }
      : otherwise;
  return {
    calls,
    lookup: (references: readonly Reference[], _settings: Settings) => {
      if (references.length > 0) calls.push(references.map((reference) => formatReference(reference)));
      return references.map((reference) => answer(reference));
    },
    neighbour: () => () => undefined,
  };
}
