// A reference in one string among a chart's values: whether the chart takes a digest in it.
import type { ChartVerdict } from "../../charts/verdict.js";
import type { ValuesFacts } from "../../charts/values-facts.js";
import type { Segment } from "../../vocabulary/path.js";
import type { ImageField, Slot } from "../field.js";
import { HEX_DIGEST, NAMESAKES, noSlot, slotIfRefused } from "../no-slot.js";

/**
 * Adds to a field what the chart makes of it. The first that applies decides: the schema, the chart table,
 * the chart's templates. Where none does, only a container is proven by its place: one chart in thirty takes
 * such a reference apart, for its tag in a label or in a resource of its own (docs/charts.md#evidence).
 *
 * @param field a field of one string
 * @param values what is known of the values
 * @param path of the scalar, from the values' root
 * @returns the same field where its place proves it, or where a digest goes behind it in no case
 */
export function scalarInChart(field: ImageField, values: ValuesFacts, path: readonly Segment[]): ImageField {
  if (field.state !== "unpinned" || field.slot.kind !== "inline") return field;
  const slot = refusedSlot(field, values, path);
  if (slot) return { ...field, slot };
  const verdict = values.verdict(path);
  if (verdict) return byChart(unproven(field, values, path), verdict);
  return byTemplates(unproven(field, values, path), values, path);
}

/** The field with the evidence that it has without its chart. A container goes into a Pod as it stands. */
function unproven(field: ImageField, values: ValuesFacts, path: readonly Segment[]): ImageField {
  if (field.evidence !== "place" || field.shape === "container") return field;
  return { ...field, evidence: "none", lacks: values.lacks(path) };
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
