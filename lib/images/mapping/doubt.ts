// Signs that an unknown chart does more with a tag than put it in the image.
import { SUFFIX_KEYS } from "../../vocabulary/keys.js";
import type { ImageField } from "../field.js";
import type { MappingKey, MappingKeys } from "./mapping-key.js";
import type { RowMapping } from "./mapping-parts.js";
import type { MappingPlace } from "./mapping-place.js";

type Doubt = Pick<ImageField, "doubt">;

/**
 * Why a digest behind the tag is only a guess, where the chart is not known. The first sign that holds.
 *
 * @param mapping the mapping
 * @param place what else is known of it
 * @returns no doubt where there is no sign
 */
export function tagDoubt({ keys, picked }: RowMapping, { values }: MappingPlace): Doubt {
  if (values?.path.length === 1 && values.path[0] === "global") {
    const message = "several images of the chart take this tag";
    return { doubt: { reason: "chart-breaks", message } };
  }
  const suffix = SUFFIX_KEYS.find((key) => keys.has(key));
  if (suffix !== undefined) return { doubt: { reason: "chart-breaks", message: appends(suffix) } };
  const { tag, repository } = picked;
  if (!values || !tag || !repository) return {};
  const template = values.facts.templateUsingTag(values.path, tag.key, repository.key);
  if (template === undefined) return {};
  return { doubt: { reason: "chart-breaks", message: `${template} uses this tag for something else too` } };
}

/**
 * Why a digest in a key of its own is only a guess: a key beside it makes the chart add to the tag, so that
 * the digest of another image would be looked up.
 *
 * @param keys the mapping's
 */
export function suffixBesideKey(keys: MappingKeys): Doubt {
  const suffix = setSuffix(keys);
  if (suffix === undefined) return {};
  return {
    doubt: { reason: "suffixed-tag", message: `${appends(suffix)}, so that another image runs` },
  };
}

/**
 * Why a digest breaks that stands in the tag: the chart adds something behind it.
 *
 * @param keys the mapping's
 */
export function suffixBreaks(keys: MappingKeys): Pick<ImageField, "tagBreaks"> {
  const suffix = setSuffix(keys);
  return suffix === undefined ? {} : { tagBreaks: `\`${suffix}\` adds to the tag behind it` };
}

function appends(suffix: string): string {
  return `\`${suffix}\` beside it says that the chart appends to the tag`;
}

/** A suffix key that is not switched off. */
function setSuffix(keys: MappingKeys): string | undefined {
  return SUFFIX_KEYS.find((key) => isSet(keys.get(key)));
}

function isSet(key: MappingKey | undefined): boolean {
  return key?.part !== undefined && !/^(?:false|no|off)$/i.test(key.part.value);
}
