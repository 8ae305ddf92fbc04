// Counts what a parser would make of a text, before one is asked: a file of 10 MB can hold millions of nodes,
// and each of them costs some hundred bytes.

/**
 * How many entries a file may have. Of 16,730 real files, the largest (2.9 MB) has about 100,000; with
 * 300,000 a file is read within a second and 300 MB.
 */
const MOST_ENTRIES = 300_000;

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const HASH = 0x23;
/** `[`, `{`, `,`, and `%`, which begins Jinja's tags. */
const OPENERS: ReadonlySet<number> = new Set([0x5b, 0x7b, 0x2c, 0x25]);
/** `-`, `?`, `:`, of which each begins an entry before white space. */
const INDICATORS: ReadonlySet<number> = new Set([0x2d, 0x3f, 0x3a]);

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
    const code = text.charCodeAt(at);
    if (code === LF || code === CR) {
      // Blank lines count too: ESLint keeps each line as a text.
      entries++;
      comment = text.charCodeAt(at + 1) === HASH;
    } else if (!comment && (OPENERS.has(code) || (INDICATORS.has(code) && isWhite(text.charCodeAt(at + 1)))))
      entries++;
    if (entries > MOST_ENTRIES) return at;
  }
  return undefined;
}

/** At the text's end there is no character code either. */
function isWhite(code: number): boolean {
  return code === SPACE || code === TAB || code === LF || code === CR || Number.isNaN(code);
}

/** The error of a file with too many entries. */
export const TOO_MANY_ENTRIES =
  `more than ${MOST_ENTRIES.toLocaleString("en")} lines and entries, too many to look for images in; ` +
  "split it, or ignore it in the configuration";
