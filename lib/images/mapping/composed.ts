// The reference that a chart composes of a mapping's keys, where it is not what is written there.
import { composedPrefix, composedText, type ValueOf } from "../../charts/facts/composed-prefix.js";
import type { Part } from "../field.js";
import { namesRegistry } from "../state.js";
import { usesOf } from "./doubt.js";
import type { RowMapping } from "./mapping-parts.js";
import type { MappingPlace } from "./mapping-place.js";
import { prefixOf, type MappingText } from "./mapping-text.js";

/**
 * The reference that the chart composes. Its templates, or what is known of the chart, say what stands before
 * the repository. Where nothing does, `global.imageRegistry` replaces the mapping's own registry, but for a
 * repository that names one: so do charts that know it.
 *
 * @param mapping the mapping
 * @param repository its repository
 * @param written what its parts compose to
 * @param place what else is known of it
 */
export function asComposed(
  mapping: RowMapping,
  repository: Part,
  written: string,
  place: MappingPlace,
): string {
  const { picked, row } = mapping;
  const rest = written.slice(prefixOf(picked.registry?.part.value).length);
  const uses = place.values && row.own === undefined ? usesOf(picked, place.values) : undefined;
  if (uses?.prefix !== undefined) return uses.prefix + rest;
  if (uses?.isKnown === true) return written;
  const isWhole = !picked.registry && namesRegistry(repository.value);
  const known = knownPrefix(mapping, place);
  if (known !== undefined) return isWhole ? written : known + rest;
  const global = place.ask?.("global.imageRegistry");
  return isWhole || global === undefined || global === "" ? written : prefixOf(global) + rest;
}

/** What the chart puts before the repository. Its own values count where the user's lack a key. */
function knownPrefix({ keys, picked }: RowMapping, { chart, ask }: MappingPlace): string | undefined {
  if (chart?.namesGlobals !== true || !picked.repository) return undefined;
  return composedPrefix(
    chart.composition,
    picked.repository.key,
    valuesWith({ keys, ask }, chart.defaults ?? {}),
  );
}

/** What keys hold in the user's values, and in those of the chart where the user's leave them out. */
function valuesWith(
  { keys, ask }: Pick<RowMapping, "keys"> & Pick<MappingPlace, "ask">,
  defaults: Readonly<Record<string, string>>,
): ValueOf {
  return (key) => {
    const own = key.includes(".")
      ? ask?.(key)
      : keys.has(key)
        ? (keys.get(key)?.part?.value ?? "")
        : undefined;
    return own ?? (Object.hasOwn(defaults, key) ? defaults[key] : undefined);
  };
}

/** Keys that hold a digest in a composed reference. */
const DIGESTS = /@(?:sha256:)?\{([^{}]+)\}/g;

/**
 * The reference that the chart composes of a tag alone.
 *
 * @param mapping the mapping
 * @param text what its parts compose to
 * @param place what else is known of it
 * @returns with the user's digest, where the mapping has one; `undefined` where a part is not known
 */
export function completed(mapping: RowMapping, text: MappingText, place: MappingPlace): string | undefined {
  const { completion, ask } = place;
  if (!completion || mapping.picked.tag?.key !== completion.keys.tag) return undefined;
  const { reference, defaults } = completion;
  // The chart may read a registry that its own values do not hold: nobody saw what it makes of it.
  const { registry } = mapping.picked;
  if (registry && !new RegExp(`[{|]${registry.key}[}|]`).test(reference)) return undefined;
  // The digest of the chart's own values is that of its own tag.
  const digests = new Set([...reference.matchAll(DIGESTS)].flatMap(([, keys = ""]) => keys.split("|")));
  const values = valuesWith({ keys: mapping.keys, ask }, defaults);
  const composed = composedText(reference, (key) => (digests.has(key) ? undefined : values(key)));
  return composed === undefined || !text.digest ? composed : `${composed}@${text.digest.text}`;
}
