// Values that a chart asks for before it renders, as `required` and `fail` in its templates do: made-up ones.
import { FUNCTIONS } from "../helm/template/functions.js";
import type { Node, Operand, Pipe } from "../helm/template/nodes.js";
import { parseTemplate } from "../helm/template/parse.js";
import { textOf, type ChartContent } from "./chart-content.js";
import type { ChartFiles } from "./chart-files.js";
import { isEmpty, madeUp } from "./made-up.js";
import { override, valueAt, type Values } from "./values.js";

/** Where Helm stopped: in the template that called `required` or `fail`, or that included it; and why. */
const STOPPED = /execution error at \(([^():\s]+):(\d+):(\d+)\): (.+)/;
/** Larger templates are not looked at, and neither are more of them. */
const MAX_LENGTH = 500_000;
const MAX_FILES = 40;
/** So much of what Helm says is compared: the rest may be cut. */
const COMPARED = 100;

/**
 * What a chart needs, where its own templates say so.
 *
 * @param message why Helm did not render it
 * @param chart the chart
 * @param values with which it was rendered
 * @returns a made-up value for a key that holds nothing; `undefined` where nothing says which
 */
export function neededValues(
  message: string,
  { name, files }: ChartContent,
  values: Values,
): Values | undefined {
  const [, path, line, column, why = ""] = STOPPED.exec(message) ?? [];
  if (!path?.startsWith(`${name}/`)) return undefined;
  const file = path.slice(name.length + 1);
  const text = templateText(files, file) ?? "";
  const here = nearest(listsIn(text), offsetOf(text, Number(line), Number(column)));
  const base = basesIn(file);
  for (const found of [...(here ? [here] : []), ...saying(why.slice(0, COMPARED), files)])
    for (const fields of asked(found)) {
      const key = [...base, ...fields];
      const current = valueAt(values, key);
      if (!isEmpty(current)) continue;
      const over: Values = {};
      override(over, values, key, madeUp(key, current));
      return over;
    }
  return undefined;
}

/** The text of a template. A subchart under an alias has a folder of another name. */
function templateText(files: ChartFiles, file: string): string | undefined {
  const ending = file.slice(file.lastIndexOf("/templates/"));
  const path = files.has(file) ? file : [...files.keys()].find((each) => each.endsWith(ending));
  const text = path === undefined ? undefined : textOf(files, path);
  return text !== undefined && text.length <= MAX_LENGTH ? text : undefined;
}

/** The trees of a template and of those that it defines. */
function listsIn(text: string): readonly (readonly Node[])[] {
  const parsed = parseTemplate(text, (name) => FUNCTIONS.has(name));
  return parsed.ok ? [parsed.root, ...parsed.definitions.values()] : [];
}

/** The actions of a chart that say a text when they fail. */
function* saying(why: string, files: ChartFiles): Generator<Found> {
  let left = MAX_FILES;
  for (const path of files.keys()) {
    if (!/(?:^|\/)templates\//.test(path) || left === 0) continue;
    const text = templateText(files, path);
    if (!text?.includes(why.slice(0, 10))) continue;
    left--;
    for (const found of actionsIn(listsIn(text)))
      if (operandsIn(found.pipe).some((each) => each.kind === "string" && each.value.startsWith(why)))
        yield found;
  }
}

/** The keys of the subcharts that a template's path names. */
function basesIn(file: string): readonly string[] {
  return [...file.matchAll(/(?:^|\/)charts\/([^/]+)(?=\/)/g)].map(([, key = ""]) => key);
}

function offsetOf(text: string, line: number, column: number): number {
  let at = 0;
  for (let left = line; left > 1; left--) {
    const end = text.indexOf("\n", at);
    if (end < 0) break;
    at = end + 1;
  }
  return at + column;
}

/** An action, and the blocks around it, the innermost first. */
interface Found {
  readonly at: number;
  readonly pipe: Pipe;
  readonly around: readonly Node[];
}

/** The actions of trees, in order. */
function actionsIn(lists: readonly (readonly Node[])[]): readonly Found[] {
  const found: Found[] = [];
  const look = (nodes: readonly Node[], around: readonly Node[]): void => {
    for (const node of nodes) {
      if ("pipe" in node && node.pipe) found.push({ at: node.at, pipe: node.pipe, around });
      if (!("then" in node)) continue;
      look(node.then, [node, ...around]);
      look(node.otherwise ?? [], [node, ...around]);
    }
  };
  for (const nodes of lists) look(nodes, []);
  return found;
}

/** The last action that begins before an offset. */
function nearest(lists: readonly (readonly Node[])[], offset: number): Found | undefined {
  const before = actionsIn(lists).filter(({ at }) => at <= offset);
  return before.reduce<Found | undefined>(
    (best, each) => (best && best.at > each.at ? best : each),
    undefined,
  );
}

/** The values that an action asks for: those that it requires, else those that decide that it fails. */
function asked({ pipe, around }: Found): readonly (readonly string[])[] {
  if (calls(pipe, "required")) return valuesIn(pipe, around);
  if (!calls(pipe, "fail")) return [];
  return around.flatMap((node, index) =>
    "pipe" in node && node.kind !== "range" && node.pipe ? valuesIn(node.pipe, around.slice(index + 1)) : [],
  );
}

function calls(pipe: Pipe, name: string): boolean {
  return operandsIn(pipe).some((each) => each.kind === "function" && each.name === name);
}

function operandsIn({ commands }: Pipe): readonly Operand[] {
  return commands
    .flat()
    .flatMap((each) => (each.kind === "pipe" ? [each, ...operandsIn(each.pipe)] : [each]));
}

/** The paths of the values that stand in a pipe, from the root of the chart's values. */
function valuesIn(pipe: Pipe, around: readonly Node[]): readonly (readonly string[])[] {
  return operandsIn(pipe).flatMap((each) => {
    if (each.kind !== "field" && each.kind !== "variable") return [];
    const at = each.fields.indexOf("Values");
    if (at >= 0) return [each.fields.slice(at + 1)].filter((fields) => fields.length > 0);
    if (each.kind === "variable") return [];
    const [above] = dotIn(around);
    return above ? [[...above, ...each.fields]] : [];
  });
}

/** The value that is the dot in a `with`. */
function dotIn(around: readonly Node[]): readonly (readonly string[])[] {
  const index = around.findIndex(({ kind }) => kind === "with" || kind === "range");
  const node = around[index];
  return node?.kind === "with" ? valuesIn(node.pipe, around.slice(index + 1)) : [];
}
