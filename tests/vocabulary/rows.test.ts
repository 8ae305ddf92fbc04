// The rows of all families together: which one decides if several fit.
import { describe, expect, it } from "vitest";
import type { ScalarRow, Where } from "../../lib/vocabulary/row-types.js";
import { MAPPING_KEYS, MAPPING_ROWS, SCALAR_ROWS } from "../../lib/vocabulary/rows.js";

/** Whether a row's place covers another's whole place, as far as documents, groups and kinds alone say so. */
function covers(one: Where, other: Where): boolean {
  if (one.group !== undefined || one.kinds || one.path || one.not) return false;
  const { documents } = one;
  return !documents || other.documents?.every((kind) => documents.includes(kind)) === true;
}

/** Whether a row decides for every text at every key of another row, so that the other one is never asked. */
function hides(one: ScalarRow, other: ScalarRow): boolean {
  const everyText = one.evidence === "none" && one.beside === undefined && one.unless === undefined;
  return everyText && one.key.source === other.key.source && covers(one.where, other.where);
}

describe("the order of the rows", () => {
  it.each(SCALAR_ROWS.map((row, index) => ({ row, index, name: `${String(index)}: ${row.source}` })))(
    "leaves images to row $name",
    ({ row, index }) => {
      expect(SCALAR_ROWS.slice(0, index).filter((earlier) => hides(earlier, row))).toEqual([]);
    },
  );

  it("tries a key's places before the key alone", () => {
    const alone = SCALAR_ROWS.findIndex(
      ({ key, where, beside }) => key.test("image") && !where.path && !where.group && !beside,
    );
    const places = SCALAR_ROWS.flatMap(({ must }, index) => (must ? [index] : []));
    expect(Math.max(...places)).toBeLessThan(alone);
  });

  it("tries operators of which more is known before any resource with the same keys", () => {
    const triplets = MAPPING_ROWS.filter(({ when }) => when === "triplet");
    expect(triplets.map(({ where }) => where.group)).toEqual(["mellanox.com", "nvidia.com", undefined]);
  });
});

describe("a row", () => {
  it.each([...SCALAR_ROWS, ...MAPPING_ROWS].map((row) => [row.source, row] as const))(
    "names its source and its shape: %s",
    (source, { shape }) => {
      expect(source).not.toBe("");
      expect(shape).not.toBe("");
    },
  );

  it("reads no key that the finder does not look for", () => {
    for (const { keys } of MAPPING_ROWS)
      for (const key of Object.values(keys).flat()) expect(MAPPING_KEYS).toContain(key);
  });
});
