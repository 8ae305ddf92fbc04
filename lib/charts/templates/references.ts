// Finds the references that a line of a template puts together from an image's keys.
import type { UsedLine } from "./seen-uses.js";
import type { Atom } from "./forms.js";
import { isPath } from "./lines.js";
import { isSame } from "./paths.js";
import type { ValuePath } from "./value.js";

/** A key of an image. */
type ImagePart = "repository" | "tag" | "digest";

/** A reference in a line. */
export interface FoundReference {
  /** Which keys are in it, besides the repository. */
  readonly holds: ReadonlySet<ImagePart>;
  /** How it takes a digest. */
  readonly style?: "prefixed" | "bare";
  /** What stands before the repository. */
  readonly before: readonly Atom[];
  readonly line: UsedLine;
}

export interface LineReferences {
  readonly references: readonly FoundReference[];
  /** Keys that are also printed outside of a reference. */
  readonly loose: ReadonlySet<ImagePart>;
  /** Whether something that is not followed stands where it matters. */
  readonly isUnclear: boolean;
}

/** The paths of an image's keys. */
export type PartPaths = Readonly<Record<ImagePart, ValuePath | undefined>>;

/** What may stand behind a whole reference. */
const ENDS_REFERENCE = /^["'\s,;)\]}]/;
/** What stands before one. */
const BEGINS_REFERENCE = /[\s"'=,;([{|>][^\s"'=,;([{|>]*$/;

/**
 * Finds the references in a form of a line.
 *
 * @param line the form
 * @param paths of the image's keys
 * @param isEmpty whether a value prints nothing
 */
export function referencesIn(
  line: UsedLine,
  paths: PartPaths,
  isEmpty: (path: ValuePath) => boolean,
): LineReferences {
  const atoms = withoutEmpty(line, isEmpty);
  const parts = atoms.map((atom) => (isPath(atom) ? partOf(atom, paths) : undefined));
  const references: FoundReference[] = [];
  const used = new Set<number>();
  let isUnclear = false;
  for (const [at, part] of parts.entries()) {
    if (part !== "repository") continue;
    const found = behind(atoms, parts, at);
    const before = beforeReference(atoms, at);
    if (!before) isUnclear = true;
    isUnclear ||= found === "unclear";
    if (!before || found === undefined || found === "unclear") continue;
    for (let each = at; each < found.end; each++) used.add(each);
    const { holds, style } = found;
    references.push({ holds, before, line, ...(style && { style }) });
  }
  const loose = new Set<ImagePart>();
  for (const [at, part] of parts.entries()) {
    if (!part || used.has(at)) continue;
    // Behind something that is not followed it may be the image's own reference.
    if (
      part !== "repository" &&
      (atoms[at - 1] === undefined ? at > 0 : at > 1 && atoms[at - 2] === undefined)
    )
      isUnclear = true;
    else loose.add(part);
  }
  return { references, loose, isUnclear };
}

function partOf(path: ValuePath, paths: PartPaths): ImagePart | undefined {
  for (const part of ["repository", "tag", "digest"] as const) {
    const its = paths[part];
    if (its && isSame(path, its)) return part;
  }
  return undefined;
}

/** The line without what prints nothing. */
function withoutEmpty({ atoms }: UsedLine, isEmpty: (path: ValuePath) => boolean): readonly Atom[] {
  const kept: Atom[] = [];
  for (const atom of atoms) {
    if (isPath(atom) && isEmpty(atom)) continue;
    const last = kept.at(-1);
    if (typeof atom === "string" && typeof last === "string") kept[kept.length - 1] = last + atom;
    else kept.push(atom);
  }
  return kept;
}

interface Behind {
  readonly holds: ReadonlySet<ImagePart>;
  readonly style?: "prefixed" | "bare";
  /** The index behind the last part. */
  readonly end: number;
}

/** The tag and the digest behind a repository; `undefined` where that is no whole reference. */
function behind(
  atoms: readonly Atom[],
  parts: readonly (ImagePart | undefined)[],
  repository: number,
): Behind | "unclear" | undefined {
  const holds = new Set<ImagePart>();
  let at = repository + 1;
  let style: Behind["style"];
  if (atoms[at] === ":" && parts[at + 1] === "tag") {
    holds.add("tag");
    at += 2;
  }
  if ((atoms[at] === "@" || atoms[at] === "@sha256:") && parts[at + 1] === "digest") {
    holds.add("digest");
    style = atoms[at] === "@" ? "prefixed" : "bare";
    at += 2;
  }
  if (at < atoms.length) {
    const after = atoms[at];
    if (
      after === undefined ||
      ((after === ":" || after === "@") && at + 1 < atoms.length && atoms[at + 1] === undefined)
    )
      return "unclear";
    if (typeof after !== "string" || !ENDS_REFERENCE.test(after)) return undefined;
  }
  if (holds.size === 0) return undefined;
  return { holds, end: at, ...(style && { style }) };
}

/** What stands before a repository in its reference; `undefined` where it is not known. */
function beforeReference(atoms: readonly Atom[], repository: number): readonly Atom[] | undefined {
  const before: Atom[] = [];
  for (let at = repository - 1; at >= 0; at--) {
    const atom = atoms[at];
    if (atom === undefined) return undefined;
    if (typeof atom !== "string") {
      before.unshift(atom);
      continue;
    }
    const [tail] = BEGINS_REFERENCE.exec(atom) ?? [];
    before.unshift(tail?.slice(1) ?? atom);
    if (tail !== undefined) break;
  }
  return before.filter((atom) => atom !== "");
}

/**
 * How a reference in one string is printed in a form of a line, for each place.
 *
 * @param line the form
 * @param path of the string
 * @param isEmpty whether a value prints nothing
 */
export function wholeIn(
  line: UsedLine,
  path: ValuePath,
  isEmpty: (path: ValuePath) => boolean,
): readonly ("whole" | "unclear" | "part")[] {
  const atoms = withoutEmpty(line, isEmpty);
  return atoms.flatMap((atom, at) => {
    if (!isPath(atom) || !isSame(atom, path)) return [];
    const before = beforeReference(atoms, at);
    const after = at + 1 < atoms.length ? atoms[at + 1] : "\n";
    if (!before || after === undefined) return ["unclear"];
    return before.length === 0 && typeof after === "string" && ENDS_REFERENCE.test(after)
      ? ["whole"]
      : ["part"];
  });
}
