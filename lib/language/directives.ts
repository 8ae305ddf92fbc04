// Comments → what they ask of ESLint: rules to disable, rules to configure.
import { createRequire } from "node:module";
import type { Directive, DirectiveType } from "@eslint/plugin-kit";
import type * as PluginKit from "@eslint/plugin-kit";
import type { FileProblem, RulesConfig } from "@eslint/core";
import type { Comment, Location } from "./syntax.js";

// As ESLint loads it: see source-code.ts.
const kit = createRequire(import.meta.url)("@eslint/plugin-kit") as typeof PluginKit;
const parser = new kit.ConfigCommentParser();

const DISABLE_TYPES: ReadonlyMap<string, DirectiveType> = new Map([
  ["eslint-disable", "disable"],
  ["eslint-enable", "enable"],
  ["eslint-disable-line", "disable-line"],
  ["eslint-disable-next-line", "disable-next-line"],
]);

/**
 * `rule: severity`, as far as needed to tell it from prose: a plugin's rule, or any name before something that can be a
 * severity or options. In YAML every comment is a line comment, and `# eslint runs on this file` must not stop a lint.
 */
const CONFIGURATION =
  /^["']?(?:@?[\w-]+\/[\w@/-]+["']?\s*:|[\w-]+["']?\s*:\s*(?:["'[]|(?:off|warn|error|[012])\b))/;

export interface DisableDirectives {
  readonly directives: Directive[];
  readonly problems: FileProblem[];
}

/**
 * Reads the comments that switch rules off and on.
 *
 * @param comments those that begin with an `eslint…` word
 * @returns one directive for each; `node` is the comment. There are never problems: a YAML comment is one line
 */
export function disableDirectives(comments: readonly Comment[]): DisableDirectives {
  const directives: Directive[] = [];
  for (const comment of comments) {
    const parsed = parser.parseDirective(comment.value);
    const type = parsed && DISABLE_TYPES.get(parsed.label);
    if (type)
      directives.push(
        new kit.Directive({ type, node: comment, value: parsed.value, justification: parsed.justification }),
      );
  }
  return { directives, problems: [] };
}

export interface InlineConfiguration {
  readonly configs: { readonly config: { readonly rules: RulesConfig }; readonly loc: Location }[];
  readonly problems: FileProblem[];
}

/**
 * Reads `# eslint rule: severity` comments.
 *
 * @param comments those that begin with an `eslint…` word
 * @returns the rules that each configures, and a problem for each that tries to and cannot be read (ESLint makes it fatal, as
 *   in every language); a sentence that begins with `eslint` is neither
 */
export function inlineConfiguration(comments: readonly Comment[]): InlineConfiguration {
  const found: InlineConfiguration = { configs: [], problems: [] };
  for (const comment of comments) {
    const parsed = parser.parseDirective(comment.value);
    if (parsed?.label !== "eslint" || !CONFIGURATION.test(parsed.value)) continue;
    const result = parser.parseJSONLikeConfig(parsed.value);
    if (result.ok) found.configs.push({ config: { rules: result.config }, loc: comment.loc });
    else found.problems.push({ ruleId: null, message: result.error.message, loc: comment.loc });
  }
  return found;
}
