// Which keys of a mapping a row reads, and whether the row fits the mapping.
import { looksLikeDomain } from "../../reference/reference.js";
import { REPOSITORY_KEY, SHA_KEY } from "../../vocabulary/keys.js";
import type { MappingRow } from "../../vocabulary/row-types.js";
import type { Part, PartName } from "../field.js";
import type { MappingKey, MappingKeys } from "./key-reader.js";
import { namesRegistry } from "../state.js";

/** A key that a row reads. */
export interface PickedKey extends MappingKey {
  readonly key: string;
}

interface PickedPart extends PickedKey {
  readonly part: Part;
}

/** For each part of a reference, the key that holds it. */
interface PickedKeys {
  readonly registry: PickedPart | undefined;
  readonly repository: PickedPart | undefined;
  readonly tag: PickedPart | undefined;
  /** May hold nothing yet. */
  readonly digest: PickedKey | undefined;
}

/** A mapping that a row fits. */
export interface RowMapping {
  readonly row: MappingRow;
  /** All its keys of one arm. */
  readonly keys: MappingKeys;
  /** Those that the row reads. */
  readonly picked: PickedKeys;
}

/**
 * Picks the keys of a mapping that a row reads.
 *
 * @param keys the mapping's keys of one arm
 * @param row the row; its `where` was found to hold
 * @param atImageKey whether the mapping stands at an image key or in `images`
 * @returns the keys that the row reads; `undefined` where the row does not fit
 */
export function mappingOfRow(
  keys: MappingKeys,
  row: MappingRow,
  atImageKey: boolean,
): RowMapping | undefined {
  if (row.without?.some((key) => keys.get(key)?.part !== undefined)) return undefined;
  const digestKeys = digestKeysOf(keys, row);
  const picked: PickedKeys = {
    registry: firstFilled(keys, row.keys.registry),
    repository: firstFilled(keys, row.keys.repository),
    tag: firstFilled(keys, row.keys.tag),
    digest: firstFilled(keys, digestKeys) ?? firstThere(keys, digestKeys),
  };
  return FITS[row.when](picked, atImageKey) ? { row, keys, picked } : undefined;
}

/** The names of the keys that the row read, so that no other row reads them again. */
export function tookKeys({ picked: { registry, repository, tag, digest } }: RowMapping): readonly string[] {
  return [registry, repository, tag, digest].flatMap((picked) => (picked ? [picked.key] : []));
}

/** The parts that hold something. */
export function partsOf(mapping: RowMapping): Readonly<Partial<Record<PartName, Part>>> {
  const { registry, repository, tag, digest } = mapping.picked;
  const parts: Partial<Record<PartName, Part>> = {};
  if (registry) parts.registry = registry.part;
  if (repository) parts.repository = repository.part;
  if (tag) parts.tag = tag.part;
  if (digest?.part) parts.digest = digest.part;
  return parts;
}

/** A `sha` counts as the digest key where there is no `digest`. */
function digestKeysOf(keys: MappingKeys, { keys: { digest } }: MappingRow): readonly string[] | undefined {
  return digest?.includes("digest") === true && keys.has(SHA_KEY) && !keys.has("digest")
    ? [...digest, SHA_KEY]
    : digest;
}

function firstFilled(keys: MappingKeys, names: readonly string[] | undefined): PickedPart | undefined {
  for (const key of names ?? []) {
    const found = keys.get(key);
    if (found?.part) return { key, range: found.range, quote: found.quote, part: found.part };
  }
  return undefined;
}

function firstThere(keys: MappingKeys, names: readonly string[] | undefined): PickedKey | undefined {
  for (const key of names ?? []) {
    const found = keys.get(key);
    if (found) return { key, ...found };
  }
  return undefined;
}

/** Not the place of an image: a folder, a URL, a repository of git. */
const OTHER_REPOSITORY = /^(?:[./~]|[a-z]+:\/\/|git@)/;

/** Whether a row fits a mapping, for each value of the row's `when`. */
const FITS: Readonly<Record<MappingRow["when"], (its: PickedKeys, atImageKey: boolean) => boolean>> = {
  operator: ({ repository }) => repository !== undefined,

  override: (its) => its.repository !== undefined && (its.repository.key === "newName" || hasVersion(its)),

  "image-version": ({ repository, tag }, atImageKey) =>
    atImageKey && repository !== undefined && tag !== undefined,

  "image-key"(its, atImageKey) {
    if (!atImageKey) return false;
    const { repository, registry } = its;
    if (!repository || repository.key === "repository") return repository !== undefined || hasVersion(its);
    // A whole reference at `image` beside nothing else is one string, and a `name` alone names anything.
    return hasVersion(its) || (repository.key === "image" && registry !== undefined);
  },

  "repository-and-tag": (its) =>
    its.repository !== undefined && hasVersion(its) && !OTHER_REPOSITORY.test(its.repository.part.value),

  triplet({ registry, repository }) {
    const name = repository?.part.value;
    return (
      name !== undefined &&
      registry !== undefined &&
      !/[:@]/.test(name) &&
      !looksLikeDomain(name.split("/", 1)[0] ?? "")
    );
  },

  chart: ({ repository, tag }) => repository === undefined && tag !== undefined,

  siblings({ repository, tag }) {
    if (!repository) return false;
    const name = repository.part.value;
    const last = name.slice(name.lastIndexOf("/") + 1);
    // `image: a/b@sha256` beside the digits as a tag is how older charts are pinned, with a tag or without.
    if (/[:@]/.test(last.replace(/(?::[\w.-]+)?@sha256$/, ""))) return false;
    // Without a tag, the key must say that it is a repository: the tag stands elsewhere then.
    return tag !== undefined || (REPOSITORY_KEY.test(repository.key) && namesRegistry(name));
  },
};

function hasVersion({ tag, digest }: PickedKeys): boolean {
  return tag !== undefined || digest?.part !== undefined;
}
