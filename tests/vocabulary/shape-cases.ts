// A case for each place of the vocabulary: a file, what is found in it, and what `--fix` makes of it.
import { expect, it } from "vitest";
import { holdsVocabulary } from "../../lib/vocabulary/holds-vocabulary.js";
import { digestOf, fieldsOf, pinAll, summary } from "../images/fields-of.js";

/** The digest that `--fix` writes. */
export const D = digestOf("a");

/** The file's name, its text, what is found, and what it is after pinning. */
export interface ShapeCase {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly found: readonly string[];
  /** For each text that changes, the text after pinning. */
  readonly pinned?: Readonly<Record<string, string>>;
}

/** A Kubernetes resource: its API version, its kind, and the lines below these. */
export function resource(apiVersion: string, kind: string, rest: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\n${rest}`;
}

/**
 * A test for each case. ESLint reads a text only if it has a key of the vocabulary: without one, what is
 * found here is never reported.
 */
export function testShapes(cases: readonly ShapeCase[]): void {
  it.each(cases.map((each) => [each.name, each] as const))("%s", (_, each) => {
    const { file, text, found, pinned } = each;
    expect(fieldsOf(text, file).map((field) => summary(field))).toEqual(found);
    if (found.length > 0)
      expect(holdsVocabulary(text), "one of its keys is in VOCABULARY_KEYS of lib/vocabulary/keys.ts").toBe(
        true,
      );
    if (!pinned) return;
    const expected = Object.entries(pinned).reduce((done, [from, to]) => done.replaceAll(from, to), text);
    expect(pinAll(text, file)).toBe(expected);
  });
}
