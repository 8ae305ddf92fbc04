// Reads YAML of the simplest form: keys, lists of words, and lists of flat mappings. Most kustomizations have
// no more than that, and where a repository has a thousand of them, a parser takes ten times as long.

/** A word that means itself wherever it stands, or a text in quotes without escapes. */
const WORD = String.raw`(?:([\w./][\w./@+-]*(?::[\w./@+-]+)*)|"([^"\\]*)"|'([^']*)')`;
const COMMENT = String.raw`[ \t]*(?:[ \t]#.*)?$`;

const NOTHING = /^[ \t]*(?:#.*)?$|^---[ \t]*$/;
const TOP = new RegExp(`^([A-Za-z]\\w*):(?:[ \\t]+${WORD})?${COMMENT}`);
const ITEM = new RegExp(`^( *)- +(?:(\\w+): +)?${WORD}${COMMENT}`);
const KEY = new RegExp(`^( +)(\\w+): +${WORD}${COMMENT}`);

/** The list at a key, while it is read. */
interface List {
  readonly items: unknown[];
  /** Before the dash. */
  indent: number;
  /** The mapping that the last item is, and the column of its keys. */
  open: { readonly entries: Map<string, string>; readonly column: number } | undefined;
}

/**
 * Reads a text of the simplest form.
 *
 * @param text YAML
 * @returns the value at each key, all scalars as texts; `undefined` where the text is of another form: then a
 *   parser must read it
 */
export function readSimple(text: string): ReadonlyMap<string, unknown> | undefined {
  const values = new Map<string, unknown>();
  let list: List | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (NOTHING.test(line)) continue;
    const top = TOP.exec(line);
    if (top) {
      const [, key = ""] = top;
      if (values.has(key)) return undefined;
      const word = wordOf(top, 2);
      list = word === undefined ? { items: [], indent: -1, open: undefined } : undefined;
      values.set(key, word ?? list?.items);
    } else if (!list || !addLine(list, line)) return undefined;
  }
  return values;
}

/** Adds a line to a list; false where it is of another form. */
function addLine(list: List, line: string): boolean {
  const item = ITEM.exec(line);
  if (item) {
    const [, { length: indent } = "", key] = item;
    if (list.indent >= 0 && indent !== list.indent) return false;
    list.indent = indent;
    const word = wordOf(item, 3) ?? "";
    list.open = undefined;
    if (key === undefined) list.items.push(word);
    else {
      const entries = new Map([[key, word]]);
      list.open = { entries, column: line.indexOf(key, indent + 1) };
      list.items.push(entries);
    }
    return true;
  }
  const match = KEY.exec(line);
  const [, { length: column } = "", key = ""] = match ?? [];
  if (!list.open || key === "" || column !== list.open.column || list.open.entries.has(key)) return false;
  list.open.entries.set(key, wordOf(match, 3) ?? "");
  return true;
}

function wordOf(match: RegExpExecArray | null, group: number): string | undefined {
  return match?.[group] ?? match?.[group + 1] ?? match?.[group + 2];
}
