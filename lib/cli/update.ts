// Replaces an existing digest by the one that its tag points to now. Only `pin --update` does this.
import type { ImageField } from "../images/field.js";
import type { Piece } from "../pinning/edit.js";
import type { Digest } from "../reference/digest.js";

/**
 * Makes the piece that replaces the digest of a pinned field.
 *
 * @param text the file's text without byte order mark, in which the field was found
 * @param field a field in the state `pinned`, with a reference
 * @param digest the new digest
 * @returns the replacement, or in a few words why there is none
 */
export function moveDigest(text: string, field: ImageField, digest: Digest): Piece | string {
  const { reference, parts, doubt } = field;
  const before = reference?.digest;
  if (before === undefined) return "it has no digest";
  if (doubt?.reason === "anchor-shared") return doubt.message;
  const part = [parts.digest, parts.tag, parts.repository].find((each) =>
    each?.value.includes(hexOf(before)),
  );
  if (!part) return "its digest is put together from several places";
  const source = text.slice(...part.range);
  // A `sha` key may hold only the hexadecimal digits.
  const prefixed = source.includes(before);
  if (!prefixed && !before.startsWith("sha256:"))
    return "its digest is not sha256, and is written without its algorithm";
  const [old, fresh] = prefixed ? [before, digest] : [hexOf(before), hexOf(digest)];
  const at = source.indexOf(old);
  if (at < 0 || source.includes(old, at + 1))
    return "its digest is written in a way that is not edited in place";
  const start = part.range[0] + at;
  return { range: [start, start + old.length], text: fresh };
}

function hexOf(digest: Digest): string {
  return digest.slice(digest.indexOf(":") + 1);
}
