// The reference that the parts of a mapping compose to, as text.
import { parseDigest } from "../../reference/digest.js";
import { SHA_KEY } from "../../vocabulary/keys.js";
import type { Part } from "../field.js";
import type { RowMapping } from "./mapping-parts.js";
import type { MappingPlace } from "./mapping-place.js";

/** What the parts of a mapping compose to. */
export interface MappingText {
  /** The parts, joined as a reference is written. */
  readonly written: string;
  /** The digest that the chart reads from its own key, and as a reference writes it: with `sha256:`. */
  readonly digest: { readonly part: Part; readonly text: string } | undefined;
  /** Whether the tag's key holds a digest and no tag. */
  readonly isDigestInTag: boolean;
  /** Whether whoever reads the tag's key takes such a digest. */
  readonly readsDigestInTag: boolean;
}

/**
 * Composes the text of a mapping's reference.
 *
 * @param mapping the mapping
 * @param place what else is known of it
 * @returns the text; it may be no valid reference
 */
export function mappingText(mapping: RowMapping, place: MappingPlace): MappingText {
  const { row, picked } = mapping;
  const registry = picked.registry?.part.value;
  const repository = picked.repository?.part.value;
  const tag = picked.tag?.part.value;
  const digest = digestOf(mapping, place);
  const isDigestInTag = tag !== undefined && parseDigest(tag).ok;
  // An operator that reads `version` looks for `sha256:` and puts `@` before it (Mellanox/network-operator
  // pkg/render/render.go, imagePath). Charts and kustomize put `:` before whatever their tag key holds. A
  // shape of the user's own says itself what its key takes.
  const readsDigestInTag = row.own !== undefined || picked.tag?.key === "version";
  // An operator also takes a tag in the image, if it is the same as the version.
  const isRepeated = row.when === "operator" && tag !== undefined && repository?.endsWith(`:${tag}`) === true;
  const name = repository === undefined ? "" : prefixOf(registry) + repository;
  const version =
    tag === undefined || isRepeated ? "" : `${isDigestInTag && readsDigestInTag ? "@" : ":"}${tag}`;
  const written = `${name}${version}${digest ? `@${digest.text}` : ""}`;
  return { written, digest, isDigestInTag, readsDigestInTag };
}

/**
 * What stands before a repository.
 *
 * @param registry as it is written; charts put one slash behind it
 */
export function prefixOf(registry: string | undefined): string {
  return registry === undefined ? "" : `${registry.replace(/\/+$/, "")}/`;
}

function digestOf({ row, keys, picked }: RowMapping, place: MappingPlace): MappingText["digest"] {
  // A digest that the chart is told not to read pins nothing.
  if (!picked.digest?.part || keys.get("useDigest")?.part?.value === "false") return undefined;
  const { key, part } = picked.digest;
  const isBare =
    /^[0-9a-f]{64}$/.test(part.value) && (row.own === "hex" || key === SHA_KEY || takesBare(place, key));
  return { part, text: isBare ? `sha256:${part.value}` : part.value };
}

/** Whether a known chart puts `sha256:` before a digest of this key. */
function takesBare({ chart }: MappingPlace, key: string): boolean {
  const digest = chart?.certain === true ? chart.digest : undefined;
  return digest?.to === "key" && digest.key === key && digest.style === "bare";
}
