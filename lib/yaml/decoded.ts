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

/** What a byte order mark of UTF-16 becomes, before bytes of which each second one is zero. */
const UTF16_MARK = "\ufffd\ufffd";

/**
 * What a file in UTF-16 holds, which YAML may be and Kubernetes reads.
 *
 * @param text as ESLint decoded it, which reads all files as UTF-8
 * @returns its ASCII characters; `undefined` where it is not UTF-16
 * @see YAML 1.2.2, 5.2 Character Encodings
 */
export function asciiOfUtf16(text: string): string | undefined {
  return text.startsWith(UTF16_MARK) && text.includes("\0") ? text.replaceAll("\0", "") : undefined;
}
