// Finds every image field of a reading. `walk.ts` goes through its events and visits each mapping
// (`mapping/visit-mapping.ts`), each scalar (`scalar/visit-scalar.ts`) and each string that holds YAML
// (`visit-string.ts`). The first row of the vocabulary that fits makes the field.
import { mayCompleteTags } from "../charts/may-complete.js";
import { valuesOfFile } from "../charts/values-facts.js";
import type { FateOf } from "../deployed/fate.js";
import type { Neighbour } from "../neighbour.js";
import type { Settings } from "../settings/settings.js";
import { segmentsOf } from "../vocabulary/path.js";
import { userRows } from "../vocabulary/user-rows.js";
import type { Note, Reading } from "../yaml/reading.js";
import type { ImageField } from "./field.js";
import { fileFacts } from "./file-facts.js";
import { isGenerated } from "./generated.js";
import { scannedFields } from "./scanned-fields.js";
import { fieldsOfTree, MOST_FIELDS } from "./walk.js";

/** What is known of a file besides its text. */
export interface FindOptions {
  /** The file's path: its name says what it is. */
  readonly filename: string;
  readonly settings: Settings;
  /** Reads the files beside it; without it, nothing is known of a chart there. */
  readonly neighbour?: Neighbour | undefined;
  /** What becomes of a file's images when they are deployed; without it, they are deployed as they stand. */
  readonly deployed?: ((filename: string) => FateOf | undefined) | undefined;
}

/** What was found in a file. */
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
  const { filename, settings, neighbour, deployed } = options;
  const facts = {
    filename,
    ...fileFacts(filename, reading.template, settings, neighbour),
    values: valuesOfFile(filename, settings, neighbour, reading.text),
    own: userRows(settings, filename),
    // In a template, an action may bring in a repository.
    ...(!reading.template && mayCompleteTags(reading.text, filename, settings, neighbour)
      ? { completesTags: true as const }
      : {}),
    // No kustomization reads a template.
    ...(deployed && !reading.template ? { fates: () => deployed(filename) } : {}),
  };
  if (facts.kind === "none") return { fields: [], notes: reading.notes };
  const whole = { reading, facts, settings, embedded: "not", depth: 0 } as const;
  const fields: ImageField[] = [];
  // Pushed one by one: a large file has more fields than one call takes arguments.
  for (const tree of reading.trees)
    for (const field of fieldsOfTree({ tree, above: segmentsOf(tree.path), ...whole })) fields.push(field);
  for (const field of scannedFields(reading, facts, settings)) fields.push(field);
  fields.sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]);
  const generated = fields.length > 0 && isGenerated(reading.text);
  const notes = [...tooMany(fields), ...reading.notes];
  fields.length = Math.min(fields.length, MOST_FIELDS);
  return { fields: generated ? fields.map((field) => ({ ...field, generated: true })) : fields, notes };
}

/** The note for a file with so many images that its report would not end. */
function tooMany(fields: readonly ImageField[]): readonly Note[] {
  const first = fields[MOST_FIELDS];
  if (!first) return [];
  const reason = `more than ${String(MOST_FIELDS)} images; the images from here on are not looked at`;
  return [{ kind: "too-many", offset: first.at[0], reason }];
}
