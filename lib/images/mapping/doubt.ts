// Why writing a digest at a mapping is only a guess, so that it is suggested and not fixed.
import { CHART_ROWS } from "../../charts/table.js";
import type { ChartVerdict } from "../../charts/verdict.js";
import type { ImageUses } from "../../charts/templates/image-uses.js";
import type { Reference } from "../../reference/reference.js";
import { SUFFIX_KEYS } from "../../vocabulary/keys.js";
import type { ImageField } from "../field.js";
import type { MappingKey, MappingKeys } from "./key-reader.js";
import type { RowMapping } from "./mapping-parts.js";
import type { MappingPlace } from "./mapping-place.js";

type Doubt = Pick<ImageField, "doubt">;

/**
 * Why a digest behind the tag is only a guess if the chart is not known: a sign that the chart does more with
 * the tag than put it in the image.
 *
 * @param mapping the mapping
 * @param place what else is known of it
 * @returns the doubt of the first sign that is there; no doubt if there is none
 */
export function tagDoubt({ keys, picked }: RowMapping, { values }: MappingPlace): Doubt {
  if (values?.path.length === 1 && values.path[0] === "global") {
    const message = "several images of the chart take this tag";
    return { doubt: { reason: "chart-breaks", message } };
  }
  const suffix = SUFFIX_KEYS.find((key) => keys.has(key));
  if (suffix !== undefined) return { doubt: { reason: "chart-breaks", message: appends(suffix) } };
  return usedElsewhere(values && usesOf(picked, values)?.elsewhere, "tag");
}

/**
 * What the templates of the chart beside the values do with an image's keys.
 *
 * @param picked the keys
 * @param values where the mapping stands
 * @param digestKey the key of its digest, where it is not there yet
 */
export function usesOf(
  picked: RowMapping["picked"],
  values: NonNullable<MappingPlace["values"]>,
  digestKey = picked.digest?.key,
): ImageUses | undefined {
  const { repository, tag } = picked;
  if (!repository) return undefined;
  const known = asked.get(picked) ?? new Map<string | undefined, ImageUses | undefined>();
  asked.set(picked, known);
  if (!known.has(digestKey)) {
    const keys = { repository: repository.key, tag: tag?.key, digest: digestKey };
    known.set(digestKey, values.facts.templateImage(values.path, keys));
  }
  return known.get(digestKey);
}

/** What was asked of a mapping's keys, by its digest key: state, slot and doubts need the same. */
const asked = new WeakMap<RowMapping["picked"], Map<string | undefined, ImageUses | undefined>>();

/** The doubt that a template uses a part of the image for something else. */
export function usedElsewhere(template: string | undefined, part: "tag" | "digest"): Doubt {
  if (template === undefined) return {};
  return {
    doubt: { reason: "chart-breaks", message: `${template} uses this ${part} for something else too` },
  };
}

/**
 * Why a digest in a key of its own is only a guess: a suffix key makes the chart append to the tag, so the
 * image that runs is not the one whose digest is looked up.
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
 * Why a digest in a key of its own is only a guess: the chart has a digest of its own there, and prints it
 * behind whatever tag the user's values hold. The image that runs is not the one whose digest is looked up.
 *
 * @param keys the mapping's
 * @param key that holds the digest
 * @param chart what is known of the chart
 */
export function ownDigest(keys: MappingKeys, key: string, { chart, defaults }: ChartVerdict): Doubt {
  if (keys.has(key) || defaults?.[key] === undefined) return {};
  const message = `${chart} puts its own \`${key}\` behind this tag, so that another image runs`;
  return { doubt: { reason: "own-digest", message } };
}

/**
 * Why a digest in the tag breaks: the chart appends something to it.
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

/**
 * Why a digest for a tag that the chart's own values complete is only a guess: another version of the chart
 * may name another repository.
 *
 * @param place what is known of the mapping
 */
export function completionDoubt({ completion }: MappingPlace): Partial<ImageField> {
  const message = completion?.doubt;
  if (message === undefined) return {};
  return { evidence: "none", lacks: message, doubt: { reason: "chart-unknown", message } };
}

/**
 * Why a digest behind the tag is only a guess if nothing but the image names a chart: a known chart uses this
 * image and takes its digest elsewhere. An image does not prove a chart, so it can only cause a doubt.
 *
 * @param mapping the mapping
 * @param place what else is known of it
 * @param slot where the digest goes
 * @param reference the image, where the mapping names one
 */
export function imageDoubt(
  { row }: RowMapping,
  { chart, digest }: MappingPlace,
  slot: ImageField["slot"],
  reference: Reference | undefined,
): Doubt {
  if (!reference || slot.kind !== "tag" || row.own !== undefined || chart || digest.to !== "tag") return {};
  const name = chartUsing(reference);
  if (name === undefined) return {};
  const message = `the chart ${name} takes its digest elsewhere; name yours in \`settings.charts\``;
  return { doubt: { reason: "chart-unknown", message } };
}

/** The images that the chart table's `lowers` name, each with its chart; the first one that fits counts. */
const LOWERING_IMAGES = CHART_ROWS.flatMap(({ chart, lowers = [] }) =>
  lowers.map((name) => ({ chart, name, pattern: name.includes("*") ? patternOf(name) : undefined })),
);

/** A `*` stands for anything within a segment. */
function patternOf(name: string): RegExp {
  const literals = name.split("*").map((literal) => literal.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literals.join("[^/]*")}$`);
}

function chartUsing({ domain, repository }: Reference): string | undefined {
  const image = `${domain}/${repository}`;
  return LOWERING_IMAGES.find(({ name, pattern }) => (pattern ? pattern.test(image) : name === image))?.chart;
}
