// What names something for a function of a template: a key, a file, another template.
import type { Output, Value } from "./value.js";
import { pay } from "./work.js";

/** How deep is looked into what a name is put together of. */
const DEEPEST = 12;
const FILE = /\.(?:ya?ml|tpl|txt|json)$/;

/** The arguments of a function that say where it looks. */
export function keysAmong(name: string, args: readonly Value[]): readonly Value[] {
  if (name === "dig") return args.slice(0, -2);
  if (name === "set") return args.slice(1, 2);
  if (name === "lookup") return args;
  return name === "index" || name === "get" || name === "hasKey" ? args.slice(1) : [];
}

/** Whether a name ends as a file's does, whatever it is put together of. */
export function isFile(name: Value, depth = DEEPEST): boolean {
  if (depth === 0) return false;
  if (name.kind === "known") return FILE.test(name.text);
  if (name.kind === "choice") return name.of.every(({ value }) => isFile(value, depth - 1));
  const last = name.kind === "text" ? name.output.at(-1) : undefined;
  return last?.kind === "literal"
    ? FILE.test(last.text)
    : last !== undefined && isFile(last.value, depth - 1);
}

/** What decides which of several files a name is of. */
export function endOf(name: Value): readonly Value[] {
  const last = name.kind === "text" ? name.output.at(-1) : undefined;
  return last?.kind === "print" ? [last.value] : [];
}

/** How many templates a name may be one of. */
const MOST_NAMED = 20;

/**
 * The templates that a name may be one of, which is put together.
 *
 * @param name what it is put together of
 * @param names of all templates that there are
 * @returns `undefined` where nothing of it is known, or these are too many
 */
export function namedBy(name: Value, names: readonly string[]): readonly string[] | undefined {
  const pattern = patternOf(name);
  if (!/[^*]{3}/.test(pattern)) return undefined;
  pay(names.length);
  const parts = pattern.split(/\*+/);
  const found = names.filter((each) => isMadeOf(each, parts));
  return found.length === 0 || found.length > MOST_NAMED ? undefined : found;
}

/** The literals of a text, with `*` for all else. */
function patternOf(value: Value, depth = DEEPEST): string {
  if (value.kind === "known") return value.text;
  return value.kind === "text" && depth > 0 ? patternOfOutput(value.output, depth) : "*";
}

function patternOfOutput(output: Output, depth: number): string {
  pay(output.length);
  return output
    .map((piece) => (piece.kind === "literal" ? piece.text : patternOf(piece.value, depth - 1)))
    .join("");
}

/** Whether a text holds some parts in this order, the first at its beginning and the last at its end. */
function isMadeOf(text: string, [first = "", ...rest]: readonly string[]): boolean {
  if (!text.startsWith(first)) return false;
  let at = first.length;
  const last = rest.pop() ?? "";
  for (const part of rest) {
    const next = text.indexOf(part, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** Names of templates that make a version or a label: `common.images.version` and the like. */
const VERSION_OR_LABEL = /[.-]version\b|label/;

/** What a library's template that is not there does: its name says whether it makes an image. */
export function takenBy(name: string): "held" | "unknown" {
  return VERSION_OR_LABEL.test(name) ? "held" : "unknown";
}
