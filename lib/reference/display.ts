// Makes untrusted text safe for a message: one line of limited length, without control characters.

/** C0, C1, DEL, line separators, zero-width and bidirectional controls, byte order mark. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/**
 * The user and password in a URL, or before a registry. Text before a digest is a tag and not a password.
 */
const USER_INFO = /(:\/\/)[^\s/@]+@|(^|\s)[^\s/@:]+:[^\s/@:]+@(?=[\w.-]+(?::\d+)?\/)/g;

/**
 * Workflow commands of GitHub's runner: `::` at the beginning of a line, also after white space, and the
 * older `##[`.
 */
const COMMANDS: readonly (readonly [RegExp, string])[] = [
  [/^::/, ": :"],
  [/##\[/g, "## ["],
];

/**
 * Makes text from a file or a registry safe for a terminal, an annotation or an editor.
 *
 * @param text anything
 * @param length how many UTF-16 units to keep at most; a text that is cut ends in `…`
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
