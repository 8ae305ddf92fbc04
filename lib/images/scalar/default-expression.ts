// Shell expressions with a default, as Compose and envsubst read them: `${TAG:-1.27}` stands for its default.

/** `${V:-x}` and `${V-x}`; the default holds no other expression. */
const WITH_DEFAULT = /\$\{[A-Za-z_][A-Za-z0-9_]*:?-([^${}]*)\}/g;

/**
 * Puts the defaults in the place of their expressions, innermost first.
 *
 * @param text as it stands in the file
 * @returns what it comes to where nothing is set; `undefined` where there is no such expression, or where one
 *   has no default
 * @see Compose specification, interpolation
 */
export function expandDefaults(text: string): string | undefined {
  if (!text.includes("${")) return undefined;
  let expanded = text;
  // A nested default is as deep as the text is long at the most; three levels are more than anybody writes.
  for (let level = 0; level < 3 && expanded.includes("${"); level++)
    expanded = expanded.replace(WITH_DEFAULT, "$1");
  return expanded.includes("$") ? undefined : expanded;
}

/**
 * Where text goes that must stand behind what a text comes to: inside the expression that ends it, so that an
 * override replaces the default and what was added to it.
 *
 * @param text with or without expressions
 * @returns an offset in it
 */
export function endOfDefault(text: string): number {
  let end = text.length;
  while (text[end - 1] === "}") end--;
  return end;
}
