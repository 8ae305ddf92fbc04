// Reads the scalars of YAML that need no parser: a text of one line, and a literal block.
import type { Lines } from "./lines.js";

const QUOTED = /^(?:"([^"\\]*)"|'([^']*)')(?: +#.*)?$/;

/** What a plain text begins with; before other characters, only the next one shows whether it is one. */
const PLAIN = /^(?:[\w./\\()^$+<~=;]|[-?:][^ ])/;

const NULL = /^(?:~|null|Null|NULL)?$/;

/** How most literal blocks begin: no indentation is given, and no empty lines at the end are kept. */
const HEADER = /^\|(-?)(?: +#.*)?$/;

/**
 * Reads what stands in the rest of a line.
 *
 * @param rest not empty, without spaces at both sides
 * @param plain reads a text without quotes
 * @returns a text or what `plain` makes of it, nothing (`null`), or a list or mapping that is empty;
 *   `undefined` where a parser must read it
 */
export function oneLine(rest: string, plain: (text: string) => unknown): unknown {
  if (rest.startsWith('"') || rest.startsWith("'")) {
    const [, double, single] = QUOTED.exec(rest) ?? [];
    return double ?? single;
  }
  const hash = rest.indexOf(" #");
  const text = hash < 0 ? rest : rest.slice(0, hash).trimEnd();
  if (text === "[]") return [];
  if (text === "{}") return {};
  if (isNull(text)) return null;
  return PLAIN.test(text) && !text.includes(": ") && !text.endsWith(":") ? plain(text) : undefined;
}

/** Whether a plain text stands for nothing. */
export function isNull(text: string): boolean {
  return NULL.test(text);
}

/**
 * Reads a literal block, and goes to the line behind it.
 *
 * @param lines at the line of its header
 * @param parent the column of what the block belongs to
 * @param header the rest of that line
 * @returns its text; `undefined` where a parser must read it
 */
export function literalBlock(lines: Lines, parent: number, header: string): string | undefined {
  const [, chomping] = HEADER.exec(header) ?? [];
  const column = lines.spacesBelow();
  if (chomping === undefined || column <= parent) return undefined;
  const taken: string[] = [];
  for (let line = lines.take(column); line !== undefined; line = lines.take(column)) taken.push(line);
  if (taken[0] === "") return undefined;
  let last = taken.length;
  while (last > 0 && taken[last - 1] === "") last--;
  lines.next();
  return taken.slice(0, last).join("\n") + (chomping === "-" ? "" : "\n");
}
