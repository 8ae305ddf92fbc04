// A reference in several keys of one mapping: whether the mapping is one, what its parts compose to, and where its digest goes.
import { parseDigest } from "../reference/digest.js";
import { isTag, looksLikeDomain, parseReference, type Reference } from "../reference/reference.js";
import type { Settings } from "../settings/settings.js";
import type { Range } from "../yaml/reading.js";
import type { ImageField, Part, PartName, State } from "./field.js";
import { REPOSITORY_KEY, SHA_KEY, type MappingRow } from "../vocabulary/fields.js";
import { helmPrints } from "./helm-scalar.js";
import { loweredBy, placeOf, type SlotPlace } from "./slot.js";
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

export interface MappingPlace extends SlotPlace {
  readonly field: string;
  /** It stands at an image key or in `images`. */
  readonly atImageKey: boolean;
  /** Whether an action overlaps a part, or an output action stands among the mapping's own keys. */
  readonly touches: (part: Part) => boolean;
  readonly opaque: boolean;
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
export function mappingField(
  keys: MappingKeys,
  row: MappingRow,
  place: MappingPlace,
): MappingMatch | undefined {
  if (row.without?.some((key) => keys.get(key)?.part !== undefined)) return undefined;
  const registry = pick(keys, row.keys.registry);
  const repository = pick(keys, row.keys.repository);
  const tag = pick(keys, row.keys.tag);
  const sha =
    row.keys.digest?.includes("digest") === true && keys.has(SHA_KEY) && !keys.has("digest") ? [SHA_KEY] : [];
  const digest = pick(keys, [...(row.keys.digest ?? []), ...sha], true);
  if (!isOfRow(row, place, { registry, repository, tag, digest })) return undefined;

  const parts: Partial<Record<PartName, Part>> = {};
  for (const [name, picked] of Object.entries({ registry, repository, tag, digest }))
    if (picked?.part) parts[name as PartName] = picked.part;
  const took = [registry, repository, tag, digest].flatMap((picked) => (picked ? [picked.key] : []));
  const field = compose(parts, row, place, keys, { digest, tag, repository });
  return field && { field, keys: took };
}

interface Picked extends MappingKey {
  readonly key: string;
}

function pick(
  keys: MappingKeys,
  names: readonly string[] | undefined,
  evenEmpty = false,
): Picked | undefined {
  let empty: Picked | undefined;
  for (const key of names ?? []) {
    const found = keys.get(key);
    if (found?.part) return { key, ...found };
    if (found && evenEmpty) empty ??= { key, ...found };
  }
  return empty;
}

type PickedParts = Readonly<Record<"registry" | "repository" | "tag" | "digest", Picked | undefined>>;

function isOfRow(
  row: MappingRow,
  place: MappingPlace,
  { registry, repository, tag, digest }: PickedParts,
): boolean {
  const name = repository?.part?.value;
  switch (row.when) {
    case "operator":
      return name !== undefined;
    case "override":
      return (
        name !== undefined &&
        (repository?.key === "newName" || tag?.part !== undefined || digest?.part !== undefined)
      );
    case "image-version":
      return place.atImageKey && name !== undefined && tag?.part !== undefined;
    case "image-key":
      if (!place.atImageKey) return false;
      // A whole reference at `image` beside nothing else is one string, and a `name` alone names anything.
      if (repository && repository.key !== "repository")
        return (
          tag?.part !== undefined ||
          digest?.part !== undefined ||
          (repository.key === "image" && registry?.part !== undefined)
        );
      return name !== undefined || tag?.part !== undefined || digest?.part !== undefined;
    case "repository-and-tag":
      return (
        name !== undefined &&
        (tag?.part !== undefined || digest?.part !== undefined) &&
        !/^(?:[./~]|[a-z]+:\/\/|git@)/.test(name)
      );
    case "triplet":
      return (
        name !== undefined &&
        registry?.part !== undefined &&
        !/[:@]/.test(name) &&
        !looksLikeDomain(name.split("/", 1)[0] ?? "")
      );
    case "siblings":
      // `image: a/b@sha256` beside the digits as a tag is how older charts are pinned.
      if (name === undefined || /[:@]/.test(name.slice(name.lastIndexOf("/") + 1).replace(/@sha256$/, "")))
        return false;
      // The key says that it is a repository; the tag stands elsewhere.
      return tag?.part !== undefined || (REPOSITORY_KEY.test(repository?.key ?? "") && namesRegistry(name));
  }
}

/** Who fills in a part that is not there. */
const DECIDES: Readonly<Record<MappingRow["when"], string>> = {
  operator: "operator",
  triplet: "operator",
  override: "base",
  "image-key": "chart",
  "image-version": "chart",
  "repository-and-tag": "chart",
  siblings: "chart",
};

function compose(
  parts: Partial<Record<PartName, Part>>,
  row: MappingRow,
  place: MappingPlace,
  keys: MappingKeys,
  picked: Partial<PickedParts>,
): ImageField | undefined {
  const { registry, repository, tag } = parts;
  const digestKey = picked.digest;
  // A digest that the chart is told not to read pins nothing.
  const digest = keys.get("useDigest")?.part?.value === "false" ? undefined : parts.digest;
  const values = Object.values(parts);
  const prefix = registry ? `${registry.value.replace(/\/+$/, "")}/` : "";
  const hex =
    digest &&
    /^[0-9a-f]{64}$/.test(digest.value) &&
    (row.own === "hex" || digestKey?.key === SHA_KEY || takesBare(place, digestKey?.key))
      ? `sha256:${digest.value}`
      : digest?.value;
  const inTag = tag !== undefined && parseDigest(tag.value).ok;
  // Who reads a `version` looks for `sha256:` and puts `@` before it (Mellanox/network-operator pkg/render/render.go, imagePath);
  // who reads a `tag` puts `:` before whatever it holds, kustomize too. A user's own shape says itself what its key takes.
  const readsDigest = row.own !== undefined || picked.tag?.key === "version";
  // An operator takes a tag in the image too, where it is the same as the version.
  const repeated =
    row.when === "operator" && tag !== undefined && repository?.value.endsWith(`:${tag.value}`) === true;
  const written = `${repository ? prefix + repository.value : ""}${tag && !repeated ? `${inTag && readsDigest ? "@" : ":"}${tag.value}` : ""}${hex === undefined ? "" : `@${hex}`}`;
  const placed = placeOf(
    { row, keys, parts, tagKey: picked.tag?.key, nameKey: picked.repository?.key, digestKey },
    place,
  );
  const { slot } = placed;
  const base = { shape: row.shape, field: place.field, written, parts, ...placed };
  const at = (state: State): Part | undefined =>
    slot.kind === "tag" && state !== "incomplete" ? (tag ?? repository) : (repository ?? tag ?? digest);
  const make = (state: State, rest: Partial<ImageField> = {}): ImageField | undefined => {
    const anchor = at(state) ?? values[0];
    return anchor && { ...base, state, at: anchor.range, ...rest };
  };

  if (place.opaque || values.some((part) => place.touches(part) || isExpression(part.value)))
    return make("templated");
  if (
    values.some((part) => isPlaceholder(part.value)) ||
    (repository?.quote === "" && /^(?:true|false)$/i.test(repository.value))
  )
    return undefined;
  const inline = inTag || tag?.value.includes("@") === true || repository?.value.includes("@") === true;
  if (digest && inline) return make("invalid", { problem: "two digests; a reference has one" });
  if (hex !== undefined) {
    const checked = parseDigest(hex);
    if (!checked.ok) return make("invalid", { problem: checked.message });
  }
  if (inTag && !readsDigest)
    return make("invalid", {
      problem: `a digest where a tag stands, and \`:\` is put before it; write \`<tag>@${tag.value.slice(0, tag.value.indexOf(":"))}:…\``,
    });
  const decides = DECIDES[row.when];
  const missing = (what: string, key: string): string =>
    `${what}: the ${decides} decides which image this is; add \`${key}\``;
  if (!repository)
    return tagOnly(
      tag,
      hex,
      keys,
      missing("a tag without a repository", row.keys.repository[0] ?? "repository"),
      make,
    );
  const looked = asLookedUp(registry, repository, written, place.globalRegistry);
  const result = parseReference(looked);
  if (!result.ok) {
    const digestMeant = inline && (result.error.code === "digest" || result.error.code === "two-digests");
    const upperCaseMeant =
      result.error.code === "upper-case" &&
      (tag !== undefined || registry !== undefined || namesRegistry(repository.value));
    // Where an operator proves the shape, what does not compose is no other shape either.
    return digestMeant || upperCaseMeant || row.when === "operator"
      ? make("invalid", { problem: result.error.message })
      : undefined;
  }
  const reference = { ...result.reference, written };
  const nameAlone = !registry && !repository.value.includes("/") && isOnlyName(row, keys, repository);
  if (nameAlone && reference.digest === undefined)
    return make("incomplete", { problem: missing("a name without its registry", "registry") });
  const doubted = slot.kind === "tag" && row.own === undefined ? lowered(reference, place) : {};
  return whole(
    reference,
    tag,
    keys,
    place,
    missing("a repository without a tag", row.keys.tag?.[0] ?? "tag"),
    (its, rest) => make(its, { ...rest, ...doubted }),
  );
}

/** Whether a word is the last part of a repository whose rest stands elsewhere. */
function isOnlyName(row: MappingRow, keys: MappingKeys, repository: Part): boolean {
  if (row.when === "image-key") return keyOf(keys, repository) === "name";
  return row.when === "siblings" && [...keys.keys()].some((key) => /registry$/i.test(key));
}

/** Charts that know `global.imageRegistry` put it before a repository that names no registry, instead of the mapping's own. */
function asLookedUp(
  registry: Part | undefined,
  repository: Part,
  written: string,
  globalRegistry: string | undefined,
): string {
  if (globalRegistry === undefined || (!registry && namesRegistry(repository.value))) return written;
  return `${globalRegistry.replace(/\/+$/, "")}/${registry ? written.slice(registry.value.replace(/\/+$/, "").length + 1) : written}`;
}

function keyOf(keys: MappingKeys, part: Part): string | undefined {
  return [...keys].find(([, key]) => key.part === part)?.[0];
}

function tagOnly(
  tag: Part | undefined,
  digest: string | undefined,
  keys: MappingKeys,
  missing: string,
  make: (state: State, rest?: Partial<ImageField>) => ImageField | undefined,
): ImageField | undefined {
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
  if (isLocal(reference, place.settings) || neverPulled(pullPolicy(keys)))
    return make("local", { reference });
  if (reference.digest !== undefined) return make("pinned", { reference });
  if (reference.tag === undefined) return make("incomplete", { reference, problem: missing });
  const printed = tag?.quote === "" ? helmPrints(tag.value) : undefined;
  return make("unpinned", {
    reference,
    ...(printed !== undefined && printed !== tag?.value ? { helmReads: printed } : {}),
  });
}

/** Where a known chart puts `sha256:` before a digest of this key. */
function takesBare({ chart }: MappingPlace, key: string | undefined): boolean {
  const digest = chart?.certain === true ? chart.images.digest : undefined;
  return digest?.to === "key" && digest.key === key && digest.style === "bare";
}

/** An image alone proves no chart; it may only lower a fix. */
function lowered(reference: Reference, place: MappingPlace): Pick<ImageField, "doubt"> {
  const doubt = place.chart || place.digest.to !== "tag" ? undefined : loweredBy(reference);
  return doubt ? { doubt } : {};
}

function pullPolicy(keys: MappingKeys): string | undefined {
  return (keys.get("pullPolicy") ?? keys.get("imagePullPolicy"))?.part?.value;
}
