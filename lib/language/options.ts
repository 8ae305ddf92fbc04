// The languageOptions of container-images/yaml: `tree`, `images`, and what is there for other languages.

/**
 * Checks the options that are ours. ESLint merges the `languageOptions` of every matching object of a
 * configuration (`globals`, `ecmaVersion`, a parser meant for JavaScript), so names that are not ours are
 * let through, as yml/yaml does.
 *
 * @param options the merged language options
 * @throws TypeError with one line, which ESLint prints, where one of them has a value that it does not take
 */
export function validateOptions({ tree, images }: Readonly<Record<string, unknown>>): void {
  if (tree !== undefined && tree !== "lazy" && tree !== "full") {
    throw new TypeError(`Key "tree" of container-images/yaml: expected "lazy" or "full".`);
  }
  if (images !== undefined && typeof images !== "boolean") {
    throw new TypeError(`Key "images" of container-images/yaml: expected true or false.`);
  }
}

/**
 * Fills in what rules written for JavaScript expect to find, as yml/yaml does.
 *
 * @param options the merged language options, checked
 * @returns a new object with `ecmaVersion`, `parserOptions`, `tree` and `images`
 */
export function normalizeOptions(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { parserOptions } = options;
  return {
    ecmaVersion: "latest",
    tree: "lazy",
    images: true,
    ...options,
    parserOptions: typeof parserOptions === "object" ? { ...parserOptions } : {},
  };
}
