// Whether a file says of itself that it is generated: what is edited there is lost.

const GENERATED = /\bgenerated\b.*\bdo not edit\b/i;
/** What may stand before a file's first key besides comments. */
const PREAMBLE = /^\s*(?:$|---|%|\{\{)/;

/**
 * Whether a comment before a file's first key says that the file is generated.
 *
 * @param text the file's text
 * @see Go's convention, `^// Code generated .* DO NOT EDIT\.$`, which generators of YAML follow in their own
 *   words
 */
export function isGenerated(text: string): boolean {
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    if (line.trimStart().startsWith("#")) {
      if (GENERATED.test(line.slice(0, 500))) return true;
    } else if (!PREAMBLE.test(line)) return false;
    start = end + 1;
  }
  return false;
}
