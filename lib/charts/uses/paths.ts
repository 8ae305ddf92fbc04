// Paths of a tree of files, as other files in it name them: resolved, kept inside, or turned into globs.
import type { ValuesPlace } from "./chart-use.js";

/** What another tool fills in: a Go template's action, or a variable of Flux and envsubst. */
const PLACEHOLDER = /\{\{-?\s*`[^`]*`\s*-?\}\}|\{\{[\s\S]*?\}\}|\$\{[^}]*\}/g;
/** What a glob would not take as itself. */
const SPECIAL = /[\\*?[\]{}()!+@$^|]/g;

/** The folder of a file; `""` is the tree's root. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf("/"), 0));
}

/** A path's last part. */
export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/**
 * Resolves a path.
 *
 * @param folder where it is read from; `""` is the tree's root
 * @param path as a file names it
 * @returns the path from the tree's root, `""` for the root itself; `undefined` for a path that leaves the
 *   tree, an absolute one, and a URL
 */
export function resolvePath(folder: string, path: string): string | undefined {
  return isRelative(path) ? joined(folder, path) : undefined;
}

function isRelative(path: string): boolean {
  return !/^(?:[/\\~]|[A-Za-z][\w+.-]*:)/.test(path) && !path.includes("\0");
}

function joined(folder: string, path: string): string | undefined {
  const steps: string[] = folder === "" ? [] : folder.split("/");
  for (const step of path.split("/")) {
    if (step === "" || step === ".") continue;
    if (step !== "..") steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join("/");
}

/** Whether another tool fills in a part of a text. */
export function isTemplated(text: string): boolean {
  return text.search(PLACEHOLDER) >= 0;
}

/** A text without what another tool fills in, or `undefined`. */
export function plainText(text: string | undefined): string | undefined {
  return text === undefined || isTemplated(text) ? undefined : text;
}

/**
 * What is known of an expression that another tool fills in, without its brackets and spaces:
 * `.Release.Name`.
 */
export type Known = (expression: string) => string | undefined;

const NOTHING: Known = () => undefined;

/** A text with what is known filled in. */
export function filledIn(text: string, known: Known): string {
  return text.replace(PLACEHOLDER, (whole) => known(expressionIn(whole)) ?? whole);
}

function expressionIn(placeholder: string): string {
  return placeholder.replaceAll(/[{}`\s]/g, "").replaceAll(/^-|-$/g, "");
}

/**
 * A values file that another file names.
 *
 * @param folder where the path is read from
 * @param path the path as it is written
 * @param known globs for what another tool fills in
 * @returns the file, or the pattern where parts of the path are filled in; `undefined` outside the tree
 */
export function fileNamed(folder: string, path: string, known: Known = NOTHING): ValuesPlace | undefined {
  if (!isTemplated(path)) {
    const file = resolvePath(folder, path);
    return file === undefined || file === "" ? undefined : { kind: "file", file };
  }
  const glob = globNamed(folder, path, known);
  return glob === undefined ? undefined : { kind: "pattern", glob };
}

/**
 * The glob for a path of which another tool fills in parts.
 *
 * @param folder where the path is read from
 * @param path the path as it is written
 * @param known globs for what is filled in; else it is `*`, and `**` where it is called a path
 * @returns from the tree's root; `undefined` outside the tree
 */
export function globNamed(folder: string, path: string, known: Known = NOTHING): string | undefined {
  if (!isRelative(path)) return undefined;
  const globs: string[] = [];
  let from = 0;
  for (const match of path.matchAll(PLACEHOLDER)) {
    const expression = expressionIn(match[0]);
    const glob = known(expression) ?? (/(?:^|\.)path$/.test(expression) ? "**" : "*");
    globs.push(escaped(path.slice(from, match.index)), glob);
    from = match.index + match[0].length;
  }
  globs.push(escaped(path.slice(from)));
  const resolved = joined(escaped(folder), globs.join(""));
  return resolved === undefined || resolved === "" ? undefined : bounded(resolved);
}

/** A text as a glob that matches just this text. */
export function escaped(text: string): string {
  return text.replaceAll(SPECIAL, String.raw`\$&`);
}

/** A glob with few stars: more would make a match slow, and say hardly more. */
function bounded(glob: string): string {
  let deep = 0;
  const steps = glob.split("/").map((step) => {
    if (step === "**") return ++deep > 2 ? "*" : step;
    const stars = step.replaceAll(/(?<!\\)\*{2,}/g, "*");
    return (stars.match(/(?<!\\)\*/g) ?? []).length > 2 ? "*" : stars;
  });
  return steps.join("/");
}
