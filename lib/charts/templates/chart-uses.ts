// What the templates of a chart do with its values.
import { FUNCTIONS } from "../../helm/template/functions.js";
import type { Node } from "../../helm/template/nodes.js";
import { parseTemplate } from "../../helm/template/parse.js";
import { Evaluator } from "./evaluate.js";
import { eachLine, isPath, lineBudget, type Line } from "./lines.js";
import { TooMuch, type ValuePath } from "./value.js";

/** A form of a line that holds a value, or depends on one. */
export interface UsedLine extends Line {
  /** The template's path in the chart. */
  readonly file: string;
}

/** A value that goes where it is not followed. */
export interface TakenValue {
  readonly file: string;
  readonly path: ValuePath;
  /** See {@link Taken.how}. `yaml`: it, or something above it, is printed as YAML. */
  readonly how: "held" | "asked" | "unknown" | "yaml";
}

export interface ChartUses {
  /** By the last keys of the values that are in them. */
  readonly lines: ReadonlyMap<string, ReadonlySet<UsedLine>>;
  readonly taken: readonly TakenValue[];
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

/** Names of files that Helm does not render by themselves: they only define templates. */
const ONLY_DEFINES = /(?:^|\/)_[^/]*$/;

/**
 * Reads what templates do with values.
 *
 * @param texts all that can become a template
 */
export function chartUses({ templates, isWhole = true, values, files }: ChartTexts): ChartUses {
  const definitions = new Map<string, readonly Node[]>();
  const roots: (TemplateText & { readonly nodes: readonly Node[] })[] = [];
  const uses = new Collected();
  for (const template of templates) {
    const parsed = parseTemplate(template.text, isFunction);
    if (!parsed.ok) {
      uses.unread.add(template.file);
      continue;
    }
    for (const [name, nodes] of parsed.definitions) definitions.set(name, nodes);
    if (!template.isLibrary && !ONLY_DEFINES.test(template.file))
      roots.push({ ...template, nodes: parsed.root });
  }
  const prefixes = new Set([...definitions.keys()].map(prefixOf));
  const evaluator = new Evaluator({
    named: (name) => definitions.get(name),
    isNowhere: (name) => isWhole && prefixes.has(prefixOf(name)),
    names: () => (isWhole ? [...definitions.keys()] : []),
    parsed: (text) => {
      const parsed = parseTemplate(text, isFunction);
      return parsed.ok && parsed.definitions.size === 0 ? parsed.root : undefined;
    },
  });
  const budget = lineBudget();
  const run = ({ file, base, nodes }: (typeof roots)[number]): void => {
    const { output, taken } = evaluator.run(nodes, base);
    for (const { path, how } of taken) uses.taken({ file, path, how });
    const isComplete = eachLine(output, budget, {
      line: (line) => {
        uses.line({ file, ...line });
      },
      taken: (path, how) => {
        uses.taken({ file, path, how });
      },
    });
    if (!isComplete || evaluator.isExhausted) uses.unread.add(file);
  };
  const runSafely = (root: (typeof roots)[number]): void => {
    try {
      run(root);
    } catch (error) {
      if (!(error instanceof TooMuch || error instanceof RangeError)) throw error;
      uses.unread.add(root.file);
    }
  };
  roots.forEach(runSafely);
  const { templated } = evaluator;
  const others = [
    ...(templated.values ? (values?.() ?? []) : []),
    ...(templated.files ? (files?.() ?? []) : []),
  ];
  for (const template of others) {
    const parsed = parseTemplate(template.text, isFunction);
    // Helm fails on a text that is no template.
    if (parsed.ok) runSafely({ ...template, nodes: parsed.root });
  }
  return uses.all();
}

/** What was seen, each once. */
class Collected {
  readonly unread = new Set<string>();
  readonly #lines = new Map<string, Set<UsedLine>>();
  readonly #seen = new Set<string>();
  readonly #taken = new Map<string, TakenValue>();

  line(line: UsedLine): void {
    const isBlank = line.atoms.every((atom) => typeof atom === "string" && !/\S/.test(atom));
    if (isBlank) return;
    const hasValue = line.atoms.some(isPath);
    // Of lines without a value, only what they depend on matters.
    const key = JSON.stringify([line.file, hasValue ? line.atoms : "", line.when]);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const paths = [...line.atoms.filter(isPath), ...line.when.map(({ path }) => path)];
    for (const name of new Set(paths.map((path) => path.at(-1) ?? ""))) {
      const lines = this.#lines.get(name) ?? new Set();
      this.#lines.set(name, lines.add(line));
    }
  }

  taken(value: TakenValue): void {
    this.#taken.set(JSON.stringify([value.file, value.path, value.how]), value);
  }

  all(): ChartUses {
    return { lines: this.#lines, taken: [...this.#taken.values()], unread: [...this.unread] };
  }
}

function isFunction(name: string): boolean {
  return FUNCTIONS.has(name);
}

/** A chart begins its templates' names with its own name, and may have forgotten one. */
function prefixOf(name: string): string {
  return name.split(".", 1)[0] ?? "";
}
