// What the templates of a chart do with its values.
import { FUNCTIONS } from "../../helm/template/functions.js";
import type { Node } from "../../helm/template/nodes.js";
import { parseTemplate } from "../../helm/template/parse.js";
import { Evaluator } from "./evaluate.js";
import { eachLine } from "./lines.js";
import { SeenUses } from "./seen-uses.js";
import type { ValuePath } from "./value.js";
import { TooMuch, Work, pay } from "./work.js";

/** What the templates of a chart do with its values. */
export interface ChartUses extends Pick<SeenUses, "linesWith" | "takenAt"> {
  /** The templates of which not everything is known, because they are no templates or too large. */
  readonly unread: readonly string[];
}

/** A text that Helm reads as a template. */
export interface TemplateText {
  /** Its path in the chart. */
  readonly file: string;
  readonly text: string;
  /** The key of the subchart that it belongs to, if it does to one. */
  readonly base?: ValuePath;
  /** Set for a library's, which Helm does not render. */
  readonly isLibrary?: boolean;
}

/** All that can become a template in a chart. */
export interface ChartTexts {
  /** Of the chart and of its subcharts, with the chart's own last: of two of a name, it counts. */
  readonly templates: readonly TemplateText[];
  /** Whether all charts are there whose templates these may call. */
  readonly isWhole?: boolean;
  /** Texts among the values: templates only if the chart calls `tpl`. */
  readonly values?: () => readonly TemplateText[];
  /** Other files: the same, for a file whose name is not known. */
  readonly files?: () => readonly TemplateText[];
}

/** For one chart, in steps; see {@link pay}. The largest public ones that are read whole need most of it. */
const MOST_WORK = 5_100_000;

/** Names of files that Helm does not render by themselves: they only define templates. */
const ONLY_DEFINES = /(?:^|\/)_[^/]*$/;

/**
 * Reads what templates do with values.
 *
 * @param texts all that can become a template
 */
export function chartUses(texts: ChartTexts): ChartUses {
  return new Work(MOST_WORK).do(() => read(texts));
}

function read({ templates, isWhole = true, values, files }: ChartTexts): ChartUses {
  const definitions = new Map<string, readonly Node[]>();
  const roots: (TemplateText & { readonly nodes: readonly Node[] })[] = [];
  const uses = new SeenUses();
  const unread = new Set<string>();
  for (const template of templates) {
    const parsed = parseWithin(template.text);
    if (!parsed?.ok) {
      unread.add(template.file);
      continue;
    }
    for (const [name, nodes] of parsed.definitions) definitions.set(name, nodes);
    if (!template.isLibrary && !ONLY_DEFINES.test(template.file))
      roots.push({ ...template, nodes: parsed.root });
  }
  const evaluator = new Evaluator({
    named: (name) => definitions.get(name),
    isNowhere: isWhole ? forgottenBeside(definitions.keys()) : () => false,
    names: () => (isWhole ? [...definitions.keys()] : []),
    parsed: treeOf,
  });
  const run = ({ file, base, nodes }: (typeof roots)[number]): void => {
    const { output, taken } = evaluator.run(nodes, base);
    for (const { path, how } of taken) uses.taken({ file, path, how });
    if (evaluator.isExhausted) unread.add(file);
    eachLine(output, uses.always, {
      line: (line) => {
        uses.line(file, line);
      },
      taken: (path, how) => {
        uses.taken({ file, path, how });
      },
    });
  };
  const runSafely = (root: (typeof roots)[number]): void => {
    try {
      run(root);
    } catch (error) {
      if (!(error instanceof TooMuch || error instanceof RangeError)) throw error;
      unread.add(root.file);
    }
  };
  roots.forEach(runSafely);
  const { templated } = evaluator;
  const others = [
    ...(templated.values ? (values?.() ?? []) : []),
    ...(templated.files ? (files?.() ?? []) : []),
  ];
  for (const template of others) {
    const parsed = parseWithin(template.text);
    if (!parsed) unread.add(template.file);
    // Helm fails on a text that is no template.
    else if (parsed.ok) runSafely({ ...template, nodes: parsed.root });
  }
  return {
    linesWith: (paths) => uses.linesWith(paths),
    takenAt: (paths) => uses.takenAt(paths),
    unread: [...unread],
  };
}

/** What an action of a template costs, and how many characters one step reads; see {@link pay}. */
const [STEPS_OF_ACTION, CHARACTERS] = [15, 10];

function parse(text: string): ReturnType<typeof parseTemplate> {
  let actions = 0;
  for (let at = text.indexOf("{{"); at >= 0; at = text.indexOf("{{", at + 2)) actions++;
  pay(actions * STEPS_OF_ACTION + Math.ceil(text.length / CHARACTERS));
  return parseTemplate(text, isFunction);
}

/** The tree of a text that defines no templates. */
function treeOf(text: string): readonly Node[] | undefined {
  const parsed = parse(text);
  return parsed.ok && parsed.definitions.size === 0 ? parsed.root : undefined;
}

/** The same as {@link parse}; `undefined` where that is more than is looked at. */
function parseWithin(text: string): ReturnType<typeof parseTemplate> | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    return undefined;
  }
}

function isFunction(name: string): boolean {
  return FUNCTIONS.has(name);
}

/** A chart begins its templates' names with its own name, and may have forgotten one. */
function forgottenBeside(names: Iterable<string>): (name: string) => boolean {
  const prefixOf = (name: string): string => name.split(".", 1)[0] ?? "";
  const prefixes = new Set([...names].map(prefixOf));
  return (name) => prefixes.has(prefixOf(name));
}
