// Where a tree's text shows that an image may stand there: what shows none is not visited.
import { tagKeysIn } from "../charts/tag-keys.js";
import { signsIn } from "../vocabulary/holds-vocabulary.js";

/** The signs of one tree. */
export class Signs {
  readonly #offsets: readonly number[];

  /**
   * @param source the tree's text
   * @param withTags whether a key that holds a tag is a sign, too
   */
  constructor(source: string, withTags: boolean) {
    const signs = signsIn(source);
    this.#offsets = withTags ? [...signs, ...tagKeysIn(source)].sort((a, b) => a - b) : signs;
  }

  /** Whether one begins in a stretch, `[start, end)`. */
  anyIn(start: number, end: number): boolean {
    const offsets = this.#offsets;
    let low = 0;
    let high = offsets.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((offsets[middle] ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return (offsets[low] ?? end) < end;
  }
}
