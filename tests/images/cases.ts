// What the tests of the finder share: texts to find images in, and cases that say what is found.
import { describe, expect, it } from "vitest";
import { lines } from "../support/lines.js";
import { fieldsOf, summary } from "./fields-of.js";

/** A text in a file, and the summaries of what is found in it. */
export type Case = readonly [name: string, text: string, filename: string, found: readonly string[]];

export const DIGEST = `sha256:${"a".repeat(64)}`;

/** A Pod with one container. */
export function pod(image: string): string {
  return lines(
    "apiVersion: v1",
    "kind: Pod",
    "spec:",
    "  containers:",
    "    - name: a",
    `      image: ${image}`,
  );
}

/** Makes a test of each case. */
export function itFinds(what: string, cases: readonly Case[]): void {
  describe(what, () => {
    it.each(cases)("%s", (_, text, filename, found) => {
      expect(fieldsOf(text, filename).map((field) => summary(field))).toEqual(found);
    });
  });
}
