// Where an image stands, as text in the output of the commands.
import { displayText } from "../reference/display.js";
import type { Row } from "./rows.js";

/** `file:line`, which editors and terminals turn into a link. */
export function placeOf({ file, line }: Pick<Row, "file" | "line">): string {
  return `${displayText(file)}:${String(line)}`;
}

/** An image as the file spells it, and its normalised reference, where it has one. */
type Named = Pick<Row, "written"> & { readonly reference?: Row["reference"] };

/** The image as the file spells it; its whole reference where nothing of its name stands there. */
export function spelling({ written, reference = null }: Named): string {
  return reference !== null && written.startsWith(":") ? reference : written;
}

/** `file:line image`. */
export function placeAndImage(row: Pick<Row, "file" | "line"> & Named): string {
  return `${placeOf(row)} ${displayText(spelling(row))}`;
}
