// Counts what a parser would make of a text, before one is asked: a file of 10 MB can hold millions of nodes,
// and each of them costs some hundred bytes.

/**
 * How many entries a file may have. Of 16,730 real files, the largest (2.9 MB) has about 100,000; with
 * 300,000 a file is read within a second and 300 MB.
 */
const MOST_ENTRIES = 300_000;

const HASH = 0x23;

/** What a character may mean; all others have 0. */
const BREAK = 1;
const OPENER = 2;
const INDICATOR = 3;
/**
 * By character code, because to ask a set ten million times takes a second: line breaks; `[`, `{`, `,`, and
 * `%`, which begins Jinja's tags; and `-`, `?`, `:`, of which each begins an entry before white space.
 */
const KINDS = new Uint8Array(0x10000);
for (const [kind, characters] of [
  [BREAK, "\n\r"],
  [OPENER, "[{,%"],
  [INDICATOR, "-?:"],
] as const)
  for (const character of characters) KINDS[character.charCodeAt(0)] = kind;

/**
 * The offset of the first entry too many.
 *
 * @param text a file's text
 * @returns `undefined` where the file is small enough to be parsed. An entry in a string counts too, so that
 *   nothing has to be parsed to count
 */
export function tooManyEntries(text: string): number | undefined {
  // Each entry has at least one character of its own.
  if (text.length <= MOST_ENTRIES) return undefined;
  let entries = 0;
  let comment = false;
  for (let at = 0; at < text.length; at++) {
    const kind = KINDS[text.charCodeAt(at)];
    if (kind === 0) continue;
    if (kind === BREAK) {
      // Blank lines count too: ESLint keeps each line as a text.
      entries++;
      comment = text.charCodeAt(at + 1) === HASH;
    } else if (!comment && (kind === OPENER || isWhite(text.charCodeAt(at + 1)))) entries++;
    if (entries > MOST_ENTRIES) return at;
  }
  return undefined;
}

/** At the text's end there is no character code either. */
function isWhite(code: number): boolean {
  return code === 0x20 || code === 0x09 || KINDS[code] === BREAK || Number.isNaN(code);
}

/**
 * The error of a file with too many entries. It has its number as text: before V8 formats one, it loads
 * tables of all languages, a fifth of the time in which the plugin is loaded.
 */
export const TOO_MANY_ENTRIES =
  "more than 300,000 lines and entries, too many to look for images in; " +
  "split it, or ignore it in the configuration";
