// Where a mapping's digest goes, and why that is only a guess: the write policy, in its order (docs/charts.md).
import type { Reference } from "../reference/reference.js";
import { CHART_ROWS } from "../charts/table.js";
import { TAG_USES } from "../charts/tag-uses.js";
import type { ChartVerdict } from "../charts/verdict.js";
import type { ImageField, Part, PartName, Slot } from "./field.js";
import { SHA_KEY, SUFFIX_KEYS } from "../vocabulary/keys.js";
import type { DigestRule, MappingRow } from "../vocabulary/row-types.js";
import type { MappingKey, MappingKeys } from "./mapping-field.js";
import type { Segment } from "../vocabulary/path.js";
import type { ShaStyle } from "./sha-style.js";
import type { ValuesFacts } from "../charts/values-facts.js";
import type { SchemaVerdict } from "../charts/values-schema.js";

/** What is known of the mapping besides its keys. */
export interface SlotPlace {
  /** The rule of the row, or of its `except`. */
  readonly digest: DigestRule;
  /** Another arm of the template holds a digest for the same mapping. */
  readonly digestElsewhere: boolean;
  /** Where a new key would go; `undefined` where the line cannot take one. */
  readonly newKey: (
    after: readonly string[],
    key: string,
  ) => { readonly offset: number; readonly before: string } | undefined;
  /** What the chart table says of the image. */
  readonly chart?: ChartVerdict | undefined;
  /** How the other `sha` keys of the same file are written. */
  readonly shaStyle?: () => ShaStyle;
  /** Whether the `values.schema.json` beside the file lets a key of this mapping hold a text. */
  readonly schema?: (key: string, text: string) => SchemaVerdict;
  /** The template of the chart beside the file in which the tag stands without the repository. */
  readonly elsewhere?: (tagKey: string, nameKey: string) => string | undefined;
  /** Whether a template of that chart puts `sha256:` before a digest. */
  readonly bareDigests?: () => boolean;
  /** The mapping is `global`: several images take its tag. */
  readonly shared?: boolean;
}

/** A mapping's keys as its row reads them. */
export interface SlotParts {
  readonly row: MappingRow;
  readonly keys: MappingKeys;
  readonly parts: Readonly<Partial<Record<PartName, Part>>>;
  readonly tagKey: string | undefined;
  readonly nameKey: string | undefined;
  readonly digestKey: (MappingKey & { readonly key: string }) | undefined;
}

type Placed = Pick<ImageField, "slot" | "also" | "doubt" | "tagBreaks" | "chart" | "own">;

const NAMESAKES = "several publishers have a chart of this name; say which in `settings.charts`";

/** What a schema is asked about: a digest, whichever it is. */
const SAMPLE = "a".repeat(64);

/**
 * Where the digest of a mapping goes.
 *
 * @param its the mapping's keys
 * @param place what else is known of it
 * @returns the slot, what must change with it, and why it is only a guess; by the chart table where the chart is known, else
 *   a digest key that is there, else behind the tag
 */
export function placeOf(its: SlotParts, place: SlotPlace): Placed {
  const { digest: rule } = place;
  const { chart } = place;
  if (its.row.own !== undefined) return byUser(its, place, rule, its.row.own === "hex" ? "bare" : "prefixed");
  // An operator's own rule stands; a row that knows no better gives way to the chart's.
  const unknown = rule.to === "tag" || (rule.to === "none" && rule.reason === "chart-unknown");
  if (rule.to === "none" && !(unknown && chart)) return { slot: none(rule.reason, rule.message) };
  if (place.digestElsewhere)
    return { slot: none("arms", "another arm of the template holds its digest; pin it by hand") };
  return refused(chart && unknown ? byChart(its, place, chart) : byKeys(its, place), its, place);
}

/** A user's own shape decides before a chart and its schema do. */
function byUser(its: SlotParts, place: SlotPlace, rule: DigestRule, style: "prefixed" | "bare"): Placed {
  if (rule.to === "none") return { slot: none(rule.reason, rule.message), own: true };
  if (place.digestElsewhere)
    return { slot: none("arms", "another arm of the template holds its digest; pin it by hand"), own: true };
  const placed = rule.to === "new-key" ? inKey(its, place, rule.key, style, {}) : { slot: tagSlot(its) };
  return { ...placed, own: true };
}

function none(reason: (Slot & { kind: "none" })["reason"], message: string): Slot {
  return { kind: "none", reason, message };
}

function byChart(its: SlotParts, place: SlotPlace, { chart, images, certain }: ChartVerdict): Placed {
  const { digest } = images;
  const [use] = images.tagIs ?? [];
  const tagBreaks =
    certain && use !== undefined && digest.to !== "tag" && digest.to !== "suggest"
      ? { tagBreaks: TAG_USES[use] }
      : {};
  const doubt = certain ? {} : { doubt: { reason: "chart-unknown", message: NAMESAKES } as const };
  const common = { chart, ...tagBreaks, ...doubt };
  switch (digest.to) {
    case "none":
      return certain
        ? { slot: none(digest.reason, digest.message), ...common }
        : { ...byKeys(its, place), ...common };
    case "suggest":
      return { slot: tagSlot(its), chart, doubt: { reason: "chart-breaks", message: digest.message } };
    case "tag":
      return { slot: tagSlot(its), ...common };
    case "key":
      return {
        ...inKey(its, place, digest.key, digest.style, digest.with ?? {}),
        ...suffixDoubt(its, "key"),
        ...common,
      };
  }
}

function tagSlot({ parts }: SlotParts): Slot {
  return parts.tag ? { kind: "tag" } : none("state", "it has no tag to append to");
}

/** In a key that the chart reads, whether the user's values hold it already or not. */
function inKey(
  its: SlotParts,
  place: SlotPlace,
  key: string,
  style: "prefixed" | "bare",
  beside: Readonly<Record<string, string>>,
): Pick<Placed, "slot" | "also"> {
  const { keys, row } = its;
  const there = keys.get(key);
  const also = Object.entries(beside).flatMap(([name, value]) => {
    const part = keys.get(name)?.part;
    return part && part.value !== value ? [{ range: part.range, text: value }] : [];
  });
  const changed = also.length > 0 ? { also } : {};
  if (there) return { slot: { kind: "key", range: there.range, quote: there.quote, style }, ...changed };
  const after = [...row.keys.repository, ...(row.keys.tag ?? [])];
  const line = place.newKey(after, key);
  if (!line)
    return { slot: none("templated", "a template action stands where its digest would go; pin it by hand") };
  const more = Object.entries(beside).flatMap(([name, value]) =>
    keys.has(name) ? [] : [`${place.newKey(after, name)?.before ?? ""}${value}`],
  );
  return {
    slot: { kind: "new-key", offset: line.offset, before: more.join("") + line.before, style },
    ...changed,
  };
}

function byKeys(its: SlotParts, place: SlotPlace): Placed {
  const { digestKey, keys } = its;
  const { digest: rule } = place;
  const tagBreaks = rule.to === "tag" ? suffixBreaks(keys) : {};
  if (digestKey) {
    const unsure =
      digestKey.key === SHA_KEY || (!digestKey.part && rule.to === "tag" && place.bareDigests?.() === true);
    const style = unsure ? shaStyle(digestKey.part, place) : "prefixed";
    const slot: Slot = { kind: "key", range: digestKey.range, quote: digestKey.quote, style };
    const useDigest = keys.get("useDigest")?.part;
    const also = useDigest?.value === "false" ? { also: [{ range: useDigest.range, text: "true" }] } : {};
    const doubt =
      style === "unknown"
        ? {
            doubt: {
              reason: "sha-style",
              message: `charts differ in whether \`${digestKey.key}\` holds \`sha256:\``,
            } as const,
          }
        : suffixDoubt(its, "key");
    return { slot, ...also, ...doubt, ...tagBreaks };
  }
  if (rule.to === "new-key") return inKey(its, place, rule.key, "prefixed", {});
  return { slot: tagSlot(its), ...tagDoubt(its, place), ...tagBreaks };
}

/** Signs that a chart of which nothing is known does not take a digest in this tag. */
function tagDoubt(its: SlotParts, place: SlotPlace): Pick<Placed, "doubt"> {
  if (place.shared === true)
    return { doubt: { reason: "chart-breaks", message: "several images of the chart take this tag" } };
  const { doubt } = suffixDoubt(its, "tag");
  if (doubt) return { doubt };
  const { tagKey, nameKey } = its;
  const template =
    tagKey === undefined || nameKey === undefined ? undefined : place.elsewhere?.(tagKey, nameKey);
  return template === undefined
    ? {}
    : { doubt: { reason: "chart-breaks", message: `${template} uses this tag for something else too` } };
}

function shaStyle(part: Part | undefined, place: SlotPlace): ShaStyle {
  if (!part) return place.shaStyle?.() ?? "unknown";
  return part.value.startsWith("sha256:") ? "prefixed" : "bare";
}

/** A key that makes the chart add to the tag: in the tag whatever it holds, in a key of its own where it holds something. */
function suffixDoubt({ keys }: SlotParts, slot: "tag" | "key"): Pick<Placed, "doubt"> {
  const suffix = SUFFIX_KEYS.find((key) => (slot === "tag" ? keys.has(key) : isSet(keys.get(key))));
  if (suffix === undefined) return {};
  const message = `\`${suffix}\` beside it says that the chart appends to the tag`;
  return {
    doubt:
      slot === "tag"
        ? { reason: "chart-breaks", message }
        : { reason: "suffixed-tag", message: `${message}, so that another image runs` },
  };
}

/** A suffix key whose value is set: what the chart writes behind the tag stands behind a digest in it, too. */
function suffixBreaks(keys: MappingKeys): Pick<Placed, "tagBreaks"> {
  const suffix = SUFFIX_KEYS.find((key) => isSet(keys.get(key)));
  return suffix === undefined ? {} : { tagBreaks: `\`${suffix}\` adds to the tag behind it` };
}

function isSet(key: MappingKey | undefined): boolean {
  return key?.part !== undefined && !/^(?:false|no|off)$/i.test(key.part.value);
}

/** A `values.schema.json` beside the values is the law: Helm refuses what it refuses. */
function refused(placed: Placed, its: SlotParts, place: SlotPlace): Placed {
  const { slot } = placed;
  const { parts, tagKey } = its;
  const asked = ((): readonly [string, string] | undefined => {
    if (slot.kind === "tag")
      return tagKey === undefined || !parts.tag ? undefined : [tagKey, `${parts.tag.value}@sha256:${SAMPLE}`];
    if (slot.kind !== "key" && slot.kind !== "new-key") return undefined;
    const name =
      slot.kind === "new-key"
        ? /([\w-]+):\s*$/.exec(slot.before)?.[1]
        : [...its.keys].find(([, { range }]) => range === slot.range)?.[0];
    return name === undefined ? undefined : [name, slot.style === "bare" ? SAMPLE : `sha256:${SAMPLE}`];
  })();
  if (!asked || place.schema?.(...asked) !== "refused") return placed;
  return {
    ...placed,
    slot: none(
      "chart-breaks",
      `the chart's values.schema.json refuses a digest in \`${asked[0]}\`; pin it by hand`,
    ),
  };
}

/**
 * A reference in one string among a chart's values: inline, unless the chart table or the schema says otherwise.
 *
 * @param field the field
 * @param values what is known of the values
 * @param path of the scalar, from the values' root
 */
export function inlineInChart(field: ImageField, values: ValuesFacts, path: readonly Segment[]): ImageField {
  if (field.state !== "unpinned" || field.slot.kind !== "inline") return field;
  const verdict = values.verdict(path);
  const key = path.at(-1);
  const refused =
    typeof key === "string" &&
    values.schema(path.slice(0, -1), key, `${field.written}@sha256:${SAMPLE}`) === "refused";
  if (refused)
    return {
      ...field,
      slot: none(
        "chart-breaks",
        `the chart's values.schema.json refuses a digest in \`${key}\`; pin it by hand`,
      ),
    };
  if (!verdict) {
    const template = values.templateSplitting(path);
    return template === undefined
      ? field
      : { ...field, doubt: { reason: "chart-breaks", message: `${template} takes this reference apart` } };
  }
  const { digest } = verdict.images;
  if (digest.to === "suggest" || !verdict.certain) {
    const message = digest.to === "suggest" ? digest.message : NAMESAKES;
    return {
      ...field,
      chart: verdict.chart,
      doubt: { reason: digest.to === "suggest" ? "chart-breaks" : "chart-unknown", message },
    };
  }
  return {
    ...field,
    chart: verdict.chart,
    ...(digest.to === "none" ? { slot: none(digest.reason, digest.message) } : {}),
  };
}

/** The chart that lowers an image: whole names, and patterns in which `*` is anything within a segment; the first row counts. */
const lowering = CHART_ROWS.flatMap(({ chart, lowers = [] }) =>
  lowers.map((name) => ({ chart, name, pattern: name.includes("*") ? patternOf(name) : undefined })),
);

function patternOf(name: string): RegExp {
  return new RegExp(
    `^${name
      .split("*")
      .map((literal) => literal.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join("[^/]*")}$`,
  );
}

/**
 * Whether an image is of a chart for which appending would be wrong: in values of a chart that nothing is known of, that is
 * enough for doubt, and never for more.
 *
 * @param reference the image
 * @returns why a fix there is only a suggestion
 */
export function loweredBy({ domain, repository }: Reference): ImageField["doubt"] {
  const image = `${domain}/${repository}`;
  const row = lowering.find(({ name, pattern }) => (pattern ? pattern.test(image) : name === image));
  return (
    row && {
      reason: "chart-unknown",
      message: `the chart ${row.chart} takes its digest elsewhere; name yours in \`settings.charts\``,
    }
  );
}
