// Shell expressions with a default, as Compose and envsubst read them: `${TAG:-1.27}` stands for its default.

/** `${V:-x}` and `${V-x}`; the default holds no other expression. */
const WITH_DEFAULT = /\$\{[A-Za-z_][A-Za-z0-9_]*:?-([^${}]*)\}/g;

/**
 * Puts the defaults in the place of their expressions, innermost first.
 *
 * @param text as it stands in the file
 * @returns the text that is read if no variable is set; `undefined` where there is no expression, or where
 *   one has no default
 * @see Compose specification, interpolation
 */
export function expandDefaults(text: string): string | undefined {
  if (!text.includes("${")) return undefined;
  let expanded = text;
  // Bounded, because a hostile text may nest thousands of defaults. Nobody writes more than three.
  for (let level = 0; level < 3 && expanded.includes("${"); level++)
    expanded = expanded.replace(WITH_DEFAULT, "$1");
  return expanded.includes("$") ? undefined : expanded;
}

/**
 * Where something is added to a text: inside an expression at its end, if there is one. An override then
 * replaces the default together with what was added.
 *
 * @param text with or without expressions
 * @returns an offset in it
 */
export function endOfDefault(text: string): number {
  let end = text.length;
  while (text[end - 1] === "}") end--;
  return end;
}
