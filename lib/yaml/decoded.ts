// Whether a text has all that its file holds: what is no UTF-8 is lost when it is read as that.

/**
 * Whether a file's bytes may be written again from its text. ESLint and the command read every file as UTF-8,
 * and what they could not decode they would write back as U+FFFD, in comments too; where that character is
 * the user's own, no more is lost than a fix.
 *
 * @param text as it was decoded
 */
export function wasDecoded(text: string): boolean {
  return !text.includes("\ufffd");
}
