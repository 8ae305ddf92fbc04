// Columns for a terminal.
import { displayText } from "../reference/display.js";

/** Longer than any reference with a digest; what is cut is in `--format json`. */
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

/** A text from anywhere, and how to colour it. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/**
 * Lays rows out in columns, without borders.
 *
 * @param rows cells; no control character in a text reaches the terminal
 * @returns lines, the last with its end
 */
export async function toTable(rows: readonly (readonly Cell[])[]): Promise<string> {
  // Loaded here and not above: no other format needs it.
  const { default: Table } = await import("cli-table3");
  const table = new Table({
    chars: NO_BORDERS,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
  });
  table.push(
    ...rows.map((row) => row.map(({ text, paint = (plain) => plain }) => paint(displayText(text, CELL)))),
  );
  return `${table.toString().replace(/ +$/gm, "")}\n`;
}
