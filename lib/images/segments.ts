// Paths of what stands in a file only in part: they were read by indentation, as texts.
import type { Segment } from "../vocabulary/path.js";

/**
 * Turns the texts of such a path into segments.
 *
 * @param path keys and indices as texts
 * @returns the same path; a text of digits is an index
 */
export function segmentsOf(path: readonly string[]): readonly Segment[] {
  return path.map((text) => (/^\d+$/.test(text) ? Number(text) : text));
}
