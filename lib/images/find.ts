// Finds every image field of a reading.
import type { Settings } from "../settings/settings.js";
import type { Note, Reading } from "../yaml/reading.js";
import type { Neighbour } from "../neighbour.js";
import { fileFacts } from "./document-kind.js";
import type { ImageField } from "./field.js";
import { Finder } from "./finder.js";
import { isGenerated } from "./generated.js";
import { ownRows } from "../vocabulary/own-rows.js";
import { scannedFields } from "./scanned-fields.js";
import { valuesOfFile } from "../charts/values-facts.js";

export interface FindOptions {
  /** The file's path: its name says what it is. */
  readonly filename: string;
  readonly settings: Settings;
  readonly neighbour?: Neighbour | undefined;
}

export interface FindResult {
  /** In the order of their place in the file. */
  readonly fields: readonly ImageField[];
  /** What could not be read whole; the rule `parsable` reports them. */
  readonly notes: readonly Note[];
}

/**
 * Finds the image fields of a file.
 *
 * @param reading what `read` made of its text
 * @param options where it stands, and the user's settings
 * @returns its fields and what could not be read; never throws on input
 */
export function find(reading: Reading, options: FindOptions): FindResult {
  const { filename, settings, neighbour } = options;
  const facts = {
    ...fileFacts(filename, reading.template, settings, neighbour),
    values: valuesOfFile(filename, settings, neighbour),
    own: ownRows(settings, filename),
  };
  if (facts.kind === "none") return { fields: [], notes: reading.notes };
  const fields: ImageField[] = [];
  // One by one: as arguments of one call, a large file's fields are more than the stack takes.
  for (const tree of reading.trees)
    for (const field of new Finder(reading, tree, facts, settings).run()) fields.push(field);
  for (const field of scannedFields(reading, facts, settings)) fields.push(field);
  fields.sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]);
  const generated = fields.length > 0 && isGenerated(reading.text);
  return {
    fields: generated ? fields.map((field) => ({ ...field, generated: true })) : fields,
    notes: reading.notes,
  };
}
