// Whether a chart's templates make an image of some keys, and nothing else.
import type { ChartUses, Use } from "./chart-uses.js";
import type { Atom } from "./uses.js";
import { ANY_KEY, type ValuePath } from "./value.js";

/** The keys of an image's mapping. */
export interface ImageKeys {
  readonly repository: string;
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
}

/** What templates do with an image that stands in several keys. */
export interface ImageUses {
  /** A template that uses the tag, or all of the mapping, for something besides the image. */
  readonly elsewhere?: string | undefined;
  /** The same of the digest. */
  readonly digestElsewhere?: string | undefined;
  /** Whether a template puts the tag behind the repository, with nothing behind it. */
  readonly isComposed: boolean;
  /** What a template puts before the digest, where there is a tag: `@`, so that it holds `sha256:` too. */
  readonly digest?: "prefixed" | "bare" | undefined;
  /** Whether all that is done with these keys is known. */
  readonly isKnown: boolean;
}

/** What may stand behind a whole reference. */
const ENDS_REFERENCE = /^["'\s,;)\]}]/;

/** What stands before a digest. */
const BEFORE_DIGEST = /@(sha256:)?$/;

/**
 * What templates do with an image.
 *
 * @param uses of the chart
 * @param path of the image's mapping
 * @param keys of the image
 */
export function imageUses({ uses, unread }: ChartUses, path: ValuePath, keys: ImageKeys): ImageUses {
  const ofKey = (key: string | undefined): readonly Use[] =>
    key === undefined ? [] : uses.filter((use) => isSame(use.path, [...path, key]));
  const repository = [...path, keys.repository];
  const tags = ofKey(keys.tag);
  const digests = ofKey(keys.digest);
  const composing = tags.filter((use) => isBehind(use, repository));
  const lines = new Set([...composing, ...digests.filter((use) => styleOf(use) !== undefined)].map(lineOf));
  const isElsewhere = (use: Use): boolean =>
    use.isUnknown !== true && !(lines.has(lineOf(use)) && isUnsure(use, repository, tags.includes(use)));
  const whole = uses.filter((use) => isAbove(use.path, path));
  const usedWhole = whole.find((use) => !use.isUnknown);
  const styles = digests.filter((use) => keys.tag === undefined || !isWithout(use, [...path, keys.tag]));
  return {
    elsewhere: (tags.find((use) => !composing.includes(use) && isElsewhere(use)) ?? usedWhole)?.file,
    digestElsewhere: (digests.find((use) => styleOf(use) === undefined && isElsewhere(use)) ?? usedWhole)
      ?.file,
    isComposed: composing.length > 0,
    digest: styles.map(styleOf).find((style) => style !== undefined),
    isKnown:
      unread.length === 0 && ![...tags, ...digests, ...ofKey(keys.repository), ...whole].some(isUnknown),
  };
}

/** The template that makes something else of a reference in one string than a whole reference. */
export function takingApart({ uses }: ChartUses, path: ValuePath): string | undefined {
  return uses.find((use) => isSame(use.path, path) && !use.isUnknown && !isWhole(use))?.file;
}

function isUnknown(use: Use): boolean {
  return use.isUnknown === true;
}

function lineOf({ file, printed }: Use): string {
  return `${file} ${String(printed?.line ?? "")}`;
}

/** How a digest is printed; `undefined` where this is no digest's place. */
function styleOf({ printed }: Use): "prefixed" | "bare" | undefined {
  const [before] = printed?.before ?? [];
  const match = typeof before === "string" ? BEFORE_DIGEST.exec(before) : null;
  if (!match) return undefined;
  return match[1] === undefined ? "prefixed" : "bare";
}

/** Whether a tag is empty where this is printed. */
function isWithout({ printed }: Use, tag: ValuePath): boolean {
  return printed?.without.some((path) => isSame(path, tag)) === true;
}

/**
 * Whether this form of a line is perhaps never printed: a tag behind `@`, a digest behind `:`, or either
 * behind something that is not followed. Another form of the line is an image's.
 */
function isUnsure({ printed }: Use, repository: ValuePath, isTag: boolean): boolean {
  if (!printed || printed.before.length < 2 || !endsReference(printed.after)) return false;
  const [sign, before] = printed.before;
  if (before === undefined) return sign === ":" || sign === "@";
  return sign === (isTag ? "@" : ":") && isPath(before) && isSame(before, repository);
}

function isWhole({ printed }: Use): boolean {
  return printed !== undefined && endsReference(printed.after) && beginsValue(printed.before[0]);
}

/** Whether a tag stands right behind its repository, and ends the reference. */
function isBehind({ printed }: Use, name: ValuePath): boolean {
  if (!printed || !endsReference(printed.after)) return false;
  const [colon, repository] = printed.before;
  return colon === ":" && isPath(repository) && isSame(repository, name);
}

function isPath(atom: Atom): atom is ValuePath {
  return Array.isArray(atom);
}

function endsReference(after: Atom): boolean {
  return after === "" || (typeof after === "string" && ENDS_REFERENCE.test(after));
}

function beginsValue(before: Atom): boolean {
  return before === undefined || (typeof before === "string" && /[\s"'=:,([]$/.test(before));
}

function isSame(use: ValuePath, path: ValuePath): boolean {
  return use.length === path.length && isAbove(use, path);
}

/** Whether a value is one above another one, or that itself. */
function isAbove(use: ValuePath, path: ValuePath): boolean {
  return use.length <= path.length && use.every((key, at) => key === ANY_KEY || key === path[at]);
}
