// The slot in a digest key that the chart or operator reads, whether the file holds the key already or not.
import type { ImageField, Slot } from "../field.js";
import type { MappingKeys } from "./key-reader.js";
import type { RowMapping } from "./mapping-parts.js";
import type { MappingPlace } from "./mapping-place.js";
import { nameOfNewKey } from "./new-key.js";
import { noSlot } from "../no-slot.js";

/** A key that takes a digest. */
export interface DigestKey {
  readonly key: string;
  /** Whether it holds `sha256:` before the hexadecimal digits. */
  readonly style: "prefixed" | "bare";
  /** Keys beside it that must hold these values for the digest to count. */
  readonly with?: Readonly<Record<string, string>>;
}

/**
 * The slot in a digest key.
 *
 * @param mapping the mapping
 * @param place what else is known of it
 * @param digestKey the key, and what must stand beside it
 * @returns the slot, and the keys that must change with it
 */
export function digestKeySlot(
  mapping: RowMapping,
  place: MappingPlace,
  { key, style, with: beside = {} }: DigestKey,
): Pick<ImageField, "slot" | "also"> {
  const { keys, row } = mapping;
  const also = changesBeside(keys, beside);
  const changed = also.length > 0 ? { also } : {};
  const there = keys.get(key);
  if (there) return { slot: { kind: "key", range: there.range, quote: there.quote, style }, ...changed };
  const after = [...row.keys.repository, ...(row.keys.tag ?? [])];
  const line = place.newKey(after, key);
  if (!line)
    return {
      slot: noSlot("templated", "a template action stands where its digest would go; pin it by hand"),
    };
  const linesBeside = Object.entries(beside).flatMap(([name, value]) =>
    keys.has(name) ? [] : [`${place.newKey(after, name)?.before ?? ""}${value}`],
  );
  const before = linesBeside.join("") + line.before;
  return { slot: { kind: "new-key", offset: line.offset, before, style }, ...changed };
}

function changesBeside(
  keys: MappingKeys,
  beside: Readonly<Record<string, string>>,
): NonNullable<ImageField["also"]> {
  return Object.entries(beside).flatMap(([name, value]) => {
    const part = keys.get(name)?.part;
    return part && part.value !== value ? [{ range: part.range, text: value }] : [];
  });
}

/**
 * The name of the key that a slot writes to.
 *
 * @param slot a slot in a key
 * @param keys the mapping's keys
 */
export function keyOfSlot(
  slot: Slot & { readonly kind: "key" | "new-key" },
  keys: MappingKeys,
): string | undefined {
  return slot.kind === "new-key"
    ? nameOfNewKey(slot)
    : [...keys].find(([, { range }]) => range === slot.range)?.[0];
}
