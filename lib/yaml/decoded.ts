// Tells whether a text is the whole content of its file: bytes that are not UTF-8 are lost when it is read.

/**
 * Whether a file may be written again from its text. ESLint and the command read every file as UTF-8. Bytes
 * that are not UTF-8 become U+FFFD, and would be written back as that, also in comments. If the user wrote
 * U+FFFD, the file is only not fixed.
 *
 * @param text the decoded text
 */
export function wasDecoded(text: string): boolean {
  return !text.includes("\ufffd");
}
