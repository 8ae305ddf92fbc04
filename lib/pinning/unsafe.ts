// Where a digest stands that the chart or operator will break on, why, and the edit that moves it to where it is read.
import { parseDigest, type Digest } from "../reference/digest.js";
import type { Settings } from "../settings/settings.js";
import type { ImageField, Part } from "../images/field.js";
import { join, quoted, writings, type Piece, type Edit } from "./pin.js";
import { plan } from "./plan.js";
import { isWritable } from "./writable.js";

/** What is wrong with a digest that stands. */
export interface Unsafe {
  /** Why it cannot stay, behind "the digest of …". */
  readonly why: string;
  /** What to do, behind a semicolon. */
  readonly remedy: string;
  /** The whole repair, where the place for the digest is known for sure. */
  readonly edit?: Edit;
}

type Inline = "repository" | "tag";

/** A digest as it stands in a part that holds something else too. */
interface Standing {
  readonly part: Inline;
  /** What is left of the part without it. */
  readonly rest: string;
  readonly digest: Digest;
}

interface Row {
  readonly holds: (field: ImageField, standing: Standing) => boolean;
  readonly why: (field: ImageField, standing: Standing) => string;
}

/** The shape in which the operator pulls `image@containerSHA`, or `image:version` as they stand. */
const SKYHOOK = "image+version+containerSHA";

/** Forms that break, the first that holds; what a chart breaks on stands in the field, as `tagBreaks` or in its slot. */
const ROWS: readonly Row[] = [
  {
    // NVIDIA/nodewright skyhook_controller.go, getPackageImage; skyhook_webhook.go refuses `:` in the image and what is no version.
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
    why: ({ slot }) => `can not stand here: ${slot.kind === "none" ? cause(slot.message) : ""}`,
  },
  {
    holds: ({ parts }, { part }) => part === "repository" && parts.tag !== undefined,
    why: () => "stands behind the name, where the tag is put behind it",
  },
  {
    holds: ({ tagBreaks }, { part }) => part === "tag" && tagBreaks !== undefined,
    why: ({ tagBreaks = "" }) => `can not stand in the tag: ${tagBreaks}`,
  },
];

/**
 * Whether a digest stands where this chart or operator breaks on it. Two digests are an invalid reference, and not told here.
 *
 * @param text the file's text, without byte order mark
 * @param field a field that `find` found in it
 * @param settings the user's; they decide which move is a fix, as in `plan`
 * @returns why and what to do, with the edit where one is surely right; `undefined` where nothing is known against it
 */
export function unsafe(text: string, field: ImageField, settings: Settings): Unsafe | undefined {
  if (field.state !== "pinned" && field.state !== "invalid") return undefined;
  const standing = standingIn(field);
  if (!standing) return wrongStyle(text, field);
  if (field.parts.digest) return undefined;
  const row = ROWS.find(({ holds }) => holds(field, standing));
  if (!row) return undefined;
  const edit = moved(text, field, standing, settings);
  return { why: row.why(field, standing), remedy: remedyOf(field, standing), ...(edit ? { edit } : {}) };
}

/**
 * The edit that takes a digest away that stands in its own key too.
 *
 * @param text the file's text, without byte order mark
 * @param field a field that `find` found in it
 * @returns nothing where the two differ: which one is right is not ours to say
 */
export function withoutSecond(text: string, field: ImageField): Edit | undefined {
  const standing = standingIn(field);
  const from = standing && field.parts[standing.part];
  const own = field.parts.digest?.value;
  if (
    !from ||
    own === undefined ||
    (own !== standing.digest && `sha256:${own}` !== standing.digest) ||
    !isWritable(text, from)
  )
    return undefined;
  return join(text, field, [stripOf(from, standing)], "Keep the digest in its own key");
}

function stripOf(from: Part, { rest }: Standing): Piece {
  return { range: from.range, text: quoted({ ...from, value: rest }, rest) };
}

/** A digest in a part of a mapping; a reference in one string holds its digest where it belongs. */
function standingIn({ parts, slot }: ImageField): Standing | undefined {
  const oneString =
    parts.tag === undefined &&
    parts.registry === undefined &&
    parts.digest === undefined &&
    (slot.kind === "inline" || slot.kind === "none");
  if (oneString) return undefined;
  for (const part of ["tag", "repository"] as const) {
    const value = parts[part]?.value ?? "";
    const at = value.indexOf("@");
    const parsed = at < 0 ? undefined : parseDigest(value.slice(at + 1));
    if (parsed?.ok) return { part, rest: value.slice(0, at), digest: parsed.digest };
  }
  return undefined;
}

/** A digest in its own key, with `sha256:` where the key takes bare digits, or the reverse. */
function wrongStyle(text: string, field: ImageField): Unsafe | undefined {
  const { slot, parts, shape } = field;
  if (slot.kind !== "key" || slot.style === "unknown" || !parts.digest) return undefined;
  const { value } = parts.digest;
  const bare = /^[0-9a-f]{64}$/.test(value);
  if (bare === (slot.style === "bare")) return undefined;
  // A bare `digest` of an unknown chart breaks the grammar, and no more is known of it.
  if (field.state === "invalid" && shape !== SKYHOOK) return undefined;
  const parsed = parseDigest(bare ? `sha256:${value}` : value);
  if (!parsed.ok) return undefined;
  const [writing] = writings(text, field, parsed.digest);
  const edit =
    writing && field.also === undefined && isWritable(text, parts.digest)
      ? join(text, field, writing.pieces, writing.title)
      : undefined;
  return {
    why: bare
      ? "lacks its `sha256:`, which nothing puts before it"
      : "has a `sha256:` that is put before it once more",
    remedy: bare ? "write `sha256:` before it" : "write the hexadecimal digits alone",
    ...(edit ? { edit } : {}),
  };
}

/** The edit that takes the digest from where it stands and writes it at the field's slot. */
function moved(text: string, field: ImageField, standing: Standing, settings: Settings): Edit | undefined {
  const from = field.parts[standing.part];
  if (!from || !isWritable(text, from)) return undefined;
  const stripped: Part = { ...from, value: standing.rest };
  const strip = stripOf(from, standing);

  const { doubt, ...certain } = field;
  // Which image the chart makes of the tag does not matter to a digest that stands.
  const kept = doubt && doubt.reason !== "suffixed-tag" ? { doubt } : {};
  const target: ImageField = {
    ...certain,
    ...kept,
    state: "unpinned",
    parts: { ...field.parts, [standing.part]: stripped },
  };
  const { kind } = target.slot;
  if (
    kind === "tag" &&
    (standing.part === "tag" ||
      field.tagBreaks !== undefined ||
      !field.parts.tag ||
      !isWritable(text, field.parts.tag))
  )
    return undefined;
  if (plan(target, settings).kind !== "fix") return undefined;
  const [writing] = writings(text, target, standing.digest);
  if (!writing) return undefined;
  const written = writing.pieces.some((piece) => piece.range[0] === strip.range[0]);
  return join(text, field, written ? writing.pieces : [...writing.pieces, strip], writing.title);
}

function remedyOf({ slot }: ImageField, { part }: Standing): string {
  switch (slot.kind) {
    case "new-key":
      return `put it in \`${/([\w-]+):\s*$/.exec(slot.before)?.[1] ?? "digest"}\``;
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
