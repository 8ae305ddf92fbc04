// The path of a field as a user writes it, as the steps that the vocabulary's patterns have.

/**
 * Splits a path into its steps.
 *
 * @param path as `list` prints a field's path, with `*` for any key, `[*]` for any index and `**` for any
 *   number of both
 * @returns the steps, `#` for any index; `undefined` where it is not a path
 */
export function stepsOf(path: string): readonly string[] | undefined {
  const steps: string[] = [];
  const token = /(?:^|\.)(\*\*|\*|[A-Za-z0-9_-]+)|\[(\*|"[^"\\]*")\]/y;
  while (token.lastIndex < path.length) {
    const match = token.exec(path);
    if (!match) return undefined;
    const [, word, inside = ""] = match;
    steps.push(word ?? (inside === "*" ? "#" : inside.slice(1, -1)));
  }
  return steps.length > 0 ? steps : undefined;
}
