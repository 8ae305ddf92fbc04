// Lays out rows in columns for a terminal.
import { displayText } from "../reference/display.js";

/** The most characters of a cell: longer than a usual reference. `--format json` has the whole text. */
const CELL = 300;
const NO_BORDERS = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
} as const;

/** An untrusted text, and how to colour it. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/**
 * Lays rows out in columns, without borders.
 *
 * @param rows cells; control characters are removed from their texts
 * @param widths of the columns, where they are not as wide as their longest cell; what is wider is cut
 * @returns the lines, each with a line feed
 */
export async function toTable(
  rows: readonly (readonly Cell[])[],
  widths: readonly number[] = [],
): Promise<string> {
  // Loaded here and not above: no other format needs it.
  const { default: Table } = await import("cli-table3");
  const table = new Table({
    chars: NO_BORDERS,
    colWidths: [...widths],
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
  });
  table.push(
    ...rows.map((row) => row.map(({ text, paint = (plain) => plain }) => paint(displayText(text, CELL)))),
  );
  return `${table.toString().replace(/ +$/gm, "")}\n`;
}
