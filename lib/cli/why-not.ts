// Why an image is not pinned, and `pin` does not pin it either.
import { isLocal } from "../images/state.js";
import { plan } from "../pinning/plan.js";
import type { Settings } from "../settings/settings.js";
import type { SurveyedField, SurveyedFile } from "./survey.js";

/**
 * Says why an image stays as it is.
 *
 * @param found a field that is not pinned, and that `pin` leaves alone
 * @param file the settings of its file, and whether require-digest is on in it
 * @returns the reason, and what to do, in one line
 */
export function whyNot(
  { field, row, rule }: Pick<SurveyedField, "field" | "row" | "rule">,
  { settings, pins }: Pick<SurveyedFile, "settings" | "pins">,
): string {
  if (row.exempt !== null) return `exempt: ${row.exempt}`;
  if (row.pinnable && !pins) return "require-digest is off here";
  if (rule === "no-unsafe-digest")
    return "its digest stands at a wrong place: `npx eslint` says where it goes";
  const { message } = plan(field, settings);
  if (message !== undefined) return message;
  if (field.state === "templated") return "a template fills in a part of it";
  if (field.replacedBy !== undefined) return `${field.replacedBy} puts another image in its place`;
  if (field.state === "local")
    return isOnThisMachine(field, settings)
      ? `${field.reference?.domain ?? ""} is this machine; name it in the setting \`registries\` to pin it`
      : "it comes from no registry";
  return `${field.state}: ${field.problem ?? "see `eslint`"}`;
}

/** Whether a registry may be asked for it: one with a port on this machine. */
function isOnThisMachine({ reference }: SurveyedField["field"], settings: Settings): boolean {
  return reference !== undefined && /:\d+$/.test(reference.domain) && isLocal(reference, settings);
}
