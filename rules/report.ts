// The parts of reports that several rules share: an image's name, fixes and suggestions.
import type { Rule } from "eslint";
import type { ImageField, State } from "../lib/images/field.js";
import type { Edit, Piece } from "../lib/pinning/edit.js";
import { displayText } from "../lib/reference/display.js";
import { wasDecoded } from "../lib/yaml/decoded.js";

/** The states of a field whose repository is known, and which a registry serves. */
const SERVED: ReadonlySet<State> = new Set(["pinned", "incomplete", "unpinned"]);

/** Whether a field names a repository of a registry. */
export function isServed(state: State): boolean {
  return SERVED.has(state);
}

/** The reference as its chart composes it, else as it stands there. */
export function referenceOf({ composed, written }: ImageField): string {
  return composed ?? written;
}

/** The same without its digest, for a message. */
export function imageOf(field: ImageField): string {
  return displayText(referenceOf(field).replace(/@.*$/, ""));
}

/**
 * Makes the fix of a report.
 *
 * @param text the file's text; where it is not UTF-8, nothing is fixed, because ESLint would write other
 *   bytes
 * @param edit the change, if there is one
 */
export function fixOf(text: string, edit: Piece | undefined): Rule.ReportFixer {
  return (fixer) => (edit && wasDecoded(text) ? fixer.replaceTextRange([...edit.range], edit.text) : null);
}

/** The message of {@link suggestionOf}, for the messages of each rule that uses it. */
export const EDIT_MESSAGE = { edit: "{{title}}" } as const;

/** Makes a suggestion in an editor. */
export function suggestionOf(edit: Edit): Rule.SuggestionReportDescriptor {
  return {
    messageId: "edit",
    data: { title: edit.title },
    fix: (fixer) => fixer.replaceTextRange([...edit.range], edit.text),
  };
}
