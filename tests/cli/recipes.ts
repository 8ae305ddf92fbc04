// Reads code blocks from the pages of the docs, so that tests run what a page shows.
import { readFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);

/** The code blocks of a page in a language, in their order. */
export function blocksOf(page: string, language: string): readonly string[] {
  const text = readFileSync(new URL(page, root), "utf8");
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, found, block = ""]) =>
    found === language ? [block] : [],
  );
}

/** A file of this repository. */
export function fileOf(path: string): string {
  return readFileSync(new URL(path, root), "utf8");
}
