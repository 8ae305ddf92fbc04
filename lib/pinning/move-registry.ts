// The edit that moves a reference to the registry that has the same images.
import type { ImageField, Part } from "../images/field.js";
import type { DeprecatedRegistry } from "../vocabulary/deprecated-registries.js";
import { join, type Edit, type Piece } from "./edit.js";
import { isOwn } from "./writable.js";

/** A move: `from`, a registry or a path in it, to the registry `to`. */
interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * Makes the edit that names the place where the same images are.
 *
 * @param text the file's text, without byte order mark
 * @param field a field of the deprecated registry
 * @param row the row that covers it
 * @returns an edit of the registry's name alone; `undefined` where the row names no such place, or where the
 *   registry's name does not stand in the file as it is read
 */
export function moveRegistry(
  text: string,
  field: ImageField,
  { from, sameAt }: DeprecatedRegistry,
): Edit | undefined {
  const { registry, repository } = field.parts;
  if (sameAt === undefined || !repository || (field.slot.kind === "none" && field.slot.reason === "embedded"))
    return undefined;
  const move = { from, to: sameAt };
  const pieces = registry
    ? inTwoKeys(text, registry, repository, move)
    : inOneString(text, repository, field.written, move);
  return pieces && join(text, field, pieces, `Use ${sameAt}`);
}

function inOneString(
  text: string,
  repository: Part,
  written: string,
  { from, to }: Move,
): readonly Piece[] | undefined {
  // `docker://` and `old=` stand before the reference and are no part of it.
  const before = repository.value.endsWith(written) ? repository.value.length - written.length : 0;
  if (!repository.value.slice(before).startsWith(`${from}/`)) return undefined;
  const piece = replaced(text, repository, before, from, to);
  return piece && [piece];
}

function inTwoKeys(
  text: string,
  registry: Part,
  repository: Part,
  { from, to }: Move,
): readonly Piece[] | undefined {
  const host = registry.value.replace(/\/+$/, "");
  if (host === from || host.startsWith(`${from}/`)) {
    const piece = replaced(text, registry, 0, from, to);
    return piece && [piece];
  }
  // `from` begins in the one key and ends in the other: `gcr.io` and `google_containers/pause`.
  const rest = from.slice(host.length + 1);
  if (!from.startsWith(`${host}/`) || !repository.value.startsWith(`${rest}/`)) return undefined;
  const pieces = [replaced(text, registry, 0, host, to), replaced(text, repository, 0, `${rest}/`, "")];
  return pieces.every((piece) => piece !== undefined) ? pieces : undefined;
}

/** Replaces `old` at an offset of a scalar's value; `undefined` where the file has other text there. */
function replaced(text: string, part: Part, offset: number, old: string, by: string): Piece | undefined {
  if (!isOwn(text, part)) return undefined;
  const at = text.slice(...part.valueRange).indexOf(part.value);
  const start = part.valueRange[0] + at + offset;
  return at < 0 || text.slice(start, start + old.length) !== old
    ? undefined
    : { range: [start, start + old.length], text: by };
}
