// Splits the path of a field, as `list` prints it, into its keys and indices.

const SEGMENT = /\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([A-Za-z0-9_-]+)/g;

/**
 * The keys and indices of a path.
 *
 * @param path as `formatPath` writes it
 */
export function segmentsOf(path) {
  return [...path.matchAll(SEGMENT)].map(([, index, quoted, key]) =>
    index !== undefined ? Number(index) : quoted !== undefined ? JSON.parse(quoted) : key,
  );
}
