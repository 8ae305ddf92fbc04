// A reference in one string among a chart's values: whether the chart takes a digest in it.
import type { ChartVerdict } from "../../charts/verdict.js";
import type { ValuesFacts } from "../../charts/values-facts.js";
import type { Segment } from "../../vocabulary/path.js";
import type { ImageField, Slot } from "../field.js";
import { HEX_DIGEST, NAMESAKES, noSlot, slotIfRefused } from "../no-slot.js";

/**
 * Adds to a field what the chart makes of it. The first that applies decides: the schema, the chart table,
 * the chart's templates.
 *
 * @param field a field of one string
 * @param values what is known of the values
 * @param path of the scalar, from the values' root
 * @returns the same field where nothing speaks against a digest behind the reference
 */
export function scalarInChart(field: ImageField, values: ValuesFacts, path: readonly Segment[]): ImageField {
  if (field.state !== "unpinned" || field.slot.kind !== "inline") return field;
  const slot = refusedSlot(field, values, path);
  if (slot) return { ...field, slot };
  const verdict = values.verdict(path);
  return verdict ? byChart(field, verdict) : byTemplates(field, values, path);
}

function refusedSlot(field: ImageField, values: ValuesFacts, path: readonly Segment[]): Slot | undefined {
  const key = path.at(-1);
  return typeof key === "string"
    ? slotIfRefused(values, path.slice(0, -1), key, `${field.written}@sha256:${HEX_DIGEST}`)
    : undefined;
}

function byChart(
  field: ImageField,
  { chart, certain, digest, composition, evidence, otherVersions }: ChartVerdict,
): ImageField {
  const known = { ...field, chart };
  if (digest.to === "suggest")
    return { ...known, doubt: { reason: "chart-breaks", message: digest.message } };
  if (!certain) return { ...known, doubt: { reason: "chart-unknown", message: NAMESAKES } };
  if (otherVersions !== undefined) return known;
  if (digest.to === "none") return { ...known, evidence, slot: noSlot(digest.reason, digest.message) };
  return { ...known, evidence, ...(digest.to === "reference" ? { composition } : {}) };
}

function byTemplates(field: ImageField, values: ValuesFacts, path: readonly Segment[]): ImageField {
  const uses = values.templateReference(path);
  if (uses?.elsewhere === undefined)
    return uses?.isKnown === true && uses.isWhole ? { ...field, evidence: "read" } : field;
  const message = `${uses.elsewhere} takes this reference apart`;
  return { ...field, doubt: { reason: "chart-breaks", message } };
}
