// What the templates of a chart do with its values.
import { FUNCTIONS } from "../../helm/template/functions.js";
import type { Node } from "../../helm/template/nodes.js";
import { parseTemplate } from "../../helm/template/parse.js";
import { Evaluator } from "./evaluate.js";
import { eachPrinted, type Printed } from "./uses.js";
import type { ValuePath } from "./value.js";

/** One thing that a template does with a value. */
export interface Use {
  /** The template's path in the chart. */
  readonly file: string;
  readonly path: ValuePath;
  /** Where it is printed; without it, it goes where it is not followed. */
  readonly printed?: Printed;
  /** Set where that may be no more than an image that is put together. */
  readonly isUnknown?: true;
}

export interface ChartUses {
  readonly uses: readonly Use[];
  /** The templates of which not everything is known, because they are no templates or too large. */
  readonly unread: readonly string[];
}

/** Names of files that Helm does not render by themselves: they only define templates. */
const ONLY_DEFINES = /(?:^|\/)_[^/]*$/;

/**
 * Reads what templates do with values.
 *
 * @param files the chart's templates, by their paths
 * @param libraries the texts of other charts' templates, which these may call; asked for where they do
 */
export function chartUses(
  files: ReadonlyMap<string, string>,
  libraries: () => readonly string[] = () => [],
): ChartUses {
  const definitions = new Map<string, readonly Node[]>();
  const roots = new Map<string, readonly Node[]>();
  const unread: string[] = [];
  for (const [file, text] of files) {
    const parsed = parseTemplate(text, isFunction);
    if (!parsed.ok) {
      unread.push(file);
      continue;
    }
    for (const [name, nodes] of parsed.definitions) definitions.set(name, nodes);
    if (!ONLY_DEFINES.test(file)) roots.set(file, parsed.root);
  }
  let others: ReadonlyMap<string, readonly Node[]> | undefined;
  const evaluator = new Evaluator(
    (name) => definitions.get(name) ?? (others ??= definitionsIn(libraries())).get(name),
  );
  const uses: Use[] = [];
  for (const [file, nodes] of roots) {
    const { output, taken } = evaluator.run(nodes);
    for (const { path, isUnknown } of taken) uses.push({ file, path, ...(isUnknown ? { isUnknown } : {}) });
    const isComplete = eachPrinted(output, (printed) => uses.push({ file, path: printed.path, printed }));
    if (!isComplete || evaluator.isExhausted) unread.push(file);
  }
  return { uses, unread };
}

function isFunction(name: string): boolean {
  return FUNCTIONS.has(name);
}

function definitionsIn(texts: readonly string[]): ReadonlyMap<string, readonly Node[]> {
  const found = new Map<string, readonly Node[]>();
  for (const text of texts) {
    const parsed = parseTemplate(text, isFunction);
    if (parsed.ok) for (const [name, nodes] of parsed.definitions) found.set(name, nodes);
  }
  return found;
}
