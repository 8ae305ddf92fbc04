// Comments → what they ask of ESLint: rules to disable, rules to configure. Found without a tree.
import { createRequire } from "node:module";
import type { FileProblem, RulesConfig } from "@eslint/core";
import type { Directive, DirectiveType } from "@eslint/plugin-kit";
import type * as PluginKit from "@eslint/plugin-kit";
import type { AST } from "yaml-eslint-parser";
import type { Position, Range } from "../yaml/reading.js";

// As ESLint loads it: see source-code.ts.
const kit = createRequire(import.meta.url)("@eslint/plugin-kit") as typeof PluginKit;
const parser = new kit.ConfigCommentParser();

/** eslint-plugin-yml's own test, so that a comment means the same in both languages. */
const ESLINT_COMMENT = /^\s*eslint(?:-enable|-disable(?:(?:-next)?-line)?)?(?:\s|$)/u;

const DISABLE_TYPES: ReadonlyMap<string, DirectiveType> = new Map([
  ["eslint-disable", "disable"],
  ["eslint-enable", "enable"],
  ["eslint-disable-line", "disable-line"],
  ["eslint-disable-next-line", "disable-next-line"],
]);

/**
 * `rule: severity`, as far as needed to tell it from prose: a plugin's rule, or any name before something
 * that can be a severity or options. In YAML every comment is a line comment, and `# eslint runs on this
 * file` must not stop a lint.
 */
const CONFIGURATION =
  /^["']?(?:@?[\w-]+\/[\w@/-]+["']?\s*:|[\w-]+["']?\s*:\s*(?:["'[]|(?:off|warn|error|[012])\b))/;

/**
 * Picks the comments that speak to ESLint.
 *
 * @param text the text that the ranges count in
 * @param ranges all comments, from `#` to the line's end
 * @param positionOf line and column of an offset
 * @returns the comments that begin with an `eslint…` word, in order, as yaml-eslint-parser's nodes
 */
export function eslintComments(
  text: string,
  ranges: readonly Range[],
  positionOf: (offset: number) => Position,
): AST.Comment[] {
  const comments: AST.Comment[] = [];
  for (const [start, end] of ranges) {
    const value = text.slice(start + 1, end);
    if (!ESLINT_COMMENT.test(value)) continue;
    const loc = { start: positionOf(start), end: positionOf(end) };
    comments.push({ type: "Block", value, range: [start, end], loc });
  }
  return comments;
}

/**
 * Reads the comments that switch rules off and on.
 *
 * @param comments those that begin with an `eslint…` word
 * @returns a directive for each, its `node` the comment; there are no problems, as YAML's comments are lines
 */
export function disableDirectives(comments: readonly AST.Comment[]): {
  directives: Directive[];
  problems: FileProblem[];
} {
  const directives: Directive[] = [];
  for (const node of comments) {
    const parsed = parser.parseDirective(node.value);
    const type = parsed && DISABLE_TYPES.get(parsed.label);
    if (!type) continue;
    const { value, justification } = parsed;
    directives.push(new kit.Directive({ type, node, value, justification }));
  }
  return { directives, problems: [] };
}

/**
 * Reads `# eslint rule: severity` comments.
 *
 * @param comments those that begin with an `eslint…` word
 * @returns the rules that each configures, and a problem for each that tries to and cannot be read (ESLint
 *   makes it fatal, as in every language); a sentence that begins with `eslint` is neither
 */
export function inlineConfiguration(comments: readonly AST.Comment[]): {
  configs: { config: { rules: RulesConfig }; loc: AST.SourceLocation }[];
  problems: FileProblem[];
} {
  const found: ReturnType<typeof inlineConfiguration> = { configs: [], problems: [] };
  for (const { value, loc } of comments) {
    const parsed = parser.parseDirective(value);
    if (parsed?.label !== "eslint" || !CONFIGURATION.test(parsed.value)) continue;
    const result = parser.parseJSONLikeConfig(parsed.value);
    if (result.ok) found.configs.push({ config: { rules: result.config }, loc });
    else found.problems.push({ ruleId: null, message: result.error.message, loc });
  }
  return found;
}
