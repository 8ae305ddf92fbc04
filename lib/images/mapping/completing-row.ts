// The row of a tag that its chart's own values complete to an image.
import type { Completion } from "../../charts/completion.js";
import type { MappingRow } from "../../vocabulary/row-types.js";
import { MAPPING_ROWS } from "../../vocabulary/rows.js";

/** Rows that hold for any values, whatever their path. */
const ROWS_OF_VALUES = MAPPING_ROWS.filter(
  ({ where: { documents, group, kinds, path } }) =>
    documents?.includes("values") === true && (group ?? kinds ?? path) === undefined,
);

/** The row for each pair of keys that was met; there are few. */
const known = new Map<string, MappingRow | undefined>();

/**
 * The row that reads the keys of a completed image: the one that reads them where all of them are written.
 *
 * @param completion what is known of the image
 * @returns `undefined` where no row reads these keys
 */
export function completingRow({ keys: { repository, tag } }: Completion): MappingRow | undefined {
  const name = `${repository} ${tag}`;
  if (!known.has(name)) {
    const row = ROWS_OF_VALUES.find(
      ({ keys }) => keys.repository.includes(repository) && keys.tag?.includes(tag) === true,
    );
    known.set(name, row && { ...row, when: "chart" });
  }
  return known.get(name);
}
