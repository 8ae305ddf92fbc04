// A reference in several keys of one mapping: whether the mapping is one, what its parts compose to, and where its digest goes.
import { parseDigest } from "../reference/digest.js";
import { isTag, looksLikeDomain, parseReference, type Reference } from "../reference/reference.js";
import type { Settings } from "../settings.js";
import type { Range } from "../yaml/reading.js";
import type { ImageField, Part, PartName, Slot, State } from "./field.js";
import { SHA_KEY, SUFFIX_KEYS, type DigestRule, type MappingRow } from "./fields.js";
import { helmPrints } from "./helm-scalar.js";
import { isLocal, namesRegistry, neverPulled } from "./state.js";
import { isExpression, isPlaceholder } from "./text.js";

/** A key of the mapping: what it holds, and where a value would go if it holds nothing. */
export interface MappingKey {
  /** Absent where the value is null or an empty text. */
  readonly part?: Part;
  /** The value's scalar, quotes and all; where nothing is written, the place behind the colon. */
  readonly range: Range;
  readonly quote: Part["quote"];
}

/** The keys of one arm of a mapping, by name. */
export type MappingKeys = ReadonlyMap<string, MappingKey>;

export interface MappingPlace {
  readonly field: string;
  /** It stands at an image key or in `images`. */
  readonly atImageKey: boolean;
  /** `settings`-independent verdict of the row's `where`, and of its `except`. */
  readonly digest: DigestRule;
  /** Whether an action overlaps a part, or an output action stands among the mapping's own keys. */
  readonly touches: (part: Part) => boolean;
  readonly opaque: boolean;
  /** Another arm of the template holds a digest for the same mapping. */
  readonly digestElsewhere: boolean;
  /** Where a new key would go; `undefined` where the line cannot take one. */
  readonly newKey: (after: readonly string[], key: string) => { readonly offset: number; readonly before: string } | undefined;
  readonly settings: Settings;
  /** `global.imageRegistry` of the values: charts put it in the place of the registry. */
  readonly globalRegistry?: string;
}

/** A field, and the keys that it took, so that no other row reads them again. */
export interface MappingMatch {
  readonly field: ImageField;
  readonly keys: readonly string[];
}

/**
 * Makes a field of a mapping, if it is one of this row.
 *
 * @param keys the mapping's keys of one arm
 * @param row the row; its `where` was found to hold
 * @param place what else is known of the mapping
 * @returns the field and the keys it took, or `undefined` where the mapping is none of this row
 */
export function mappingField(keys: MappingKeys, row: MappingRow, place: MappingPlace): MappingMatch | undefined {
  if (row.without?.some((key) => keys.get(key)?.part !== undefined)) return undefined;
  const registry = pick(keys, row.keys.registry);
  const repository = pick(keys, row.keys.repository);
  const tag = pick(keys, row.keys.tag);
  const sha = row.keys.digest?.includes("digest") === true && keys.has(SHA_KEY) && !keys.has("digest") ? [SHA_KEY] : [];
  const digest = pick(keys, [...(row.keys.digest ?? []), ...sha], true);
  if (!isOfRow(row, place, { registry, repository, tag, digest })) return undefined;

  const parts: Partial<Record<PartName, Part>> = {};
  for (const [name, picked] of Object.entries({ registry, repository, tag, digest })) if (picked?.part) parts[name as PartName] = picked.part;
  const took = [registry, repository, tag, digest].flatMap((picked) => (picked ? [picked.key] : []));
  const field = compose(parts, row, place, keys, digest);
  return field && { field, keys: took };
}

interface Picked extends MappingKey {
  readonly key: string;
}

function pick(keys: MappingKeys, names: readonly string[] | undefined, evenEmpty = false): Picked | undefined {
  let empty: Picked | undefined;
  for (const key of names ?? []) {
    const found = keys.get(key);
    if (found?.part) return { key, ...found };
    if (found && evenEmpty) empty ??= { key, ...found };
  }
  return empty;
}

type PickedParts = Readonly<Record<"registry" | "repository" | "tag" | "digest", Picked | undefined>>;

function isOfRow(row: MappingRow, place: MappingPlace, { registry, repository, tag, digest }: PickedParts): boolean {
  const name = repository?.part?.value;
  switch (row.when) {
    case "operator":
      return name !== undefined;
    case "image-key":
      if (!place.atImageKey) return false;
      // A whole reference at `image` beside nothing else is one string, and a `name` alone names anything.
      if (repository && repository.key !== "repository") return tag?.part !== undefined || digest?.part !== undefined || (repository.key === "image" && registry?.part !== undefined);
      return name !== undefined || tag?.part !== undefined || digest?.part !== undefined;
    case "repository-and-tag":
      return name !== undefined && (tag?.part !== undefined || digest?.part !== undefined) && !/^(?:[./~]|[a-z]+:\/\/|git@)/.test(name);
    case "triplet":
      return name !== undefined && registry?.part !== undefined && !/[:@]/.test(name) && !looksLikeDomain(name.split("/", 1)[0] ?? "");
    case "siblings":
      return name !== undefined && tag?.part !== undefined && !/[:@]/.test(name.slice(name.lastIndexOf("/") + 1));
  }
}

function compose(parts: Partial<Record<PartName, Part>>, row: MappingRow, place: MappingPlace, keys: MappingKeys, digestKey: Picked | undefined): ImageField | undefined {
  const { registry, repository, tag, digest } = parts;
  const values = Object.values(parts);
  const prefix = registry ? `${registry.value.replace(/\/+$/, "")}/` : "";
  const hex = digest && /^[0-9a-f]{64}$/.test(digest.value) && digestKey?.key === SHA_KEY ? `sha256:${digest.value}` : digest?.value;
  const written = `${repository ? prefix + repository.value : ""}${tag ? `:${tag.value}` : ""}${hex === undefined ? "" : `@${hex}`}`;
  const slot = slotOf(parts, row, place, keys, digestKey);
  const base = {
    shape: row.shape,
    field: place.field,
    written,
    parts,
    slot,
    ...changedWith(keys, slot),
    ...doubtOf(keys, slot),
    ...(row.digest.to === "tag" ? suffixed(keys) : {}),
  };
  const at = (state: State): Part | undefined => (slot.kind === "tag" && state !== "incomplete" ? (tag ?? repository) : (repository ?? tag ?? digest));
  const make = (state: State, rest: Partial<ImageField> = {}): ImageField | undefined => {
    const anchor = at(state) ?? values[0];
    return anchor && { ...base, state, at: anchor.range, ...rest };
  };

  if (place.opaque || values.some((part) => place.touches(part) || isExpression(part.value))) return make("templated");
  if (values.some((part) => isPlaceholder(part.value)) || (repository?.quote === "" && /^(?:true|false)$/i.test(repository.value))) return undefined;
  const inline = tag?.value.includes("@") === true || repository?.value.includes("@") === true;
  if (digest && inline) return make("invalid", { problem: "two digests; a reference has one" });
  if (hex !== undefined) {
    const checked = parseDigest(hex);
    if (!checked.ok) return make("invalid", { problem: checked.message });
  }
  const decides = row.when === "operator" || row.when === "triplet" ? "operator" : "chart";
  const missing = (what: string, key: string): string => `${what}: the ${decides} decides which image this is; add \`${key}\``;
  if (!repository) return tagOnly(tag, hex, keys, missing("a tag without a repository", row.keys.repository[0] ?? "repository"), make);
  const looked = asLookedUp(registry, repository, written, place.globalRegistry);
  const result = parseReference(looked);
  if (!result.ok) {
    const digestMeant = inline && (result.error.code === "digest" || result.error.code === "two-digests");
    return digestMeant ? make("invalid", { problem: result.error.message }) : undefined;
  }
  const reference = { ...result.reference, written };
  const nameAlone = row.when === "image-key" && keyOf(keys, repository) === "name" && !registry && !repository.value.includes("/");
  if (nameAlone && reference.digest === undefined) return make("incomplete", { problem: missing("a name without its registry", "registry") });
  return whole(reference, tag, keys, place, missing("a repository without a tag", row.keys.tag?.[0] ?? "tag"), make);
}

/** Charts that know `global.imageRegistry` put it before a repository that names no registry, instead of the mapping's own. */
function asLookedUp(registry: Part | undefined, repository: Part, written: string, globalRegistry: string | undefined): string {
  if (globalRegistry === undefined || (!registry && namesRegistry(repository.value))) return written;
  return `${globalRegistry.replace(/\/+$/, "")}/${registry ? written.slice(registry.value.replace(/\/+$/, "").length + 1) : written}`;
}

function keyOf(keys: MappingKeys, part: Part): string | undefined {
  return [...keys].find(([, key]) => key.part === part)?.[0];
}

function tagOnly(tag: Part | undefined, digest: string | undefined, keys: MappingKeys, missing: string, make: (state: State, rest?: Partial<ImageField>) => ImageField | undefined): ImageField | undefined {
  if (neverPulled(pullPolicy(keys))) return make("local");
  const [name = "", inline] = tag?.value.split("@", 2) ?? [];
  if (tag && !isTag(name)) return undefined;
  if (digest !== undefined) return make("pinned");
  if (inline === undefined) return make("incomplete", { problem: missing });
  const checked = parseDigest(inline);
  return checked.ok ? make("pinned") : make("invalid", { problem: checked.message });
}

function whole(
  reference: Reference,
  tag: Part | undefined,
  keys: MappingKeys,
  place: MappingPlace,
  missing: string,
  make: (state: State, rest?: Partial<ImageField>) => ImageField | undefined,
): ImageField | undefined {
  if (isLocal(reference, place.settings) || neverPulled(pullPolicy(keys))) return make("local", { reference });
  if (reference.digest !== undefined) return make("pinned", { reference });
  if (reference.tag === undefined) return make("incomplete", { reference, problem: missing });
  const printed = tag?.quote === "" ? helmPrints(tag.value) : undefined;
  return make("unpinned", { reference, ...(printed !== undefined && printed !== tag?.value ? { helmReads: printed } : {}) });
}

function pullPolicy(keys: MappingKeys): string | undefined {
  return (keys.get("pullPolicy") ?? keys.get("imagePullPolicy"))?.part?.value;
}

function slotOf(parts: Partial<Record<PartName, Part>>, row: MappingRow, place: MappingPlace, keys: MappingKeys, digestKey: Picked | undefined): Slot {
  const { digest: rule } = place;
  if (rule.to === "none") return { kind: "none", reason: rule.reason, message: rule.message };
  if (place.digestElsewhere) return { kind: "none", reason: "arms", message: "another arm of the template holds its digest; pin it by hand" };
  if (digestKey) {
    const style = digestKey.key === SHA_KEY ? shaStyle(digestKey.part) : "prefixed";
    return { kind: "key", range: digestKey.range, quote: digestKey.quote, style };
  }
  if (rule.to === "new-key") {
    const line = place.newKey([...row.keys.repository, ...(row.keys.tag ?? [])], rule.key);
    if (line) return { kind: "new-key", ...line };
    return { kind: "none", reason: "templated", message: "a template action stands where its digest would go; pin it by hand" };
  }
  if (parts.tag) return { kind: "tag" };
  return { kind: "none", reason: "state", message: "it has no tag to append to" };
}

function shaStyle(part: Part | undefined): "prefixed" | "bare" | "unknown" {
  if (!part) return "unknown";
  return part.value.startsWith("sha256:") ? "prefixed" : "bare";
}

function changedWith(keys: MappingKeys, slot: Slot): Pick<ImageField, "also"> {
  const useDigest = keys.get("useDigest")?.part;
  return slot.kind === "key" && useDigest?.value === "false" ? { also: [{ range: useDigest.range, text: "true" }] } : {};
}

function doubtOf(keys: MappingKeys, slot: Slot): Pick<ImageField, "doubt"> {
  if (slot.kind === "key" && slot.style === "unknown") return { doubt: { reason: "sha-style", message: "charts differ in whether `sha` holds `sha256:`" } };
  if (slot.kind !== "tag") return {};
  const suffix = SUFFIX_KEYS.find((key) => keys.has(key));
  return suffix === undefined ? {} : { doubt: { reason: "chart-breaks", message: `\`${suffix}\` beside it says that the chart appends to the tag` } };
}

/** A suffix key whose value is set: what the chart writes behind the tag stands behind a digest in it, too. */
function suffixed(keys: MappingKeys): Pick<ImageField, "tagBreaks"> {
  const suffix = SUFFIX_KEYS.find((key) => /^(?!false$)./i.test(keys.get(key)?.part?.value ?? ""));
  return suffix === undefined ? {} : { tagBreaks: `\`${suffix}\` adds to the tag behind it` };
}
