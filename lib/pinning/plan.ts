// Decides what may be written at a field, and why not more, before any digest is known.
import type { Settings } from "../settings/settings.js";
import type { ImageField, PlanReason } from "../images/field.js";

/** What may be written at a field, decided before any digest is known. */
export interface Plan {
  readonly kind: "fix" | "suggest" | "none";
  readonly reason?: PlanReason;
  /** For the report: why in a few words, and what to do. */
  readonly message?: string;
}

const NONE: Plan = { kind: "none", reason: "state" };

/**
 * Decides what may be written at a field. A digest is looked up only for a fix or a suggestion.
 *
 * @param field a field that `find` found
 * @param settings the user's
 * @returns `fix` where `--fix` writes, `suggest` where a person must choose, `none` with its reason otherwise
 */
export function plan(field: ImageField, settings: Settings): Plan {
  if (field.state === "templated") return { kind: "none", reason: "templated" };
  if (field.state !== "unpinned") return NONE;
  if (field.generated) return { kind: "none", reason: "generated" };
  if (field.slot.kind === "none")
    return { kind: "none", reason: field.slot.reason, message: field.slot.message };
  if (field.helmReads !== undefined) {
    return {
      kind: "none",
      reason: "numeric-tag",
      message: `its tag is a number; Helm reads it as \`${field.helmReads}\`; quote it`,
    };
  }
  if (field.doubt) {
    // No edit of a shared anchor is right for all its users.
    if (field.doubt.reason === "anchor-shared") return { kind: "none", ...field.doubt };
    return { kind: "suggest", ...field.doubt };
  }
  if (field.evidence === "none" && settings.unknownCharts === "suggest")
    return { kind: "suggest", reason: "chart-unknown", message: field.lacks ?? "nothing proves its place" };
  return { kind: "fix" };
}
