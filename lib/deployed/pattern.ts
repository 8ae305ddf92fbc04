// Matches names as kustomize matches them: what names an image or a resource there is a regular expression.

/** Letters of which an expression means nothing but itself; a dot is any character. */
const PLAIN = /^[\w./:@-]*$/;

/** More than these in one expression, or one within another, may take too long to match. */
const MOST_REPEATS = 2;
const NESTED = /\)[*+{?]/;

/** Longer than any name of a resource or an image. */
const LONGEST = 512;

/**
 * Whether a whole text is of a pattern.
 *
 * @param text a name
 * @param pattern an expression of Go's regexp (RE2), as a user wrote it
 * @returns false also where the expression is wrong, or may take long to match
 * @see https://pkg.go.dev/regexp/syntax
 */
export function matchesPattern(text: string, pattern: string): boolean {
  if (text === pattern) return true;
  if (text.length > LONGEST || pattern.length > LONGEST) return false;
  if (PLAIN.test(pattern)) return text.length === pattern.length && hasSameLetters(text, pattern);
  if ((pattern.match(/[*+{]/g)?.length ?? 0) > MOST_REPEATS || NESTED.test(pattern)) return false;
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    return false;
  }
}

function hasSameLetters(text: string, pattern: string): boolean {
  for (let index = 0; index < pattern.length; index++)
    if (pattern[index] !== "." && pattern[index] !== text[index]) return false;
  return true;
}
