// Whether a digest stands where the chart or operator breaks on it, why, and how to repair it.
import type { ImageField, Part } from "../images/field.js";
import { nameOfNewKey } from "../images/mapping/new-key.js";
import { parseDigest, type Digest } from "../reference/digest.js";
import type { Settings } from "../settings/settings.js";
import { join, type Edit } from "./edit.js";
import { moveDigest } from "./move-digest.js";
import { standingDigest, type StandingDigest } from "./standing-digest.js";
import { isWritable } from "./writable.js";
import { writings } from "./writing.js";

/** What is wrong with a digest in the file. */
export interface Unsafe {
  /** Why it cannot stay, behind "the digest of …". */
  readonly why: string;
  /** What to do, behind a semicolon. */
  readonly remedy: string;
  /** The whole repair, where the place for the digest is known for sure. */
  readonly edit?: Edit;
}

/** A form of a digest that breaks. */
interface BreakingForm {
  readonly holds: (field: ImageField, standing: StandingDigest) => boolean;
  readonly why: (field: ImageField, standing: StandingDigest) => string;
}

/** The shape in which the operator pulls `image@containerSHA`, or `image:version` as they stand. */
const SKYHOOK = "image+version+containerSHA";

/**
 * The first form that holds counts. What a chart breaks on is in the field, as `tagBreaks` or in its slot.
 */
const BREAKING_FORMS: readonly BreakingForm[] = [
  {
    // NVIDIA/nodewright skyhook_controller.go, getPackageImage; skyhook_webhook.go refuses `:` in the image,
    // and a version that is no semantic version.
    holds: ({ shape }) => shape === SKYHOOK,
    why: (_, { part }) =>
      part === "repository"
        ? "stands in `image`, where the operator puts `:version` behind it"
        : "stands in `version`, which the operator compares as a version",
  },
  {
    holds: ({ slot }, { part }) =>
      part === "tag" &&
      slot.kind === "none" &&
      (slot.reason === "no-digest-slot" || slot.reason === "chart-breaks"),
    why: ({ slot }) => `cannot stand here: ${slot.kind === "none" ? cause(slot.message) : ""}`,
  },
  {
    holds: ({ parts }, { part }) => part === "repository" && parts.tag !== undefined,
    why: () => "stands behind the name, where the tag is put behind it",
  },
  {
    holds: ({ tagBreaks }, { part }) => part === "tag" && tagBreaks !== undefined,
    why: ({ tagBreaks = "" }) => `cannot stand in the tag: ${tagBreaks}`,
  },
];

/**
 * Whether a digest stands where this chart or operator breaks on it. Two digests in one field are an invalid
 * reference, and are not reported here.
 *
 * @param text the file's text, without byte order mark
 * @param field a field that `find` found in it
 * @param settings the user's; they decide which move is a fix, as in `plan`
 * @returns why and what to do, with the edit where one is surely right; `undefined` where nothing is known
 *   against the digest
 */
export function unsafe(text: string, field: ImageField, settings: Settings): Unsafe | undefined {
  if (field.state !== "pinned" && field.state !== "invalid") return undefined;
  const standing = standingDigest(field);
  if (!standing) return wrongStyle(text, field);
  if (field.parts.digest) return undefined;
  const form = BREAKING_FORMS.find(({ holds }) => holds(field, standing));
  if (!form) return undefined;
  const edit = moveDigest(text, field, standing, settings);
  return { why: form.why(field, standing), remedy: remedyOf(field, standing), ...(edit ? { edit } : {}) };
}

/** A digest in its own key, with `sha256:` where the key takes bare digits, or the reverse. */
function wrongStyle(text: string, field: ImageField): Unsafe | undefined {
  const { slot, parts, shape } = field;
  if (slot.kind !== "key" || slot.style === "unknown" || !parts.digest) return undefined;
  const { value } = parts.digest;
  const isBare = /^[0-9a-f]{64}$/.test(value);
  if (isBare === (slot.style === "bare")) return undefined;
  // A bare `digest` of an unknown chart breaks the grammar, and no more is known of it.
  if (field.state === "invalid" && shape !== SKYHOOK) return undefined;
  const parsed = parseDigest(isBare ? `sha256:${value}` : value);
  if (!parsed.ok) return undefined;
  const edit = rewritten(text, field, parts.digest, parsed.digest);
  return {
    why: isBare
      ? "lacks its `sha256:`, which nothing puts before it"
      : "has a `sha256:` that is put before it once more",
    remedy: isBare ? "write `sha256:` before it" : "write the hexadecimal digits alone",
    ...(edit ? { edit } : {}),
  };
}

/** The edit that writes a digest once more in its own key, in the style that the slot says. */
function rewritten(text: string, field: ImageField, own: Part, digest: Digest): Edit | undefined {
  const [writing] = writings(text, field, digest);
  return writing && field.also === undefined && isWritable(text, own)
    ? join(text, field, writing.pieces, writing.title)
    : undefined;
}

function remedyOf({ slot }: ImageField, { part }: StandingDigest): string {
  switch (slot.kind) {
    case "new-key":
      return `put it in \`${nameOfNewKey(slot) ?? "digest"}\``;
    case "key":
      return "put it in its own key";
    case "tag":
      return part === "repository"
        ? "put it behind the tag"
        : "put it in a key of its own, if the chart has one";
    case "inline":
    case "none":
      return slot.kind === "none" && slot.reason === "templated"
        ? "put it in a key of its own"
        : "take it out";
  }
}

/** A slot's message says why, and behind a semicolon what to do where no digest stands yet. */
function cause(message: string): string {
  return message.split(";", 1)[0] ?? message;
}
