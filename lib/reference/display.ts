// Untrusted text on its way into a message: one line, no control characters, of bounded length.

/** C0, C1, DEL, line separators, zero-width and bidirectional controls, byte order mark. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/**
 * Who logs in, and with which password, in a URL; or before a registry, as in one. What stands before a
 * digest is a tag.
 */
const USER_INFO = /(:\/\/)[^\s/@]+@|(^|\s)[^\s/@:]+:[^\s/@:]+@(?=[\w.-]+(?::\d+)?\/)/g;

/**
 * What GitHub's runner obeys: `::` where a line begins, whatever blank is before it, and its older form
 * anywhere.
 */
const COMMANDS: readonly (readonly [RegExp, string])[] = [
  [/^::/, ": :"],
  [/##\[/g, "## ["],
];

/**
 * Makes text from a file or a registry fit for a terminal, an annotation or an editor.
 *
 * @param text anything
 * @param length how many UTF-16 units to keep at most; what is cut ends in `…`
 * @returns one printable line, without the user and password of a URL
 */
export function displayText(text: string, length = 160): string {
  const printable = text
    .slice(0, length * 4)
    .replaceAll(UNPRINTABLE, " ")
    .replaceAll(USER_INFO, "$1$2…@")
    .trim();
  const line = COMMANDS.reduce((shown, [command, said]) => shown.replace(command, said), printable);
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
