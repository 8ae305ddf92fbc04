// Whether ESLint would lint a file.
import type { ESLint } from "eslint";

/**
 * Whether a configuration names a file, and none ignores it.
 *
 * @param eslint with the configuration
 * @param path absolute
 * @returns also `false` where no configuration governs it, or a broken one; never throws
 */
export async function wouldLint(eslint: ESLint, path: string): Promise<boolean> {
  try {
    return (await eslint.calculateConfigForFile(path)) !== undefined;
  } catch {
    // ESLint says why when it lints.
    return false;
  }
}
