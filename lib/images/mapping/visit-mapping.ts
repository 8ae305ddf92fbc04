// Looks at a mapping: the rows that fit make fields of its keys, in each arm of a template by itself.
import type { Completion } from "../../charts/completion.js";
import { TAG_KEYS } from "../../charts/tag-keys.js";
import { MAPPING_ROWS } from "../../vocabulary/rows.js";
import type { DigestRule, MappingRow } from "../../vocabulary/row-types.js";
import { formatPath } from "../../vocabulary/path.js";
import { NOT_IMAGE_MAPPINGS } from "../../vocabulary/not-pinned.js";
import type { Entry } from "../../yaml/node.js";
import { outputAmongKeys } from "../actions.js";
import { completingRow } from "./completing-row.js";
import { armsByKey, armsOf, isInOtherArm } from "./arms.js";
import { isAtImageKey, mayBeImage } from "./image-key.js";
import { KeyReader, type MappingKeys } from "./key-reader.js";
import { mappingField } from "./mapping-field.js";
import { mappingOfRow, tookKeys } from "./mapping-parts.js";
import type { MappingPlace } from "./mapping-place.js";
import { newKeyPlace } from "./new-key.js";
import { addField } from "../add-field.js";
import { shaStyleIn, type ShaStyle } from "./sha-style.js";
import { holds, matchesBelow, type Surroundings } from "../surroundings/surroundings.js";
import type { TreeContext } from "../tree-context.js";

/** Rows that name their paths hold there whatever key the mapping stands at. */
const ROWS_WITH_PATH = MAPPING_ROWS.filter((row) => row.where.path !== undefined);

/** A mapping that may be an image. */
interface Candidate {
  readonly index: number;
  readonly at: Surroundings;
  readonly atImageKey: boolean;
  /** What completes its tag, where it names no repository. */
  readonly completion: Completion | undefined;
  readonly rows: readonly MappingRow[];
  /** Whether an action among its keys may add keys that the file does not show. */
  readonly opaque: boolean;
  /** In which arms each key stands. */
  readonly arms: ReadonlyMap<string, ReadonlySet<string>>;
  /** The key events that made a field. */
  readonly taken: Set<number>;
}

/** Looks at the mappings of one tree. */
export class MappingVisitor {
  readonly #context: TreeContext;
  readonly #reader: KeyReader;
  /** For each mapping that made fields, the keys that they took: each alias of it visits it once more. */
  readonly #seen = new Map<number, ReadonlySet<number>>();
  #shaStyle: ShaStyle | undefined;

  constructor(context: TreeContext) {
    this.#context = context;
    this.#reader = new KeyReader(context);
  }

  /**
   * Adds the fields of a mapping, if it is an image.
   *
   * @param index of the mapping's event
   * @param entries the mapping's
   * @param at its surroundings
   * @returns the indices of the keys that some row took; `undefined` where the mapping is surely no image
   */
  visit(index: number, entries: readonly Entry[], at: Surroundings): ReadonlySet<number> | undefined {
    const { reading, tree, facts, path } = this.#context;
    const atImageKey = isAtImageKey(path);
    const completion = facts.completesTags ? this.#completion(entries, at) : undefined;
    if (!completion && !mayBeImage(entries, atImageKey, facts.own)) return undefined;
    const seen = this.#seen.get(index);
    if (seen) return seen;
    const rows = this.#rowsAt(atImageKey, completion);
    const arms = armsOf(reading, tree, entries);
    const opaque = outputAmongKeys(reading, tree, index);
    const taken = new Set<number>();
    const candidate = { index, at, atImageKey, completion, rows, opaque, arms: armsByKey(arms), taken };
    for (const [arm, group] of arms) this.#visitArm(candidate, arm, group);
    if (taken.size > 0) this.#seen.set(index, taken);
    return taken;
  }

  /** What is known of a mapping that holds a tag among a chart's values. */
  #completion(entries: readonly Entry[], { values }: Surroundings): Completion | undefined {
    if (!values || !entries.some(({ key }) => TAG_KEYS.has(key))) return undefined;
    const completion = values.facts.completion(this.#context.path.slice(values.base));
    return completion && entries.some(({ key }) => key === completion.keys.tag) ? completion : undefined;
  }

  #rowsAt(atImageKey: boolean, completion: Completion | undefined): readonly MappingRow[] {
    const { facts, path } = this.#context;
    const name = path.at(-1);
    const isOther = !atImageKey && typeof name === "string" && NOT_IMAGE_MAPPINGS.test(name);
    const rows = isOther ? ROWS_WITH_PATH : MAPPING_ROWS;
    const own = facts.own?.mappings ?? [];
    const completing = completion && completingRow(completion);
    return own.length === 0 && !completing ? rows : [...own, ...(completing ? [completing] : []), ...rows];
  }

  #visitArm(candidate: Candidate, arm: string, entries: readonly Entry[]): void {
    const { at, atImageKey, taken } = candidate;
    const read = new Set<string>();
    let keys: MappingKeys | undefined;
    for (const row of candidate.rows) {
      if (!holds(row.where, at, this.#context.path)) continue;
      keys ??= this.#reader.keysOf(entries, read);
      const mapping = mappingOfRow(keys, row, atImageKey);
      const field = mapping && mappingField(mapping, this.#placeOf(candidate, arm, entries, row));
      if (!field) continue;
      const took = tookKeys(mapping);
      for (const key of took) read.add(key);
      // What is left is read anew for the next row.
      keys = undefined;
      for (const entry of entries) if (took.includes(entry.key)) taken.add(entry.keyIndex);
      addField(this.#context, at, field);
    }
  }

  #placeOf(
    { index, at, completion, opaque, arms }: Candidate,
    arm: string,
    entries: readonly Entry[],
    row: MappingRow,
  ): MappingPlace {
    const { reading, tree, path, settings } = this.#context;
    const values = at.values && { facts: at.values.facts, path: path.slice(at.values.base) };
    return {
      field: formatPath(path),
      reading,
      settings,
      opaque,
      digest: this.#digestRule(row, at),
      digestElsewhere: row.keys.digest?.some((key) => isInOtherArm(arms.get(key), arm)) === true,
      newKey: (after, key) => {
        const before = entries.filter((entry) => after.includes(entry.key));
        return newKeyPlace(reading, tree, index, before, key);
      },
      shaStyle: () => (this.#shaStyle ??= shaStyleIn(tree)),
      values,
      chart: values?.facts.verdict(values.path),
      completion,
      ask: at.ask,
    };
  }

  #digestRule({ digest, except }: MappingRow, at: Surroundings): DigestRule {
    const isException = except?.path.some((pattern) => matchesBelow(pattern, at, this.#context.path));
    return except && isException === true ? except.digest : digest;
  }
}
