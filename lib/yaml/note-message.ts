// What is said of a part of a file that was not read: by the rule `parsable`, and by every command.
import { displayText } from "../reference/display.js";
import type { Note } from "./reading.js";

/** The messages, as ESLint fills them in. */
export const NOTE_MESSAGES: Readonly<Record<Note["kind"], string>> = {
  scanned: "read line by line, because {{reason}}; only complete references in one string are found there",
  "unclosed-action": "{{reason}}; what follows is read as plain YAML",
  "too-many": "{{reason}}",
};

/**
 * The message of a note.
 *
 * @param note what was not read
 * @returns one line, which follows the place; safe to print
 */
export function noteMessage({ kind, reason }: Note): string {
  return NOTE_MESSAGES[kind].replace("{{reason}}", () => displayText(reason));
}
