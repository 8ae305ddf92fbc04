// The keys down to a value, from the chart's values' root.

/** `*` is any item of a list, or any key. */
export type ValuePath = readonly string[];
