// Fields of the lines that no parser reads: only references in one scalar that have a tag or a digest.
import type { Settings } from "../settings/settings.js";
import type { Range, Reading, ScannedLine } from "../yaml/reading.js";
import { touchesAction } from "./actions.js";
import type { FileFacts } from "./file-facts.js";
import type { ImageField } from "./field.js";
import { SCALAR_ROWS } from "../vocabulary/rows.js";
import { formatPath, matchesPath, segmentsOf } from "../vocabulary/path.js";
import { decidesIn, scalarField } from "./scalar/scalar-field.js";

/**
 * Makes fields of a file's scanned lines.
 *
 * @param reading the file
 * @param facts what its name says of it
 * @param settings the user's
 * @returns a field for each line with a key of the vocabulary and a reference with a tag or digest
 */
export function scannedFields(reading: Reading, facts: FileFacts, settings: Settings): readonly ImageField[] {
  return reading.lines.flatMap((line) => {
    const field = scannedField(reading, line, facts, settings);
    return field ? [field] : [];
  });
}

function scannedField(
  reading: Reading,
  line: ScannedLine,
  facts: FileFacts,
  settings: Settings,
): ImageField | undefined {
  const kind = facts.kind ?? facts.otherwise;
  const path = segmentsOf([...line.path, line.key]);
  const row = SCALAR_ROWS.find(
    ({ key, where }) =>
      key.test(line.key) &&
      (where.documents?.includes(kind) ?? true) &&
      (where.path?.some((pattern) => matchesPath(path, pattern)) ?? true),
  );
  if (!row) return undefined;
  const [start, end] = line.value;
  const range: Range = [start - line.quote.length, end + line.quote.length];
  const value = reading.text.slice(start, end);
  const part = { value, range, valueRange: line.value, quote: line.quote };
  const field = scalarField(part, row, {
    field: formatPath(path),
    touched: touchesAction(reading, range),
    pullPolicy: undefined,
    decides: decidesIn(kind),
    settings,
  });
  const complete = field?.reference?.tag !== undefined || field?.reference?.digest !== undefined;
  return field && complete ? { ...field, scanned: true } : undefined;
}
