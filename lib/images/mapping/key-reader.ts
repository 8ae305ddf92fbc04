// Reads the keys of a mapping's arm: its own, and those that it merges in.
import { EVENT_ID } from "js-yaml";
import { MAPPING_KEYS } from "../../vocabulary/rows.js";
import { entriesOf, isMapping, type Entry } from "../../yaml/node.js";
import type { Range, Tree } from "../../yaml/reading.js";
import { scalarQuote, scalarRange } from "../../yaml/scalar.js";
import { partAsWritten } from "../actions.js";
import type { Part } from "../field.js";
import { MERGE_KEY, mergeSources } from "../merge-key.js";
import type { TreeContext } from "../tree-context.js";

/** A key of a mapping: what it holds, and where a value would go if it holds nothing. */
export interface MappingKey {
  /** Absent where the value is null, an empty text, or no scalar. */
  readonly part?: Part;
  /** The value's scalar, quotes and all; where nothing is written, the place behind the colon. */
  readonly range: Range;
  readonly quote: Part["quote"];
}

/** The keys of one arm of a mapping, by name. */
export type MappingKeys = ReadonlyMap<string, MappingKey>;

/** Reads the keys of the mappings of one tree. */
export class KeyReader {
  readonly #context: TreeContext;
  /** Of a mapping that others merge, the entries that a row could read: many mappings may merge one. */
  readonly #merged = new Map<number, readonly Entry[]>();

  constructor(context: TreeContext) {
    this.#context = context;
  }

  /**
   * The keys of one arm, by name.
   *
   * @param entries the arm's
   * @param except keys that a row has read already
   * @returns merged keys first, so that the mapping's own win (YAML merge type)
   */
  keysOf(entries: readonly Entry[], except: ReadonlySet<string>): MappingKeys {
    const keys = new Map<string, MappingKey>();
    for (const entry of entries) if (entry.key === MERGE_KEY) this.#addMerged(entry.valueIndex, except, keys);
    for (const entry of entries)
      if (entry.key !== MERGE_KEY && !except.has(entry.key)) keys.set(entry.key, this.#keyOf(entry));
    return keys;
  }

  #addMerged(value: number, except: ReadonlySet<string>, keys: Map<string, MappingKey>): void {
    const { tree, anchors } = this.#context;
    // An earlier mapping of a list wins, so it comes last.
    for (const source of [...mergeSources(tree, value)].reverse()) {
      for (const entry of this.#readableEntries(anchors.target(source))) {
        const key = this.#keyOf(entry);
        if (key.part && !except.has(entry.key))
          keys.set(entry.key, { ...key, part: { ...key.part, alias: true } });
      }
    }
  }

  #readableEntries(mapping: number): readonly Entry[] {
    const known = this.#merged.get(mapping);
    if (known) return known;
    const { tree, facts } = this.#context;
    const entries = isMapping(tree.events[mapping])
      ? entriesOf(tree, mapping).filter(
          ({ key }) => MAPPING_KEYS.has(key) || facts.own?.keys.has(key) === true,
        )
      : [];
    // Of a repeated key the last one counts.
    const byKey = [...new Map(entries.map((entry) => [entry.key, entry])).values()];
    this.#merged.set(mapping, byKey);
    return byKey;
  }

  #keyOf(entry: Entry): MappingKey {
    const { reading, tree, anchors } = this.#context;
    const target = anchors.target(entry.valueIndex);
    const event = tree.events[target];
    if (event?.type !== EVENT_ID.SCALAR || event.valueStart < 0) {
      const offset = behindColon(tree, entry);
      return { range: [offset, offset], quote: "" };
    }
    const range = scalarRange(event);
    const quote = scalarQuote(event);
    const part: Part | undefined = partAsWritten(reading, tree, target);
    if (!part) return { range, quote };
    return { range, quote, part: target === entry.valueIndex ? part : { ...part, alias: true } };
  }
}

/** Where a value would begin that is not written. */
function behindColon(tree: Tree, entry: Entry): number {
  const key = tree.events[entry.keyIndex];
  if (key?.type !== EVENT_ID.SCALAR) return 0;
  const [, end] = scalarRange(key);
  return tree.source.indexOf(":", end) + 1;
}
