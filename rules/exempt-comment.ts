// Suggests to exempt a reported image by a comment above its line, with a placeholder for the reason.
import type { Rule } from "eslint";
import { commentAbove } from "../lib/yaml/comment-place.js";
import type { Range } from "../lib/yaml/reading.js";
import type { ImageFile } from "./create-rule.js";
import { commentsCount } from "./disabled.js";

/** The placeholder for the reason. */
const REASON = "<why>";

/** The message of the suggestion, for the messages of each rule that uses it. */
export const EXEMPT_MESSAGE = { exempt: "Exempt it here by a comment, with a reason" } as const;

/**
 * Makes the suggestion.
 *
 * @param file the file
 * @param rule the rule's name, without the plugin's prefix
 * @param at the place of the report
 * @returns one suggestion, or none where a comment above that line is not possible or has no effect
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
  const directive = `# eslint-disable-next-line container-images/${rule} -- ${REASON}`;
  const comment = `${indentation}${directive}${lineBreak}`;
  return [{ messageId: "exempt", fix: (fixer) => fixer.insertTextBeforeRange([offset, offset], comment) }];
}
