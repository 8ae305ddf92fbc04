// What all rules share: the guard, the fields of a file, and reports by the user's own positions.
import type { Rule } from "eslint";
import { exemptable, exemptionFor } from "../lib/exempt.js";
import type { ImageField } from "../lib/images/field.js";
import type { Neighbour } from "../lib/neighbour.js";
import { inspect } from "../lib/images/inspect.js";
import { holdsVocabulary } from "../lib/vocabulary/holds-vocabulary.js";
import type { Lookup } from "../lib/reference/answer.js";
import { readSettings, type Settings } from "../lib/settings.js";
import type { Range, Reading } from "../lib/yaml/reading.js";

/** What the rules need of the outside world, handed in by the plugin's entry: no rule opens a file or a socket. */
export interface RuleServices {
  readonly lookup: Lookup<Settings>;
  /** Reads files beside the linted one. */
  readonly neighbour: (filename: string) => Neighbour;
}

/** A file as a rule sees it. */
export interface ImageFile {
  readonly text: string;
  readonly reading: Reading;
  readonly settings: Settings;
  /** The fields that no exemption covers and that are not generated. */
  readonly fields: readonly ImageField[];
  readonly context: Rule.RuleContext;
}

type Schema = NonNullable<NonNullable<Rule.RuleModule["meta"]>["schema"]>;

/** The schema of a rule's one object of options, without its `type` and with every key in it. */
interface OptionsSchema {
  /** JSON schema, draft 4. */
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly required?: readonly string[];
}

export interface RuleDetails<Options = undefined> {
  readonly name: string;
  readonly description: string;
  readonly messages: Readonly<Record<string, string>>;
  readonly type: "problem" | "suggestion";
  readonly fixable?: "code";
  readonly hasSuggestions?: true;
  /** Absent where the rule takes no options. With a required option the rule must be given its options. */
  readonly schema?: OptionsSchema;
  /** What an option is that the user leaves out. */
  readonly defaultOptions?: Options;
}

const DOCS = "https://github.com/container-images/eslint-plugin-container-images/blob/main/docs/rules";

/**
 * Makes a rule that looks at a file's image fields once, at `Program`.
 *
 * @param details the rule's name, description and messages
 * @param services what the plugin's entry hands in
 * @param check reports on one file, given the options that the details' schema let through; not called where the file
 *   holds no image or a setting is wrong
 * @param onWrongSetting what to do with the message about a wrong setting; only one rule says it
 * @returns an ESLint rule that works in `container-images/yaml`, in `yml/yaml` and with yaml-eslint-parser, and is silent
 *   in every other file
 */
export function createRule<Options = undefined>(
  details: RuleDetails<Options>,
  services: RuleServices,
  check: (file: ImageFile, options: Options) => void,
  onWrongSetting?: (context: Rule.RuleContext, message: string) => void,
): Rule.RuleModule {
  return {
    meta: ruleMeta(details),
    create(context) {
      if (!details.schema && context.options.length > 0) return refuseOptions(context);
      const result = readSettings(context.settings);
      if (
        !holdsVocabulary(context.sourceCode.text, result.ok ? result.settings : undefined) ||
        !isYaml(context.sourceCode)
      )
        return {};
      return {
        Program() {
          if (!result.ok) {
            onWrongSetting?.(context, result.message);
            return;
          }
          const file = imageFile(context, result.settings, services);
          // ESLint has held them to the schema and put the defaults in.
          if (file) check(file, context.options[0] as Options);
        },
      };
    },
  };
}

/** The `meta` of a rule, from what its file says of it. */
export function ruleMeta<Options>(details: RuleDetails<Options>): NonNullable<Rule.RuleModule["meta"]> {
  const { name, description, messages, type, fixable, hasSuggestions, schema, defaultOptions } = details;
  return {
    type,
    docs: { description, url: `${DOCS}/${name}.md` },
    // Not `[]`: for it ESLint would load and set up a schema validator, a tenth of a whole run on a hundred files of recipes.
    schema: schema ? optionsSchema(schema) : false,
    ...(defaultOptions === undefined ? {} : { defaultOptions: [defaultOptions] }),
    messages: schema
      ? { ...messages }
      : { ...messages, [NO_OPTIONS]: "This rule takes no options; take them out of the configuration" },
    ...(fixable ? { fixable } : {}),
    ...(hasSuggestions ? { hasSuggestions } : {}),
  };
}

const NO_OPTIONS = "noOptions";

/** What a rule without options does when it is given some: it says so in each file, and nothing else. */
export function refuseOptions(context: Rule.RuleContext): Rule.RuleListener {
  const start = { line: 1, column: 0 };
  return {
    Program: () => {
      context.report({ loc: { start, end: start }, messageId: NO_OPTIONS });
    },
  };
}

function optionsSchema({ properties, required }: OptionsSchema): Schema {
  const options = {
    type: "object",
    properties,
    ...(required ? { required } : {}),
    additionalProperties: false,
  };
  return { type: "array", items: [options], minItems: required ? 1 : 0, maxItems: 1 };
}

/** Where a stretch of the text stands, for ESLint: lines from 1, columns from 0. */
export function locationOf(
  reading: Reading,
  [start, end]: Range,
): { start: { line: number; column: number }; end: { line: number; column: number } } {
  return { start: { ...reading.positionOf(start) }, end: { ...reading.positionOf(end) } };
}

function imageFile(
  context: Rule.RuleContext,
  settings: Settings,
  services: RuleServices,
): ImageFile | undefined {
  const { filename, sourceCode } = context;
  const { fields, reading } = inspect(
    sourceCode.text,
    { filename, settings, neighbour: services.neighbour(filename) },
    sourceCode,
  );
  if (!reading) return undefined;
  const open = fields.filter(
    (field) => !field.generated && !exemptionFor(exemptable(field), filename, settings),
  );
  return { text: sourceCode.text, reading, settings, fields: open, context };
}

/**
 * Whether a file is in our own language, and images are looked for in it.
 *
 * @returns `undefined` in every other language
 */
export function looksForImages(sourceCode: Rule.RuleContext["sourceCode"]): boolean | undefined {
  return "looksForImages" in sourceCode ? sourceCode.looksForImages === true : undefined;
}

/** Our own language is asked first: asking it for `parserServices` would build a tree that no rule here needs, and none for a template. */
function isYaml(sourceCode: Rule.RuleContext["sourceCode"]): boolean {
  const ours = looksForImages(sourceCode);
  if (ours !== undefined) return ours;
  const services: unknown = sourceCode.parserServices;
  return (
    typeof services === "object" && services !== null && "isYAML" in services && services.isYAML === true
  );
}
