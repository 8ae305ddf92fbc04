// The edits that move a digest to the place where it is read, or remove one that stands twice.
import type { ImageField, Part } from "../images/field.js";
import type { Settings } from "../settings/settings.js";
import { join, type Edit } from "./edit.js";
import { plan } from "./plan.js";
import { standingDigest, removalOf, type StandingDigest } from "./standing-digest.js";
import { isWritable } from "./writable.js";
import { writings } from "./writing.js";

/**
 * Makes the edit that takes a digest out of its part and writes it at the field's slot.
 *
 * @param text the file's text, without byte order mark
 * @param field a field that `find` found in it
 * @param standing the digest, from `standingDigest`
 * @param settings the user's; they decide whether a write at the slot is a fix, as in `plan`
 * @returns `undefined` where no edit is surely right
 */
export function moveDigest(
  text: string,
  field: ImageField,
  standing: StandingDigest,
  settings: Settings,
): Edit | undefined {
  const from = field.parts[standing.part];
  if (!from || !isWritable(text, from)) return undefined;
  const target = withoutStanding(field, from, standing);
  if (target.slot.kind === "tag" && !mayMoveToTag(text, field, standing)) return undefined;
  if (plan(target, settings).kind !== "fix") return undefined;
  const [writing] = writings(text, target, standing.digest);
  if (!writing) return undefined;
  const strip = removalOf(from, standing);
  const isStripped = writing.pieces.some((piece) => piece.range[0] === strip.range[0]);
  return join(text, field, isStripped ? writing.pieces : [...writing.pieces, strip], writing.title);
}

/** The field as it would be without the digest. */
function withoutStanding(field: ImageField, from: Part, standing: StandingDigest): ImageField {
  const { doubt, ...rest } = field;
  return {
    ...rest,
    // A suffix makes another image than the tag says, but this digest was not looked up by the tag.
    ...(doubt && doubt.reason !== "suffixed-tag" ? { doubt } : {}),
    state: "unpinned",
    parts: { ...field.parts, [standing.part]: { ...from, value: standing.rest } },
  };
}

function mayMoveToTag(text: string, { parts, tagBreaks }: ImageField, { part }: StandingDigest): boolean {
  return part !== "tag" && tagBreaks === undefined && parts.tag !== undefined && isWritable(text, parts.tag);
}

/**
 * Makes the edit that takes a digest out of the tag or repository where its own key holds it too.
 *
 * @param text the file's text, without byte order mark
 * @param field a field that `find` found in it
 * @returns `undefined` where the two differ: it is not known which one is right
 */
export function removeSecondDigest(text: string, field: ImageField): Edit | undefined {
  const standing = standingDigest(field);
  const from = standing && field.parts[standing.part];
  const own = field.parts.digest?.value;
  if (!from || own === undefined) return undefined;
  const isSame = own === standing.digest || `sha256:${own}` === standing.digest;
  return isSame && isWritable(text, from)
    ? join(text, field, [removalOf(from, standing)], "Keep the digest in its own key")
    : undefined;
}
