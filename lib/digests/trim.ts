// Bounds the size of a map.

/** Deletes the oldest entries of a map until it has at most `size` of them. */
export function trim(map: Map<string, unknown>, size: number): void {
  for (const key of map.keys()) {
    if (map.size <= size) return;
    map.delete(key);
  }
}
