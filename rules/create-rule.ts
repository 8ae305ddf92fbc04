// Makes rules: decides which files a rule looks at, and gives it the image fields of the file.
import type { Rule } from "eslint";
import { exemptable, exemptionFor } from "../lib/exempt.js";
import type { FateOf } from "../lib/deployed/fate.js";
import type { ImageField } from "../lib/images/field.js";
import type { Neighbour } from "../lib/neighbour.js";
import { inspect } from "../lib/images/inspect.js";
import { holdsVocabulary } from "../lib/vocabulary/holds-vocabulary.js";
import { mayHoldImages } from "../lib/images/may-hold-images.js";
import type { Lookup } from "../lib/reference/answer.js";
import { readSettings } from "../lib/settings/read.js";
import type { Settings } from "../lib/settings/settings.js";
import type { Range, Reading } from "../lib/yaml/reading.js";

/**
 * The services that the rules use. The plugin passes them in, so that no rule opens a file or a socket.
 */
export interface RuleServices {
  readonly lookup: Lookup<Settings>;
  /** Reads the files beside the linted file. */
  readonly neighbour: (filename: string) => Neighbour;
  /** What becomes of a file's images when they are deployed; the first argument is ESLint's folder. */
  readonly deployed?: (root: string, filename: string) => FateOf | undefined;
}

/** A file as a rule sees it. */
export interface ImageFile {
  readonly text: string;
  readonly reading: Reading;
  readonly settings: Settings;
  /** The fields that are deployed, that no exemption covers and that are not generated. */
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
  /** Absent if the rule takes no options. If an option is required, the user must give the options. */
  readonly schema?: OptionsSchema;
  /** The values of options that the user leaves out. */
  readonly defaultOptions?: Options;
}

const DOCS = "https://github.com/container-images/eslint-plugin-container-images/blob/main/docs/rules";

/**
 * Makes a rule that looks at a file's image fields once.
 *
 * It does so when ESLint creates it, and listens to nothing: a listener costs ESLint more than all else that
 * a rule does in a file without images.
 *
 * @param details the rule's name, description and messages
 * @param services the services that the plugin passes in
 * @param check reports on one file, with the validated options; not called if the file holds no image or a
 *   setting is wrong
 * @param onWrongSetting reports a wrong setting; only one rule does so
 * @returns an ESLint rule that works in `container-images/yaml`, in `yml/yaml` and with yaml-eslint-parser,
 *   and is silent in every other file
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
      const file = sharedFile(context, services);
      if (file === undefined) return LISTENS_TO_NOTHING;
      if (typeof file === "string") onWrongSetting?.(context, file);
      // ESLint has validated the options and filled in the defaults.
      else check({ context, ...file }, context.options[0] as Options);
      return LISTENS_TO_NOTHING;
    },
  };
}

const LISTENS_TO_NOTHING: Rule.RuleListener = {};

/** Makes the `meta` of a rule from its details. */
export function ruleMeta<Options>(details: RuleDetails<Options>): NonNullable<Rule.RuleModule["meta"]> {
  const { name, description, messages, type, fixable, hasSuggestions, schema, defaultOptions } = details;
  return {
    type,
    docs: { description, url: `${DOCS}/${name}.md` },
    // Not `[]`: ESLint would load a schema validator for it, a tenth of the time for a hundred files.
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

/** What a rule without options does if it is given options: it only reports that, in each file. */
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

/** The location of a range, for ESLint: lines from 1, columns from 0. */
export function locationOf(
  reading: Reading,
  [start, end]: Range,
): { start: { line: number; column: number }; end: { line: number; column: number } } {
  return { start: { ...reading.positionOf(start) }, end: { ...reading.positionOf(end) } };
}

/** What is the same for all rules of a file; `undefined` where no rule has to look at it. */
type SharedFile = Omit<ImageFile, "context"> | string | undefined;

/** The last file, while its rules are created one after the other: it may be large. */
let last:
  | {
      readonly context: Pick<Rule.RuleContext, "sourceCode" | "settings" | "filename">;
      readonly services: RuleServices;
      readonly file: SharedFile;
    }
  | undefined;

/**
 * Finds a file's image fields, once for all rules.
 *
 * @returns the message about a wrong setting in their place, if one is wrong
 */
function sharedFile(context: Rule.RuleContext, services: RuleServices): SharedFile {
  const { sourceCode, settings, filename } = context;
  const isSame =
    last?.context.sourceCode === sourceCode &&
    last.context.settings === settings &&
    last.context.filename === filename &&
    last.services === services;
  if (!last || !isSame) {
    last = { context: { sourceCode, settings, filename }, services, file: imageFile(context, services) };
    queueMicrotask(() => {
      last = undefined;
    });
  }
  return last.file;
}

function imageFile(
  { filename, sourceCode, settings: all, cwd }: Rule.RuleContext,
  services: RuleServices,
): SharedFile {
  const { text } = sourceCode;
  const result = readSettings(all);
  if (!result.ok) return holdsVocabulary(text) && isYaml(sourceCode) ? result.message : undefined;
  const { settings } = result;
  const from = {
    filename,
    settings,
    neighbour: services.neighbour(filename),
    deployed: (file: string) => services.deployed?.(cwd, file),
  };
  if (!mayHoldImages(text, from) || !isYaml(sourceCode)) return undefined;
  const { fields, reading } = inspect(text, from, sourceCode);
  if (!reading) return undefined;
  const open = fields.filter(
    (field) =>
      field.state !== "replaced" && !field.generated && !exemptionFor(exemptable(field), filename, settings),
  );
  return { text, reading, settings, fields: open };
}

/**
 * Whether a file of our own language is searched for images.
 *
 * @returns `undefined` in every other language
 */
export function looksForImages(sourceCode: Rule.RuleContext["sourceCode"]): boolean | undefined {
  return "looksForImages" in sourceCode ? sourceCode.looksForImages === true : undefined;
}

/**
 * Our own language is asked first: its `parserServices` would build a tree that no rule here needs.
 */
function isYaml(sourceCode: Rule.RuleContext["sourceCode"]): boolean {
  const ours = looksForImages(sourceCode);
  if (ours !== undefined) return ours;
  const services: unknown = sourceCode.parserServices;
  return (
    typeof services === "object" && services !== null && "isYAML" in services && services.isYAML === true
  );
}
