// Tells which reports of a rule a disable comment suppresses, so that nothing is looked up for them.
import type { Rule } from "eslint";
import type { Position } from "../lib/yaml/reading.js";

interface Directive {
  readonly type: "disable" | "enable" | "disable-line" | "disable-next-line";
  readonly value: string;
  readonly start: Position;
  readonly endLine: number;
}

/** Methods that the source code of ESLint, yml/yaml and our own language has, and ESLint's types lack. */
interface WithDirectives {
  getDisableDirectives(): {
    readonly directives: readonly {
      readonly type: Directive["type"];
      readonly value: string;
      readonly node: unknown;
    }[];
  };
  getLoc(node: unknown): { readonly start: Position; readonly end: Position };
}

/**
 * Finds the positions at which comments switch a rule off. Where this is not certain, the rule counts as on:
 * a lookup too many does no harm.
 *
 * @param context the rule's
 * @param ruleId the rule's full name, `container-images/require-digest`
 * @returns for a position, whether a report there will be suppressed
 */
export function disabledAt(context: Rule.RuleContext, ruleId: string): (position: Position) => boolean {
  const directives = directivesOf(context.sourceCode).filter((directive) => names(directive.value, ruleId));
  if (directives.length === 0) return () => false;
  return (position) => {
    let off = false;
    for (const { type, start, endLine } of directives) {
      if (type === "disable-line" && start.line === position.line) return true;
      if (type === "disable-next-line" && endLine + 1 === position.line) return true;
      const before =
        start.line < position.line || (start.line === position.line && start.column <= position.column);
      if (before && type === "disable") off = true;
      if (before && type === "enable") off = false;
    }
    return off;
  };
}

/**
 * Whether comments may configure ESLint here. `noInlineConfig` forbids it, which only our own language tells.
 */
export function commentsCount(sourceCode: Rule.RuleContext["sourceCode"]): boolean {
  return !("inlineConfigInForce" in sourceCode && sourceCode.inlineConfigInForce === false);
}

function names(value: string, ruleId: string): boolean {
  const rules = value.split(",").map((rule) => rule.trim());
  return rules.length === 1 && rules[0] === "" ? true : rules.includes(ruleId);
}

function directivesOf(sourceCode: Rule.RuleContext["sourceCode"]): readonly Directive[] {
  if (!commentsCount(sourceCode) || !sourceCode.text.includes("eslint-")) return [];
  const code = sourceCode as unknown as WithDirectives;
  return code.getDisableDirectives().directives.map(({ type, value, node }) => {
    const { start, end } = code.getLoc(node);
    return { type, value, start, endLine: end.line };
  });
}
