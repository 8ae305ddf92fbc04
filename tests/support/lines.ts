// Makes texts of several lines from one string for each line.

/** These lines, each with its end. */
export function lines(...texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}

/** These YAML documents in one stream. */
export function documents(...texts: readonly string[]): string {
  return texts.join("---\n");
}
