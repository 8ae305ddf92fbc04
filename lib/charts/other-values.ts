// Whether other values that the chart gets may name the repository of an image, so that a tag alone in the
// values at hand belongs to another image than the chart's own.
import { load } from "js-yaml";
import { matchesFile } from "../exempt.js";
import type { Neighbour } from "../neighbour.js";
import { isRecord } from "../settings/checks.js";
import type { Settings } from "../settings/settings.js";
import { VALUES_NAME } from "../vocabulary/document-names.js";
import type { Segment } from "../vocabulary/path.js";
import { fieldOf } from "./chart-yaml.js";

/** More files than any user has for one chart in one folder. */
const MOST_FILES = 30;
/** Of all of them together, in characters: reading more takes longer than a lint may. */
const MOST_TEXT = 500_000;

/**
 * The values files that the chart may get beside one.
 *
 * @param filename the file's path
 * @param settings the user's, which name the values files of a chart
 * @param neighbour reads files
 * @returns what the others hold; `undefined` where not all of them are known and can be read
 */
export function otherValues(
  filename: string,
  settings: Settings,
  neighbour: Neighbour,
): readonly unknown[] | undefined {
  const patterns = patternsFor(filename, settings);
  const paths = patterns && othersAmong(filename, patterns, neighbour);
  if (!paths || paths.length > MOST_FILES) return undefined;
  const contents: unknown[] = [];
  let left = MOST_TEXT;
  for (const path of paths) {
    const text = neighbour(path);
    left -= text?.length ?? Infinity;
    const content = text === undefined || left < 0 ? undefined : contentOf(text);
    if (content === undefined) return undefined;
    contents.push(content);
  }
  return contents;
}

/**
 * Whether values name one of some keys.
 *
 * @param content of a values file
 * @param path of the mapping that has the keys
 * @param keys beside the image, or dotted paths from the values' root
 */
export function namesAny(content: unknown, path: readonly Segment[], keys: readonly string[]): boolean {
  return keys.some((key) => {
    const steps = key.includes(".") ? key.split(".") : [...path.map(String), key];
    let at = content;
    for (const step of steps) {
      // What replaces a mapping above the key removes what the chart has there.
      if (at !== undefined && !isRecord(at)) return true;
      at = fieldOf(at, step);
      if (at === undefined) return false;
    }
    return true;
  });
}

/** The globs of all values files that the chart gets with this one; `undefined`: there may be more. */
function patternsFor(filename: string, { chartFacts, charts }: Settings): readonly string[] | undefined {
  const uses = chartFacts.uses.filter(({ files }) => matchesFile(filename, files));
  if (uses.length > 0)
    return uses.every(({ whole }) => whole) ? uses.flatMap(({ files }) => files) : undefined;
  return charts.find(({ files }) => matchesFile(filename, files))?.files ?? [];
}

/** Paths from the file's folder; `undefined` where a glob leads to folders that cannot be told. */
function othersAmong(
  filename: string,
  patterns: readonly string[],
  neighbour: Neighbour,
): readonly string[] | undefined {
  const path = filename.replaceAll("\\", "/");
  const own = path.slice(path.lastIndexOf("/") + 1);
  const found = new Set<string>();
  const among = (folder: string, isWanted: (name: string) => boolean): void => {
    for (const name of neighbour(folder === "" ? "./*" : `${folder}*`)?.split("\n") ?? [])
      if (isWanted(name) && !(folder === "" && name === own)) found.add(folder + name);
  };
  among("", (name) => VALUES_NAME.test(name));
  const plain = patterns.map((pattern) => pattern.replace(/^(?:\*\*\/|\.?\/)+/, ""));
  const mine = plain.find((pattern) => matchesFile(path, [pattern]));
  for (const pattern of plain) {
    const cut = pattern.lastIndexOf("/") + 1;
    const [folder, name] = [pattern.slice(0, cut), pattern.slice(cut)];
    if (isGlob(folder)) return undefined;
    const to = relativeTo(mine?.slice(0, mine.lastIndexOf("/") + 1) ?? "", folder);
    if (isGlob(name)) among(to, (each) => matchesFile(each, [name]));
    else if (to !== "" || name !== own) found.add(to + name);
  }
  return [...found];
}

function isGlob(text: string): boolean {
  return /[*?[\]{}()!+@\\]/.test(text);
}

/** The way from one folder to another one; both end in a slash, or are empty. */
function relativeTo(from: string, to: string): string {
  return from === to ? "" : "../".repeat(from.split("/").length - 1) + to;
}

/** What a values file holds; `undefined` where it cannot be read, as a template. */
function contentOf(text: string): unknown {
  try {
    return load(text) ?? {};
  } catch {
    // js-yaml throws where nothing but comments stands, too.
    return /^\s*[^\s#]/m.test(text) ? undefined : {};
  }
}
