// Looks at a scalar: the first row that fits its key and its place, and finds its evidence, makes a field.
import { LONGEST_KEY } from "../../vocabulary/keys.js";
import { SCALAR_ROWS } from "../../vocabulary/rows.js";
import type { ScalarRow } from "../../vocabulary/row-types.js";
import { formatPath } from "../../vocabulary/path.js";
import { partAsWritten, touchesAction } from "../actions.js";
import type { ImageField, Part } from "../field.js";
import { addField } from "../add-field.js";
import { decidesIn, scalarField, type ScalarPlace } from "./scalar-field.js";
import { scalarInChart } from "./scalar-in-chart.js";
import type { Siblings } from "../siblings.js";
import { holds, type Surroundings } from "../surroundings/surroundings.js";
import type { TreeContext } from "../tree-context.js";

/** The keys directly below which `anyKey` rows apply: these rows are tried nowhere else. */
const ABOVE_ANY_KEY: ReadonlySet<unknown> = new Set(
  SCALAR_ROWS.flatMap((row) =>
    row.anyKey === true ? (row.where.path ?? []).map((path) => path.at(-2)) : [],
  ),
);

/** The keys of all other rows in one pattern, since every key of every file is tested. */
const SCALAR_KEYS = new RegExp(
  SCALAR_ROWS.filter((row) => row.anyKey !== true)
    .map((row) => row.key.source)
    .join("|"),
);
const NO_ROWS: readonly ScalarRow[] = [];

/** Looks at the scalars of one tree. */
export class ScalarVisitor {
  readonly #context: TreeContext;
  /** The rows for each key that was met: keys come again and again, and the rows are many. */
  readonly #rows = new Map<string, readonly ScalarRow[]>();

  constructor(context: TreeContext) {
    this.#context = context;
  }

  /**
   * Adds the field of a scalar, if it is one.
   *
   * @param key the scalar's, or that of the list it is an item of
   * @param index of the event of the scalar or of an alias of it
   * @param siblings what stands beside it
   * @param at its surroundings
   */
  visit(key: string, index: number, siblings: Siblings, at: Surroundings): void {
    if (key.length > LONGEST_KEY) return;
    const { path, anchors } = this.#context;
    const target = anchors.target(index);
    let part: Part | undefined;
    let place: ScalarPlace | undefined;
    for (const row of this.#rowsFor(key)) {
      if (!holds(row.where, at, path) || !isBeside(row, siblings)) continue;
      // Read only now: for most keys that look like a row's, no row holds.
      part ??= anchors.isMade(target) ? undefined : this.#part(target);
      if (!part || (row.unless !== undefined && siblings.has(row.unless))) return;
      place ??= this.#place(part, siblings, at);
      const field = scalarField(part, row, place);
      if (field) {
        anchors.made(target);
        addField(this.#context, at, this.#inChart(field, at));
      }
      // A row that wants no evidence decides. After any other row, a later one may want other evidence.
      if (field || row.must || row.evidence === "none") return;
    }
  }

  #rowsFor(key: string): readonly ScalarRow[] {
    const { facts, path } = this.#context;
    const own = facts.own?.keys.has(key) === true ? facts.own.scalars : NO_ROWS;
    if (own.length > 0 || ABOVE_ANY_KEY.has(path.at(-2)))
      return [...own, ...SCALAR_ROWS].filter((row) => row.key.test(key));
    let rows = this.#rows.get(key);
    if (rows === undefined) {
      rows = SCALAR_KEYS.test(key) ? SCALAR_ROWS.filter((row) => row.key.test(key)) : NO_ROWS;
      this.#rows.set(key, rows);
    }
    return rows;
  }

  #part(index: number): Part | undefined {
    return partAsWritten(this.#context.reading, this.#context.tree, index);
  }

  #place(part: Part, siblings: Siblings, at: Surroundings): ScalarPlace {
    const { reading, path, settings } = this.#context;
    return {
      field: formatPath(path),
      touched: touchesAction(reading, part.range),
      isSpaced: at.kind === "manifest" && isSpaced(reading.text.slice(...part.valueRange), part.quote),
      pullPolicy: pullPolicy(siblings),
      decides: decidesIn(at.kind),
      settings,
    };
  }

  #inChart(field: ImageField, { values }: Surroundings): ImageField {
    return values ? scalarInChart(field, values.facts, this.#context.path.slice(values.base)) : field;
  }
}

function isSpaced(text: string, quote: Part["quote"]): boolean {
  return (quote === "'" || quote === '"') && text !== text.trim();
}

function isBeside({ beside }: ScalarRow, siblings: Siblings): boolean {
  if (!beside) return true;
  if ("text" in beside) {
    const text = siblings.text(beside.key);
    return text !== undefined && beside.text.test(text);
  }
  return (
    (beside.and === undefined || siblings.has(beside.and)) && beside.anyOf.some((key) => siblings.has(key))
  );
}

function pullPolicy(siblings: Siblings): string | undefined {
  return siblings.text("imagePullPolicy") ?? siblings.text("pullPolicy") ?? siblings.text("pull_policy");
}
