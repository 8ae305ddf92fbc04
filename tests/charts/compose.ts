// What a chart makes of an image's keys, by its row's composition: the templates of the table, read as data.

/** A mapping's values, by key. */
export type Keys = Readonly<Record<string, string>>;

/**
 * Composes an image as a chart of the table does.
 *
 * @param composition a row's: `{key}` is that key's value; `[a|b]` the first of its choices whose keys all
 *   hold something, or nothing
 * @param keys the mapping's values; an absent or empty one holds nothing
 */
export function compose(composition: string, keys: Keys): string {
  const { text, end } = sequence(composition, 0, keys);
  if (end !== composition.length || text === undefined)
    throw new Error(`not a composition, or a key is missing: ${composition}`);
  return text;
}

interface Composed {
  /** `undefined` where a key holds nothing. */
  readonly text: string | undefined;
  readonly end: number;
}

function sequence(composition: string, start: number, keys: Keys): Composed {
  let text: string | undefined = "";
  let at = start;
  while (at < composition.length && !"|]".includes(composition.charAt(at))) {
    const piece =
      composition.charAt(at) === "[" ? choice(composition, at, keys) : literal(composition, at, keys);
    text = text === undefined || piece.text === undefined ? undefined : text + piece.text;
    at = piece.end;
  }
  return { text, end: at };
}

function choice(composition: string, start: number, keys: Keys): Composed {
  let chosen: string | undefined;
  let at = start;
  do {
    const { text, end } = sequence(composition, at + 1, keys);
    chosen ??= text;
    at = end;
  } while (composition.charAt(at) === "|");
  return { text: chosen ?? "", end: at + 1 };
}

function literal(composition: string, at: number, keys: Keys): Composed {
  if (composition.charAt(at) !== "{") return { text: composition.charAt(at), end: at + 1 };
  const end = composition.indexOf("}", at);
  const value = keys[composition.slice(at + 1, end)] ?? "";
  return { text: value === "" || value === "false" ? undefined : value, end: end + 1 };
}
