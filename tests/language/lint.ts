// Lints a text with both supported versions of ESLint, under our language or under yml/yaml, and counts who
// read and parsed it.
import { Linter as Linter10 } from "eslint";
import { Linter as Linter9 } from "eslint9";
import yml from "eslint-plugin-yml";
import type { ESLint, Linter, Rule } from "eslint";
import { loadYml } from "../../lib/language/foreign.js";
import { createLanguage } from "../../lib/language/language.js";
import { read } from "../../lib/yaml/read.js";
import type { Reading } from "../../lib/yaml/reading.js";

export interface Version {
  readonly name: string;
  readonly Linter: typeof Linter10;
}

export const VERSIONS: readonly Version[] = [
  { name: "ESLint 10", Linter: Linter10 },
  { name: "ESLint 9", Linter: Linter9 as unknown as typeof Linter10 },
];

export const ymlPlugin = yml as unknown as ESLint.Plugin;

let last: Reading | undefined;

/** How often a text was read anew, and how often eslint-plugin-yml was asked for a tree. */
export const counted = { read: 0, tree: 0 };

export const language = createLanguage({
  read: (text) => {
    const reading = read(text);
    if (reading !== last) counted.read++;
    last = reading;
    return reading;
  },
  loadYml: () => {
    counted.tree++;
    return loadYml();
  },
});

/** Rules of the kind that are ours: they listen to `Program` alone and report by location. */
const testRules: Record<string, Rule.RuleModule> = {
  "no-word": {
    meta: { type: "problem", fixable: "code", schema: [{ type: "array", items: { type: "string" } }] },
    create(context) {
      const words = context.options[0] as readonly [string, string];
      return {
        Program() {
          const { text } = context.sourceCode;
          for (let at = text.indexOf(words[0]); at >= 0; at = text.indexOf(words[0], at + 1)) {
            const range: [number, number] = [at, at + words[0].length];
            const loc = {
              start: context.sourceCode.getLocFromIndex(range[0]),
              end: context.sourceCode.getLocFromIndex(range[1]),
            };
            context.report({
              loc,
              message: `no ${words[0]}`,
              fix: (fixer) => fixer.replaceTextRange(range, words[1]),
            });
          }
        },
      };
    },
  },
  "ask-late": {
    meta: { type: "problem", schema: [] },
    create: (context) => ({
      "Program:exit"(node: { readonly body: readonly unknown[] }) {
        if (node.body.length === 0) context.report({ loc: { line: 1, column: 0 }, message: "empty" });
      },
    }),
  },
};

const testPlugin: ESLint.Plugin = { languages: { yaml: language }, rules: testRules };

export interface Options {
  readonly rules?: Linter.RulesRecord;
  readonly language?: "ours" | "yml";
  readonly filename?: string;
  readonly languageOptions?: Record<string, unknown>;
  readonly linterOptions?: Linter.LinterOptions;
}

/** The configuration for a text. */
export function configOf(options: Options): Linter.Config[] {
  return [
    {
      files: ["**/*.yaml"],
      plugins: { test: testPlugin, yml: ymlPlugin },
      language: options.language === "yml" ? "yml/yaml" : "test/yaml",
      linterOptions: options.linterOptions ?? { reportUnusedDisableDirectives: "off" },
      rules: options.rules ?? {},
      ...(options.languageOptions ? { languageOptions: options.languageOptions } : {}),
    },
  ];
}

/** The messages of a text, whole. */
export function verify(version: Version, text: string, options: Options = {}): Linter.LintMessage[] {
  read("");
  last = undefined;
  counted.read = 0;
  counted.tree = 0;
  return new version.Linter().verify(text, configOf(options), options.filename ?? "file.yaml");
}

/** The messages of a text, each as `line:column rule message`. */
export function lint(version: Version, text: string, options: Options = {}): string[] {
  return verify(version, text, options).map(
    ({ line, column, ruleId, message }) => `${String(line)}:${String(column)} ${ruleId ?? "-"} ${message}`,
  );
}

/** The text after `--fix`. */
export function fix(version: Version, text: string, options: Options = {}): string {
  return new version.Linter().verifyAndFix(text, configOf(options), options.filename ?? "file.yaml").output;
}
