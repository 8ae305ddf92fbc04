// Draws what a terminal shows as an SVG: one text a line, in the colours of the escape codes.

/** Blank lines at the end, with escape codes between them. */
// eslint-disable-next-line no-control-regex -- an escape code begins with this character
const ENDING = /(?:\s|\u001b\[[\d;]*m)+$/;
/** The columns of the terminal, which breaks longer lines as terminals do. */
const COLUMNS = 92;
const LINE = 18;
const COLUMN = 8.4;
const MARGIN = 16;
/** Dark enough on white, light enough on the terminal's own ground. */
const COLOURS = { 31: "#ff7b72", 32: "#7ee787", 33: "#e3b341", 36: "#79c0ff", 90: "#8b949e", 2: "#8b949e" };
const FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
const GROUND = "#0d1117";
const TEXT = "#e6edf3";

/**
 * Draws a session.
 *
 * @param steps what was typed and what it printed, each with `command` and `output`
 * @returns the text of the SVG
 */
export function terminalPicture(steps) {
  const typed = ({ command }) => [...characters(`$ ${command}`)].map((each) => ({ ...each, bold: true }));
  const lines = steps.flatMap((step, index) => [
    ...(index === 0 ? [] : [[]]),
    typed(step),
    ...step.output
      .replace(/^\n+/, "")
      .replace(ENDING, "")
      .split("\n")
      .filter((line, at, all) => all.length > 1 || line !== "")
      .map((line) => [...characters(line)]),
  ]);
  const rows = lines.flatMap(broken);
  const [width, height] = [COLUMNS * COLUMN + 2 * MARGIN, rows.length * LINE + 2 * MARGIN];
  return `<svg xmlns="http://www.w3.org/2000/svg" \
viewBox="0 0 ${width} ${height}" font-size="14" \
font-family="${FONT}" xml:space="preserve">
<rect width="100%" height="100%" rx="8" fill="${GROUND}"/>
${rows.map(drawn).join("")}</svg>
`;
}

/** The characters of a line with the style that the escape codes before them give. */
function* characters(line) {
  let style = {};
  // eslint-disable-next-line no-control-regex -- an escape code begins with this character
  for (const [, codes, character] of line.matchAll(/\u001b\[([\d;]*)m|(.)/gu)) {
    if (character !== undefined) yield { character, ...style };
    else for (const code of codes.split(";")) style = styled(style, Number(code));
  }
}

function styled(style, code) {
  if (code === 0) return {};
  if (code === 1) return { ...style, bold: true };
  if (code === 4) return { ...style, underlined: true };
  // The end of both bold and dim, and dim is a colour here.
  if (code === 22) return { ...style, bold: false, colour: undefined };
  if (code === 24) return { ...style, underlined: false };
  return { ...style, colour: COLOURS[code] };
}

/** A line in pieces of the terminal's width. */
function broken(line) {
  if (line.length === 0) return [[]];
  const pieces = [];
  for (let at = 0; at < line.length; at += COLUMNS) pieces.push(line.slice(at, at + COLUMNS));
  return pieces;
}

/** A row as runs of one style, each as wide as its columns, whatever font the reader has. */
function drawn(row, index) {
  const y = MARGIN + (index + 1) * LINE - 5;
  return runs(row)
    .filter(({ text }) => text.trim() !== "")
    .map(({ text, at, bold, underlined, colour }) => {
      const style = `${bold ? ' font-weight="bold"' : ""}${underlined ? ' text-decoration="underline"' : ""}`;
      const long = (text.length * COLUMN).toFixed(1);
      const place = `x="${(MARGIN + at * COLUMN).toFixed(1)}" y="${y}" textLength="${long}"`;
      return `<text ${place} fill="${colour ?? TEXT}"${style}>${escaped(text)}</text>\n`;
    })
    .join("");
}

function runs(row) {
  const found = [];
  for (const [at, { character, bold = false, underlined = false, colour }] of row.entries()) {
    const last = found.at(-1);
    if (last && last.bold === bold && last.underlined === underlined && last.colour === colour)
      last.text += character;
    else found.push({ text: character, at, bold, underlined, colour });
  }
  return found;
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
