// How a digest is written at each kind of slot. The one place that knows it.
import { endOfDefault } from "../images/scalar/default-expression.js";
import type { ImageField, Part, Slot } from "../images/field.js";
import { helmPrints } from "../images/helm-scalar.js";
import type { Digest } from "../reference/digest.js";
import type { Piece } from "./edit.js";

/** One way to write a digest, not yet joined to an edit. */
export interface Writing {
  readonly pieces: readonly Piece[];
  readonly title: string;
}

/**
 * Lists the ways to write a digest at a field's slot, whatever its plan says.
 *
 * @param text the file's text
 * @param field the field, its parts without a digest
 * @param digest what to write
 * @returns none where the field has no slot; two where it is not known whether a key holds `sha256:`; else
 *   one
 */
export function writings(text: string, field: ImageField, digest: Digest): readonly Writing[] {
  const { slot } = field;
  switch (slot.kind) {
    case "none":
      return [];
    case "inline":
      return inlineWritings(text, field, digest);
    case "tag":
      return tagWritings(field, digest);
    case "new-key":
      return [newKeyWriting(field, slot, digest)];
    case "key":
      return keyWritings(field, slot, digest);
  }
}

function inlineWritings(text: string, field: ImageField, digest: Digest): readonly Writing[] {
  const part = field.parts.repository;
  if (!part) return [];
  return [
    {
      pieces: [{ range: part.range, text: pinnedReference(text, part, field, digest) }],
      title: "Pin by digest",
    },
  ];
}

function tagWritings({ parts: { tag } }: ImageField, digest: Digest): readonly Writing[] {
  if (!tag) return [];
  return [
    {
      pieces: [{ range: tag.range, text: quoted(tag, `${tag.value}@${digest}`) }],
      title: "Pin by digest, behind the tag",
    },
  ];
}

function newKeyWriting(field: ImageField, slot: Slot & { kind: "new-key" }, digest: Digest): Writing {
  const { offset, before, style } = slot;
  const value = style === "bare" ? `"${hexOf(digest)}"` : digest;
  return {
    pieces: [...beside(field), { range: [offset, offset], text: before + value }],
    title: "Pin by digest, in a key of its own",
  };
}

function keyWritings(field: ImageField, slot: Slot & { kind: "key" }, digest: Digest): readonly Writing[] {
  const styles = slot.style === "unknown" ? (["prefixed", "bare"] as const) : [slot.style];
  return styles.map((style) => ({
    pieces: [
      ...beside(field),
      { range: slot.range, text: inKey(slot, style === "bare" ? hexOf(digest) : digest) },
    ],
    title: style === "bare" ? "Pin by digest, as bare hexadecimal digits" : "Pin by digest, in its own key",
  }));
}

function hexOf(digest: Digest): string {
  return digest.slice(digest.indexOf(":") + 1);
}

/** The whole reference, with the tag that the runtime would take where none is written. */
function pinnedReference(text: string, part: Part, field: ImageField, digest: Digest): string {
  const { written, reference } = field;
  const end = endOfDefault(written);
  const tag = reference?.tag === undefined ? ":latest" : "";
  const pinned = `${written.slice(0, end)}${tag}@${digest}${written.slice(end)}`;
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

/** What changes together with a digest in its own key: keys that switch it on, and a tag that is a number. */
function beside({ parts, also = [] }: ImageField): readonly Piece[] {
  return [...quotedNumber(parts.tag), ...also];
}

/** A numeric tag is quoted too, or another plugin's fixer may shorten it in the same pass. */
function quotedNumber(tag: Part | undefined): readonly Piece[] {
  return tag?.quote === "" && helmPrints(tag.value) !== undefined
    ? [{ range: tag.range, text: `"${tag.value}"` }]
    : [];
}

/**
 * Writes a value in the place of a scalar, in its quotes.
 *
 * A number is quoted even if Helm prints it as it stands: with a digest behind it, it should look like text.
 *
 * @param part the scalar; its value decides whether it needs quotes
 * @param value what to write; no character of it needs an escape
 * @returns the text that replaces the scalar's range
 */
export function quoted(part: Part, value: string): string {
  if (part.quote === "'" || part.quote === '"') return part.quote + value + part.quote;
  return helmPrints(part.value) === undefined ? value : `"${value}"`;
}
