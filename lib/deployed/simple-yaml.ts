// Reads YAML of the simplest form: mappings and lists by indentation, texts of one line, literal blocks.
// Most kustomizations have no more, and where a repository has a thousand, a parser takes ten times as long.
import { Lines } from "./lines.js";
import { literalBlock, oneLine } from "./simple-scalar.js";
import { typed } from "./typed-scalar.js";

/** Characters that make a parser necessary, wherever they stand; two braces are a template's. */
const OTHER = /[^\n\x20-\x7e\u00a1-\u1fff\u3001-\ud7ff]|\{\{/;

const KEY = /([A-Za-z_$][\w./-]*):(?=[ \n]|$)/y;

/** Deeper than anything that is written by hand. */
const DEEPEST = 60;

/**
 * Reads a text of the simplest form.
 *
 * @param text YAML
 * @returns the value of its only document, all scalars as texts; `undefined` where the text is of another
 *   form: then a parser must read it
 */
export function readSimple(text: string): unknown {
  return readText(text, asText);
}

const asText = (text: string): string => text;

/**
 * The same, with numbers and truths as such.
 *
 * @param text YAML
 */
export function readTyped(text: string): unknown {
  return readText(text, typed);
}

function readText(text: string, plain: (text: string) => unknown): unknown {
  const lf = text.includes("\r\n") ? text.replaceAll("\r\n", "\n") : text;
  if (OTHER.test(lf)) return undefined;
  const lines = new Lines(lf, plain);
  if (lines.column === 0 && lines.rest() === "---") lines.next();
  if (lines.column !== 0) return undefined;
  const value = below(lines, 0);
  return lines.isAtEnd() ? value : undefined;
}

/** The mapping whose keys stand in a column. A list as its value may stand there too. */
function mapping(lines: Lines, column: number, depth: number): Readonly<Record<string, unknown>> | undefined {
  if (depth > DEEPEST || lines.column !== column) return undefined;
  const entries: Record<string, unknown> = {};
  while (lines.column === column) {
    KEY.lastIndex = lines.at;
    const [found = "", key = ""] = KEY.exec(lines.text) ?? [];
    if (key === "" || key === "__proto__" || Object.hasOwn(entries, key)) return undefined;
    lines.at += found.length;
    const value = valueBehind(lines, column, depth, true);
    if (value === undefined) return undefined;
    entries[key] = value;
  }
  return entries;
}

/** What stands behind a key or a dash: there, or in the lines below it. */
function valueBehind(lines: Lines, parent: number, depth: number, isKey: boolean): unknown {
  const rest = lines.rest();
  let value: unknown = null;
  if (rest === "" || rest.startsWith("#")) {
    lines.next();
    if (lines.column > parent) value = below(lines, depth + 1);
    else if (isKey && lines.column === parent && lines.isDash()) return list(lines, parent, depth + 1);
  } else if (rest.startsWith("|")) value = literalBlock(lines, parent, rest);
  else {
    value = oneLine(rest, lines.plain);
    lines.next();
  }
  // A text may go on in the next line.
  return lines.column > parent ? undefined : value;
}

function below(lines: Lines, depth: number): unknown {
  const { column } = lines;
  return lines.isDash() ? list(lines, column, depth) : mapping(lines, column, depth);
}

function list(lines: Lines, column: number, depth: number): readonly unknown[] | undefined {
  const items: unknown[] = [];
  while (lines.column === column && lines.isDash()) {
    lines.skipDash();
    KEY.lastIndex = lines.at;
    const item = KEY.test(lines.text)
      ? mapping(lines, lines.column, depth + 1)
      : valueBehind(lines, column, depth, false);
    if (item === undefined || lines.column > column) return undefined;
    items.push(item);
  }
  return items;
}
