// Recognises files that are not UTF-8. ESLint reads them as UTF-8 all the same, and some bytes are lost.

/** What was asked last: each image of a file asks it of the same text. */
let last: { readonly text: string; readonly isWhole: boolean } | undefined;

/**
 * Whether a file may be written again from its text. ESLint and the command read every file as UTF-8. Bytes
 * that are not UTF-8 become U+FFFD, and would be written back as that, also in comments. A file in which the
 * user wrote U+FFFD is not fixed either.
 *
 * @param text the decoded text
 */
export function wasDecoded(text: string): boolean {
  if (last?.text !== text) last = { text, isWhole: !text.includes("\ufffd") };
  return last.isWhole;
}

/** The byte order mark of UTF-16, read as UTF-8. */
const UTF16_MARK = "\ufffd\ufffd";

/**
 * Reads the ASCII characters of a file in UTF-16, which YAML allows and Kubernetes reads. Every second byte
 * of them is zero.
 *
 * @param text the file, read as UTF-8
 * @returns its ASCII characters; `undefined` where it is not UTF-16
 * @see YAML 1.2.2, 5.2 Character Encodings
 */
export function asciiOfUtf16(text: string): string | undefined {
  return text.startsWith(UTF16_MARK) && text.includes("\0") ? text.replaceAll("\0", "") : undefined;
}
