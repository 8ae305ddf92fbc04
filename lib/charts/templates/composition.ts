// Which reference a chart composes of an image's keys.
import type { Atom } from "./forms.js";
import { isPath } from "./lines.js";
import { isSame } from "./paths.js";
import type { FoundReference } from "./references.js";
import type { KnownValues } from "./known-values.js";
import type { ValuePath } from "./value.js";

/** What stands before the repository in an image's references. */
export interface Composition {
  /** Of the values at hand: `docker.io/`; `undefined` where the templates differ, or it is not known. */
  readonly prefix: string | undefined;
  /** With the keys' names; see `ImageFact.reference`. */
  readonly reference: string;
}

/**
 * What a chart composes.
 *
 * @param references that its templates put together of these values
 * @param all the same, whatever other values hold
 * @param mapping the path of the image's mapping
 * @param keys their names
 * @param known what is known of the values
 */
export function compositionOf(
  references: readonly FoundReference[],
  all: readonly FoundReference[],
  mapping: ValuePath,
  keys: {
    readonly repository: string;
    readonly tag?: string | undefined;
    readonly digest?: string | undefined;
  },
  known: KnownValues,
): Composition {
  const chosen = references.flatMap(({ before }) => before.filter(isPath));
  const current = references.filter(({ line }) =>
    line.when.every(({ path, asks, holds }) => {
      const text = asks === "" && chosen.some((each) => isSame(each, path)) ? known(path) : undefined;
      return text === undefined || (text !== "") === holds;
    }),
  );
  const prefixes = new Set(current.map(({ before }) => textOf(before, known)));
  const [prefix] = prefixes;
  const isPrefix = prefixes.size === 1 && prefix !== undefined && /^(?:|.*[^/]\/)$/.test(prefix);
  return {
    prefix: isPrefix ? prefix : undefined,
    reference: `${prefixName(all, mapping)}{${keys.repository}}${versionName(all, keys)}`,
  };
}

function textOf(atoms: readonly Atom[], known: KnownValues): string | undefined {
  const texts = atoms.map((atom) => (isPath(atom) ? known(atom) : atom));
  return texts.includes(undefined) ? undefined : texts.join("");
}

function prefixName(references: readonly FoundReference[], mapping: ValuePath): string {
  const names = new Set(references.map(({ before }) => before.map((atom) => nameOf(atom, mapping)).join("")));
  const filled = [...names].filter((name) => name !== "");
  const keys = filled.map((name) => /^\{([^{}]*)\}\/$/.exec(name)?.[1]);
  const joined = keys.every((key) => key !== undefined) ? `{${keys.join("|")}}/` : `[${filled.join("|")}]`;
  if (filled.length === 0) return "";
  if (filled.length === 1) return names.has("") ? `[${filled[0] ?? ""}]` : (filled[0] ?? "");
  return names.has("") && joined.startsWith("{") ? `[${joined}]` : joined;
}

function nameOf(atom: Atom, mapping: ValuePath): string {
  if (!isPath(atom)) return atom ?? "";
  const isBeside = atom.length === mapping.length + 1 && mapping.every((key, at) => key === atom[at]);
  return `{${isBeside ? (atom.at(-1) ?? "") : atom.join(".")}}`;
}

function versionName(
  references: readonly FoundReference[],
  { tag, digest }: { readonly tag?: string | undefined; readonly digest?: string | undefined },
): string {
  const withTag = references.some(({ holds }) => holds.has("tag"));
  const withDigest = references.find(({ holds }) => holds.has("digest"));
  if (!withDigest || digest === undefined) return withTag ? `:{${tag ?? ""}}` : "";
  const its = `${withDigest.style === "bare" ? "@sha256:" : "@"}{${digest}}`;
  if (withDigest.holds.has("tag")) return `:{${tag ?? ""}}[${its}]`;
  return withTag ? `[${its}|:{${tag ?? ""}}]` : its;
}
