// Where a mapping's digest goes, and why that is only a guess: the write policy (docs/charts.md).
import type { ChartVerdict } from "../../charts/verdict.js";
import { TAG_USES } from "../../charts/tag-uses.js";
import { SHA_KEY } from "../../vocabulary/keys.js";
import type { ImageField, Part, Slot } from "../field.js";
import type { PickedKey, RowMapping } from "./mapping-parts.js";
import type { MappingPlace } from "./mapping-place.js";
import { HEX_DIGEST, NAMESAKES, noSlot, slotIfRefused } from "../no-slot.js";
import type { ShaStyle } from "./sha-style.js";
import { digestKeySlot, keyOfSlot } from "./digest-key.js";
import { ownDigest, suffixBreaks, suffixBesideKey, tagDoubt, usedElsewhere, usesOf } from "./doubt.js";

/** What is decided of a field's digest. */
export type SlotDecision = Pick<
  ImageField,
  "slot" | "also" | "doubt" | "tagBreaks" | "chart" | "composition" | "evidence" | "lacks"
>;

/** What is missing where a mapping stands in no values. */
const NO_PLACE = "nothing says where a digest goes here; see `settings.fields`";

const OTHER_ARM = noSlot("arms", "another arm of the template holds its digest; pin it by hand");

/**
 * Where the digest of a mapping goes. The first that applies decides:
 *
 * 1. the user's own shape (`settings.fields`);
 * 2. the row's rule, where an operator takes no digest;
 * 3. another arm of the template that holds the digest;
 * 4. the chart's own templates beside the file, where they were read whole and neither the user's facts nor
 *    the chart table know the chart for sure;
 * 5. the user's facts, else the chart table, where the chart is known;
 * 6. a digest key that is there, or that the row's rule adds;
 * 7. the tag.
 *
 * From 4 on, a `values.schema.json` beside the file may still refuse the place.
 *
 * @param mapping the mapping, as its row reads it
 * @param place what else is known of it
 * @returns the slot, what must change with it, and why it is only a guess
 */
export function slotOf(mapping: RowMapping, place: MappingPlace): SlotDecision {
  const { digest: rule, chart } = place;
  if (mapping.row.own !== undefined) return { ...byUser(mapping, place), evidence: "user" };
  // What an operator takes is known for sure; a rule that is only the usual one gives way to the chart's.
  const givesWay = rule.to === "tag" || (rule.to === "none" && rule.reason === "chart-unknown");
  const isOpen = givesWay && (!chart?.certain || isRefuted(chart, mapping, place));
  const read = isOpen ? byTemplates(mapping, place) : undefined;
  if (rule.to === "none" && !(givesWay && chart) && !read)
    return { slot: noSlot(rule.reason, rule.message), ...evidenceOf(mapping, place) };
  if (place.digestElsewhere) return { slot: OTHER_ARM, ...evidenceOf(mapping, place) };
  const placed = read ?? (chart && givesWay ? byChart(mapping, place, chart) : byKeys(mapping, place));
  return unlessRefused(placed, mapping, place);
}

/** The evidence of a place that no chart decides: its row proves it, or nothing does. */
function evidenceOf(
  { row: { where, when } }: RowMapping,
  { values }: MappingPlace,
): Pick<SlotDecision, "evidence" | "lacks"> {
  const isProven =
    when === "operator" || when === "override" || (where.path ?? where.group ?? where.kinds) !== undefined;
  return isProven
    ? { evidence: "place" }
    : { evidence: "none", lacks: values?.facts.lacks(values.path) ?? NO_PLACE };
}

function byUser(mapping: RowMapping, place: MappingPlace): Pick<SlotDecision, "slot" | "also"> {
  const { digest: rule } = place;
  if (rule.to === "none") return { slot: noSlot(rule.reason, rule.message) };
  if (place.digestElsewhere) return { slot: OTHER_ARM };
  const style = mapping.row.own === "hex" ? "bare" : "prefixed";
  return rule.to === "new-key"
    ? digestKeySlot(mapping, place, { key: rule.key, style })
    : { slot: tagSlot(mapping) };
}

function byChart(mapping: RowMapping, place: MappingPlace, verdict: ChartVerdict): SlotDecision {
  const { chart, certain, digest, composition, evidence, otherVersions } = verdict;
  const isSure = certain && otherVersions === undefined;
  const proven = isSure ? { evidence } : evidenceOf(mapping, place);
  const common = {
    chart,
    composition,
    ...proven,
    ...(isSure && digest.to !== "tag" && digest.to !== "suggest" ? tagBreaksIn(verdict) : {}),
    ...(certain ? {} : { doubt: { reason: "chart-unknown", message: NAMESAKES } as const }),
  };
  switch (digest.to) {
    case "none":
      return isSure
        ? { slot: noSlot(digest.reason, digest.message), ...common }
        : { ...byKeys(mapping, place), ...common };
    case "suggest":
      return {
        slot: tagSlot(mapping),
        ...common,
        doubt: { reason: "chart-breaks", message: digest.message },
      };
    case "tag":
    case "reference":
      return { slot: tagSlot(mapping), ...common };
    case "key":
      return {
        ...digestKeySlot(mapping, place, digest),
        ...suffixBesideKey(mapping.keys),
        ...ownDigest(mapping.keys, digest.key, verdict),
        ...common,
      };
  }
}

function tagBreaksIn({ tagIs }: ChartVerdict): Pick<SlotDecision, "tagBreaks"> {
  const [use] = tagIs ?? [];
  return use === undefined ? {} : { tagBreaks: TAG_USES[use] };
}

function byKeys(mapping: RowMapping, place: MappingPlace): SlotDecision {
  const { digest: rule } = place;
  const tagBreaks = rule.to === "tag" ? suffixBreaks(mapping.keys) : {};
  const proven = evidenceOf(mapping, place);
  const { digest } = mapping.picked;
  if (digest) return { ...inDigestKey(digest, mapping, place), ...tagBreaks, ...proven };
  if (rule.to === "new-key")
    return { ...digestKeySlot(mapping, place, { key: rule.key, style: "prefixed" }), ...proven };
  return { slot: tagSlot(mapping), ...tagDoubt(mapping, place), ...tagBreaks, ...proven };
}

function tagSlot({ picked }: RowMapping): Slot {
  return picked.tag ? { kind: "tag" } : noSlot("state", "it has no tag to append to");
}

/**
 * Whether the templates beside the values never print the key that the chart table names: the chart is a
 * namesake, or another version.
 */
function isRefuted({ digest }: ChartVerdict, { picked }: RowMapping, { values }: MappingPlace): boolean {
  if (digest.to !== "key" || !values) return false;
  const uses = usesOf(picked, values, digest.key);
  return uses?.isKnown === true && uses.digest === undefined;
}

/** Where the templates of the chart beside the values take a digest; `undefined` where that is not known. */
function byTemplates({ keys, picked }: RowMapping, place: MappingPlace): SlotDecision | undefined {
  const uses = place.values && usesOf(picked, place.values);
  if (!uses?.isKnown) return undefined;
  const { digest, tag } = picked;
  const read = {
    evidence: "read",
    ...(uses.composition === undefined ? {} : { composition: uses.composition }),
  } as const;
  if (digest && uses.digest !== undefined) {
    const slot = { kind: "key", range: digest.range, quote: digest.quote, style: uses.digest } as const;
    const doubt = { ...suffixBesideKey(keys), ...usedElsewhere(uses.digestElsewhere, "digest") };
    return { slot, ...read, ...switchedOn(keys), ...doubt };
  }
  const isInTag = tag && uses.isComposed && uses.elsewhere === undefined;
  return isInTag ? { slot: { kind: "tag" }, ...read, ...suffixBreaks(keys) } : undefined;
}

/** In a digest key that is there, of a chart that is not known. */
function inDigestKey(
  digest: PickedKey,
  { keys, picked }: RowMapping,
  place: MappingPlace,
): Pick<SlotDecision, "slot" | "also" | "doubt"> {
  const style = styleOfKey(digest, picked, place);
  const elsewhere = place.values && usesOf(picked, place.values)?.digestElsewhere;
  return {
    slot: { kind: "key", range: digest.range, quote: digest.quote, style },
    ...switchedOn(keys),
    ...(style === "unknown" ? { doubt: styleDoubt(digest.key) } : suffixBesideKey(keys)),
    ...usedElsewhere(elsewhere, "digest"),
  };
}

/** Some charts read a digest only where this key says so. */
function switchedOn(keys: RowMapping["keys"]): Pick<SlotDecision, "also"> {
  const useDigest = keys.get("useDigest")?.part;
  return useDigest?.value === "false" ? { also: [{ range: useDigest.range, text: "true" }] } : {};
}

function styleOfKey({ key, part }: PickedKey, picked: RowMapping["picked"], place: MappingPlace): ShaStyle {
  const seen = part || !place.values ? undefined : usesOf(picked, place.values)?.digest;
  return seen ?? (key === SHA_KEY ? styleOfValue(part, place) : "prefixed");
}

function styleOfValue(part: Part | undefined, place: MappingPlace): ShaStyle {
  if (!part) return place.shaStyle();
  return part.value.startsWith("sha256:") ? "prefixed" : "bare";
}

function styleDoubt(key: string): NonNullable<SlotDecision["doubt"]> {
  return { reason: "sha-style", message: `charts differ in whether \`${key}\` holds \`sha256:\`` };
}

/** A `values.schema.json` beside the values decides last: Helm refuses what it refuses. */
function unlessRefused(placed: SlotDecision, mapping: RowMapping, { values }: MappingPlace): SlotDecision {
  if (!values) return placed;
  const write = writeAt(placed.slot, mapping);
  const slot = write && slotIfRefused(values.facts, values.path, write.key, write.text);
  return slot ? { ...placed, slot } : placed;
}

/** What would be written at a slot, and at which key. */
function writeAt(
  slot: Slot,
  { keys, picked }: RowMapping,
): { readonly key: string; readonly text: string } | undefined {
  if (slot.kind === "tag")
    return picked.tag && { key: picked.tag.key, text: `${picked.tag.part.value}@sha256:${HEX_DIGEST}` };
  if (slot.kind !== "key" && slot.kind !== "new-key") return undefined;
  const key = keyOfSlot(slot, keys);
  return key === undefined
    ? undefined
    : { key, text: slot.style === "bare" ? HEX_DIGEST : `sha256:${HEX_DIGEST}` };
}
