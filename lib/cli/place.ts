// Where an image stands, as text in the output of the commands.
import { displayText } from "../reference/display.js";
import type { Row } from "./rows.js";

/** `file:line`, which editors and terminals turn into a link. */
export function placeOf({ file, line }: Pick<Row, "file" | "line">): string {
  return `${displayText(file)}:${String(line)}`;
}

/** `file:line image`. */
export function placeAndImage(row: Pick<Row, "file" | "line" | "written">): string {
  return `${placeOf(row)} ${displayText(row.written)}`;
}
