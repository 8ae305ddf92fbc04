// Columns for a terminal.
import { displayText } from "../reference/display.js";

/** Longer than any reference with a digest; what is cut is in `--format json`. */
const CELL = 300;
const NO_BORDERS = {
  "top": "", "top-mid": "", "top-left": "", "top-right": "", "bottom": "", "bottom-mid": "", "bottom-left": "", "bottom-right": "",
  "left": "", "left-mid": "", "mid": "", "mid-mid": "", "right": "", "right-mid": "", "middle": "  ",
} as const;

/**
 * Lays rows out in columns, without borders.
 *
 * @param rows cells, coloured or not; control characters other than colours' do not reach the terminal
 * @returns lines, the last with its end
 */
export async function toTable(rows: readonly (readonly string[])[]): Promise<string> {
  // Loaded here and not above: no other format needs it.
  const { default: Table } = await import("cli-table3");
  const table = new Table({ chars: NO_BORDERS, style: { "padding-left": 0, "padding-right": 0, "head": [], "border": [] } });
  table.push(...rows.map((row) => row.map(printable)));
  return `${table.toString().replace(/ +$/gm, "")}\n`;
}

/** A colour's own codes stay; whatever else is between them is a file's text. */
function printable(cell: string): string {
  // eslint-disable-next-line no-control-regex -- the codes of colours
  return cell.split(/(\u001b\[\d{1,2}m)/).map((piece, index) => (index % 2 === 1 ? piece : displayText(piece, CELL))).join("");
}
