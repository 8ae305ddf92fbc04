// A digest that stands in a part of a mapping together with something else: `tag: v1@sha256:…`.
import type { ImageField, Part } from "../images/field.js";
import { parseDigest, type Digest } from "../reference/digest.js";
import type { Piece } from "./edit.js";
import { quoted } from "./writing.js";

/** A digest behind an `@` in a part that holds something else too. */
export interface StandingDigest {
  readonly part: "repository" | "tag";
  /** What is left of the part without it. */
  readonly rest: string;
  readonly digest: Digest;
}

/**
 * Finds the digest that stands in a field's tag or repository.
 *
 * @param field a field that `find` found
 * @returns `undefined` where there is none, and for a reference in one string, whose digest is where it
 *   belongs
 */
export function standingDigest({ parts, slot }: ImageField): StandingDigest | undefined {
  const isOneString =
    parts.tag === undefined &&
    parts.registry === undefined &&
    parts.digest === undefined &&
    (slot.kind === "inline" || slot.kind === "none");
  if (isOneString) return undefined;
  for (const part of ["tag", "repository"] as const) {
    const value = parts[part]?.value ?? "";
    const at = value.indexOf("@");
    const parsed = at < 0 ? undefined : parseDigest(value.slice(at + 1));
    if (parsed?.ok) return { part, rest: value.slice(0, at), digest: parsed.digest };
  }
  return undefined;
}

/**
 * The replacement that takes a standing digest out of its part.
 *
 * @param from the part
 * @param standing the digest in it
 */
export function removalOf(from: Part, { rest }: StandingDigest): Piece {
  return { range: from.range, text: quoted({ ...from, value: rest }, rest) };
}
