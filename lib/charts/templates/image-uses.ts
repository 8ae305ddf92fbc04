// Whether a chart's templates make an image of some keys, and nothing else.
import type { ChartUses } from "./chart-uses.js";
import type { Test } from "./condition.js";
import { answers } from "./compare.js";
import { compositionOf } from "./composition.js";
import { NO_VALUES, type KnownValues } from "./known-values.js";
import { isPath } from "./lines.js";
import { isAbove, isSame } from "./paths.js";
import { referencesIn, wholeIn, type FoundReference, type PartPaths } from "./references.js";
import type { TakenValue, UsedLine } from "./seen-uses.js";
import type { ValuePath } from "./value.js";

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
  /** Whether each template that names the image puts the tag behind the repository, and nothing else. */
  readonly isComposed: boolean;
  /** How each template that names the image takes a digest: `prefixed` holds `sha256:` too. */
  readonly digest?: "prefixed" | "bare" | undefined;
  /** Whether all that is done with these keys is known. */
  readonly isKnown: boolean;
  /** What stands before the repository, as the chart composes it from the values at hand: `docker.io/`. */
  readonly prefix?: string | undefined;
  /** The reference that the chart composes; see {@link ImageFact.reference}. */
  readonly composition?: string | undefined;
}

const HEX = "0".repeat(64);

/** The image's keys, with their texts before and after a digest is written. */
class Image implements PartPaths {
  readonly repository: ValuePath;
  readonly tag: ValuePath | undefined;
  readonly digest: ValuePath | undefined;
  readonly #known: KnownValues;

  constructor(path: ValuePath, keys: ImageKeys, known: KnownValues) {
    this.repository = [...path, keys.repository];
    this.tag = keys.tag === undefined ? undefined : [...path, keys.tag];
    this.digest = keys.digest === undefined ? undefined : [...path, keys.digest];
    this.#known = known;
  }

  /** What a key holds; `undefined` where it is not known. */
  textOf(path: ValuePath, written: Written): string | undefined {
    if (this.digest && isSame(path, this.digest)) return written === "digest" ? `sha256:${HEX}` : "";
    if (!this.tag || !isSame(path, this.tag)) return this.#known(this.repository) ?? "repository";
    const text = this.#known(this.tag);
    if (written === "tag") return `${text ?? ""}@sha256:${HEX}`;
    return text === "" ? undefined : text;
  }

  get own(): readonly ValuePath[] {
    return [this.repository, this.tag, this.digest].filter((path) => path !== undefined);
  }

  isOwn(path: ValuePath): boolean {
    return this.own.some((own) => isSame(path, own));
  }

  /** When a form of a line is printed. */
  prints({ when }: UsedLine, written: Written): "never" | "perhaps" | "as it was" {
    const answered = when.map((each) => this.#answers(each, written));
    if (answered.includes(false)) return "never";
    // A question whose answer before is not known may be answered in another way now.
    const isOpen = when.some(
      ({ path, asks }, at) => asks !== "" && this.isOwn(path) && answered[at] === undefined,
    );
    return isOpen ? "perhaps" : "as it was";
  }

  /** Whether a condition of a line holds; `undefined` where that is not known. */
  #answers({ path, asks, holds }: Test, written: Written): boolean | undefined {
    const isOwn = this.isOwn(path);
    if (!isOwn && isAbove(path, this.repository)) return asks === "" ? holds : undefined;
    if (!isOwn) return undefined;
    const text = this.textOf(path, written);
    if (text === undefined) return asks === "" ? holds : undefined;
    return answers(text, asks) === holds;
  }
}

/** Where a digest is written. */
type Written = "nothing" | "tag" | "digest";

/**
 * What templates do with an image.
 *
 * @param uses of the chart
 * @param path of the image's mapping
 * @param keys of the image
 * @param known what is known of the values
 * @throws {TooMuch} where there is more than is looked at
 */
export function imageUses(
  uses: ChartUses,
  path: ValuePath,
  keys: ImageKeys,
  known: KnownValues = NO_VALUES,
): ImageUses {
  const image = new Image(path, keys, known);
  const lines = uses.linesWith(image.own);
  const taken = uses.takenAt(image.own);
  const tagged = judge(lines, image, "tag", known);
  const digested = image.digest && judge(lines, image, "digest", known);
  const isUnknown =
    uses.unread.length > 0 ||
    taken.some(({ how }) => how === "unknown") ||
    tagged.isUnclear ||
    digested?.isUnclear === true;
  const styles = new Set(digested?.references.map(({ style }) => style));
  const [style] = styles;
  const references = [...tagged.references, ...(digested?.references ?? [])];
  const { prefix, reference } = compositionOf(references, allReferences(lines, image), path, keys, known);
  return {
    elsewhere: elsewhereIn(taken, path, image.tag, "held") ?? tagged.elsewhere,
    digestElsewhere: elsewhereIn(taken, path, image.digest, "asked") ?? digested?.elsewhere,
    isComposed: tagged.isWhole,
    digest: styles.size === 1 && (digested?.isWhole === true || isUnknown) ? style : undefined,
    isKnown: !isUnknown && (references.length === 0 || prefix !== undefined),
    ...(references.length > 0 && { prefix, composition: reference }),
  };
}

/** What the templates compose for any values beside the image's. */
function allReferences(lines: readonly UsedLine[], image: Image): readonly FoundReference[] {
  const slots = image.digest ? (["digest", "tag"] as const) : (["tag"] as const);
  return lines.flatMap((line) =>
    slots.some((slot) => image.prints(line, slot) !== "never")
      ? referencesIn(line, image, () => false).references
      : [],
  );
}

/** The template that takes a key's value for something that is not followed. */
function elsewhereIn(
  taken: readonly TakenValue[],
  mapping: ValuePath,
  key: ValuePath | undefined,
  least: "held" | "asked",
): string | undefined {
  if (!key) return undefined;
  return taken.find(
    ({ path, how }) =>
      (how === "held" || how === "yaml" || (how === "asked" && least === "asked")) &&
      (isSame(path, key) || (how !== "asked" && isAbove(path, mapping))),
  )?.file;
}

interface Judgement {
  /** All that names the image is that reference. */
  readonly isWhole: boolean;
  readonly elsewhere: string | undefined;
  readonly isUnclear: boolean;
  readonly references: readonly FoundReference[];
}

function judge(
  lines: readonly UsedLine[],
  image: Image,
  written: "tag" | "digest",
  known: KnownValues,
): Judgement {
  const references: FoundReference[] = [];
  let [isWhole, isUnclear] = [image[written] !== undefined, false];
  let elsewhere: string | undefined;
  for (const line of lines) {
    const isEmpty = (path: ValuePath): boolean => !image.isOwn(path) && known(path) === "";
    const found = referencesIn(line, image, isEmpty);
    const isPrinted = image.prints(line, written);
    // What comes or goes with the digest must be the image.
    if (isPrinted !== image.prints(line, "nothing") && found.references.length === 0) elsewhere ??= line.file;
    if (isPrinted === "never" || isEmptyForm(line, isEmpty)) continue;
    isUnclear ||= found.isUnclear;
    references.push(...found.references.filter(({ holds }) => holds.has(written)));
    if (found.loose.has(written)) elsewhere ??= line.file;
    if (found.loose.has("repository") || found.references.some(({ holds }) => !holds.has(written)))
      isWhole = false;
  }
  return { isWhole: isWhole && references.length > 0, elsewhere, isUnclear, references };
}

/** Whether a form prints a value that holds nothing in these values, and is printed only where it is set. */
function isEmptyForm({ atoms, when }: UsedLine, isEmpty: (path: ValuePath) => boolean): boolean {
  return when.some(
    ({ path, asks, holds }) =>
      asks === "" &&
      holds &&
      isEmpty(path) &&
      atoms.some((atom) => isPath(atom) && isSame(path, atom) && isSame(atom, path)),
  );
}

/** What templates do with a reference in one string. */
export interface ReferenceUses {
  /** A template that makes something else of it. */
  readonly elsewhere?: string | undefined;
  /** Whether it is printed, and each time as a whole reference. */
  readonly isWhole: boolean;
  readonly isKnown: boolean;
}

/**
 * What templates do with a reference in one string.
 *
 * @param uses of the chart
 * @param path of the scalar
 * @param known what is known of the values
 * @throws {TooMuch} where there is more than is looked at
 */
export function referenceUses(
  uses: ChartUses,
  path: ValuePath,
  known: KnownValues = NO_VALUES,
): ReferenceUses {
  const taken = uses.takenAt([path]);
  const lines = uses.linesWith([path]);
  const isEmpty = (its: ValuePath): boolean => !isSame(its, path) && known(its) === "";
  let elsewhere = taken.find(({ path: its, how }) => how === "held" && isSame(its, path))?.file;
  let isWhole = taken.some(({ how }) => how === "yaml");
  let isUnclear = false;
  for (const line of lines) {
    const asked = line.when.some((test) => test.asks !== "" && isSame(test.path, path));
    if (asked) elsewhere ??= line.file;
    for (const found of wholeIn(line, path, isEmpty)) {
      if (found === "whole") isWhole = true;
      else if (found === "unclear") isUnclear = true;
      else elsewhere ??= line.file;
    }
  }
  const isKnown =
    uses.unread.length === 0 &&
    !isUnclear &&
    !taken.some(({ path: its, how }) => how === "unknown" || (how === "held" && !isSame(its, path)));
  return { elsewhere, isWhole: isWhole && elsewhere === undefined, isKnown };
}
