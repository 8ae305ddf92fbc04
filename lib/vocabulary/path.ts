// Paths of keys and indices in a document, and patterns over them.

/** Longer keys are cut when printed: a path is for people, and a key of a megabyte is an attack. */
const LONGEST_PRINTED = 200;

/** A key, or an index in a sequence. */
export type Segment = string | number;

/**
 * One element for each segment: `*` is any key, `*End` any key that ends with `End`, `#` any index, `**` any
 * number of keys and indices. Everything else is that key.
 */
export type PathPattern = readonly string[];

const PLAIN_KEY = /^[A-Za-z0-9_-]+$/;

/**
 * Writes a path as `list` prints it.
 *
 * @param path keys and indices from the document's root
 * @returns `spec.containers[0].image`; a key that is not `[A-Za-z0-9_-]+` as `["a.b/c"]`; a key of more than
 *   200 characters cut, with `…` at its end
 */
export function formatPath(path: readonly Segment[]): string {
  let text = "";
  for (const step of path) {
    const segment =
      typeof step === "string" && step.length > LONGEST_PRINTED ? `${step.slice(0, LONGEST_PRINTED)}…` : step;
    if (typeof segment === "number") text += `[${String(segment)}]`;
    else if (PLAIN_KEY.test(segment)) text += text === "" ? segment : `.${segment}`;
    else text += `[${JSON.stringify(segment)}]`;
  }
  return text;
}

/**
 * Turns a path of texts into segments. Where no parser reads a file, its paths are known as texts only.
 *
 * @param path keys and indices, all as texts
 * @returns the same path; a text of digits is an index
 */
export function segmentsOf(path: readonly string[]): readonly Segment[] {
  return path.map((text) => (/^\d+$/.test(text) ? Number(text) : text));
}

/**
 * Whether a path fits a pattern.
 *
 * @param path keys and indices from the document's root
 * @param pattern see {@link PathPattern}
 * @returns true where the pattern covers the whole path
 */
export function matchesPath(path: readonly Segment[], pattern: PathPattern): boolean {
  return matchFrom(path, 0, pattern, 0);
}

function matchFrom(path: readonly Segment[], at: number, pattern: PathPattern, index: number): boolean {
  const want = pattern[index];
  if (want === undefined) return at === path.length;
  if (want === "**") {
    for (let skip = at; skip <= path.length; skip++)
      if (matchFrom(path, skip, pattern, index + 1)) return true;
    return false;
  }
  const segment = path[at];
  if (segment === undefined) return false;
  return fits(segment, want) && matchFrom(path, at + 1, pattern, index + 1);
}

function fits(segment: Segment, want: string): boolean {
  if (want === "#") return typeof segment === "number";
  if (typeof segment === "number") return false;
  return want.startsWith("*") ? segment.endsWith(want.slice(1)) : segment === want;
}
