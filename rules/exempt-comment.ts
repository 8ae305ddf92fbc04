// The suggestion to exempt what a report is about: a disable comment above its line, with room for the
// reason.
import type { Rule } from "eslint";
import { commentAbove } from "../lib/yaml/comment-place.js";
import type { Range } from "../lib/yaml/reading.js";
import type { ImageFile } from "./create-rule.js";
import { commentsCount } from "./disabled.js";

/** What stands for the reason until somebody writes it. */
const REASON = "<why>";

/** The message of the suggestion, to be among those of each rule that makes it. */
export const EXEMPT_MESSAGE = { exempt: "Exempt it here by a comment, with a reason" } as const;

/**
 * Makes the suggestion.
 *
 * @param file the file
 * @param rule the rule's name, without the plugin's prefix
 * @param at where the report is
 * @returns one suggestion, or none where a comment cannot stand above that line or counts for nothing
 */
export function exemptComment(
  { reading, context }: ImageFile,
  rule: string,
  at: Range,
): Rule.SuggestionReportDescriptor[] {
  if (!commentsCount(context.sourceCode)) return [];
  const place = commentAbove(reading, at[0]);
  if (!place) return [];
  const { offset, indentation, lineBreak } = place;
  const comment = `${indentation}# eslint-disable-next-line container-images/${rule} -- ${REASON}${lineBreak}`;
  return [{ messageId: "exempt", fix: (fixer) => fixer.insertTextBeforeRange([offset, offset], comment) }];
}
