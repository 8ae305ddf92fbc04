// A field and a digest become text edits. The one place that knows how a digest is written.
import { endOfDefault } from "../images/default-expression.js";
import { helmPrints } from "../images/helm-scalar.js";
import type { Digest } from "../reference/digest.js";
import type { Range } from "../yaml/reading.js";
import type { ImageField, Part, Slot } from "../images/field.js";
import type { Plan } from "./plan.js";

/** Replaces `range` by `text`. Everything outside stays byte for byte. */
export interface Edit {
  readonly range: Range;
  readonly text: string;
  /** For a suggestion: what it does, in a few words. */
  readonly title: string;
}

/** A replacement that is only a piece of an edit. */
export interface Piece {
  readonly range: Range;
  readonly text: string;
}

/**
 * The edits that pin a field.
 *
 * @param text the file's text, without byte order mark, in which the field was found
 * @param field the field
 * @param plan what {@link Plan} said of it
 * @param digest what its tag points to
 * @returns one edit for a fix, one or more to choose from for a suggestion, none where nothing may be written. An edit
 *   covers every part that it was computed from; what stands between them is copied.
 */
export function pin(text: string, field: ImageField, plan: Plan, digest: Digest): readonly Edit[] {
  if (plan.kind === "none") return [];
  return writings(text, field, digest).map(({ pieces, title }) => join(text, field, pieces, title));
}

/** One way to write a digest, not yet joined to an edit. */
export interface Writing {
  readonly pieces: readonly Piece[];
  readonly title: string;
}

/**
 * The ways to write a digest at a field's slot, whatever its plan says.
 *
 * @param text the file's text
 * @param field the field, its parts without a digest
 * @param digest what to write
 */
export function writings(text: string, field: ImageField, digest: Digest): readonly Writing[] {
  const { slot, parts } = field;
  switch (slot.kind) {
    case "none":
      return [];
    case "inline": {
      const part = parts.repository;
      return part
        ? [
            {
              pieces: [{ range: part.range, text: inline(text, part, field, digest) }],
              title: "Pin by digest",
            },
          ]
        : [];
    }
    case "tag": {
      const { tag } = parts;
      return tag
        ? [
            {
              pieces: [{ range: tag.range, text: quoted(tag, `${tag.value}@${digest}`) }],
              title: "Pin by digest, behind the tag",
            },
          ]
        : [];
    }
    case "new-key":
      return [
        {
          pieces: [
            ...quotedNumber(parts.tag),
            ...(field.also ?? []),
            {
              range: [slot.offset, slot.offset],
              text: slot.before + (slot.style === "bare" ? `"${bare(digest)}"` : digest),
            },
          ],
          title: "Pin by digest, in a key of its own",
        },
      ];
    case "key":
      return styles(slot).map((style) => ({
        pieces: [
          ...quotedNumber(parts.tag),
          ...(field.also ?? []),
          { range: slot.range, text: inKey(slot, style === "bare" ? bare(digest) : digest) },
        ],
        title:
          style === "bare" ? "Pin by digest, as bare hexadecimal digits" : "Pin by digest, in its own key",
      }));
  }
}

function bare(digest: Digest): string {
  return digest.slice(digest.indexOf(":") + 1);
}

function styles(slot: Slot & { kind: "key" }): readonly ("prefixed" | "bare")[] {
  return slot.style === "unknown" ? ["prefixed", "bare"] : [slot.style];
}

/** The whole reference, with the tag that the runtime would take where none is written. */
function inline(text: string, part: Part, field: ImageField, digest: Digest): string {
  const { written, reference } = field;
  const end = endOfDefault(written);
  const pinned = `${written.slice(0, end)}${reference?.tag === undefined ? ":latest" : ""}@${digest}${written.slice(end)}`;
  if (part.quote === "|" || part.quote === ">") {
    const source = text.slice(...part.range);
    const at = source.lastIndexOf(written);
    return source.slice(0, at) + pinned + source.slice(at + written.length);
  }
  return part.quote + part.value.slice(0, part.value.length - written.length) + pinned + part.quote;
}

function inKey(slot: Slot & { kind: "key" }, value: string): string {
  const gap = slot.range[0] === slot.range[1] ? " " : "";
  // 64 digits without a letter would be a number.
  const quote = slot.quote === "'" || slot.quote === '"' ? slot.quote : value.includes(":") ? "" : '"';
  return `${gap}${quote}${value}${quote}`;
}

/**
 * Writes a value in the place of a scalar, in its quotes.
 *
 * A number that Helm prints as it stands is quoted all the same: behind `@` it is text, and should look it.
 *
 * @param part the scalar, its value being what decides whether it needs quotes
 * @param value what to write; no character of it needs an escape
 */
export function quoted(part: Part, value: string): string {
  if (part.quote === "'" || part.quote === '"') return part.quote + value + part.quote;
  return helmPrints(part.value) === undefined ? value : `"${value}"`;
}

/** Beside a digest in its own key a numeric tag is quoted too, or another plugin's fixer may shorten it in the same pass. */
function quotedNumber(tag: Part | undefined): readonly Piece[] {
  return tag?.quote === "" && helmPrints(tag.value) !== undefined
    ? [{ range: tag.range, text: `"${tag.value}"` }]
    : [];
}

/**
 * Joins pieces to one edit that covers every part of the field, so that no other fix changes a part in the same pass.
 *
 * @param text the file's text
 * @param field the field
 * @param pieces replacements that do not overlap
 * @param title for a suggestion
 */
export function join(text: string, field: ImageField, pieces: readonly Piece[], title: string): Edit {
  const own = Object.values(field.parts).filter((part) => part.alias === undefined);
  const ranges = [...own.map((part) => part.range), ...pieces.map((piece) => piece.range)];
  const start = Math.min(...ranges.map(([from]) => from));
  const end = Math.max(...ranges.map(([, to]) => to));
  let at = start;
  let out = "";
  for (const piece of [...pieces].sort((a, b) => a.range[0] - b.range[0])) {
    out += text.slice(at, piece.range[0]) + piece.text;
    [, at] = piece.range;
  }
  return { range: [start, end], text: out + text.slice(at, end), title };
}
