// What a template prints, line by line: each form that a line may have, and when it has it.
import { both, common, type Condition } from "./condition.js";
import { heldIn } from "./held.js";
import { firstOf } from "./first-of.js";
import { printed, type Option, type Output, type Piece, type Value, type ValuePath } from "./value.js";

/** One form of a line that a template prints. */
export interface Line {
  /** Literals, and values of the chart. `undefined`: something that is not followed. */
  readonly atoms: readonly Atom[];
  readonly when: Condition;
}

export type Atom = string | ValuePath | undefined;

/** Whoever wants to know what is printed. */
export interface LineVisitor {
  /** For each form of each line that holds a value or depends on one. */
  line(line: Line): void;
  /** For each value that is printed in YAML or in a mapping, or (`unknown`) not followed any more. */
  taken(path: ValuePath, how: "yaml" | "held" | "unknown"): void;
}

/** How many forms of one line are told apart. */
const MOST_LINES = 40;
/** Of how many parts a line may be. */
const MOST_ATOMS = 100;
/** In characters. */
const LONGEST = 200;
/** Texts within texts can be very large: how much of one output is looked at. */
const MOST_PIECES = 120_000;
/** The same of all outputs of a chart. One that needs more is hopeless: its templates are too entangled. */
const MOST_OF_CHART = 600_000;

/** How much of a chart's output may still be looked at. */
export interface LineBudget {
  left: number;
}

/** The budget of one chart. */
export function lineBudget(): LineBudget {
  return { left: MOST_OF_CHART };
}

/**
 * Finds what is printed of values.
 *
 * @param output what a template prints
 * @param budget of the chart; what is looked at is taken from it
 * @param visitor is told
 * @returns false where there is more than is looked at
 */
export function eachLine(output: Output, budget: LineBudget, visitor: LineVisitor): boolean {
  const most = Math.min(MOST_PIECES, budget.left);
  const reader = new LineReader(visitor, most);
  reader.add(output);
  reader.end();
  budget.left -= most - reader.left;
  return reader.isComplete;
}

const EMPTY: Line = { atoms: [], when: [] };

class LineReader {
  readonly #visitor: LineVisitor;
  /** The forms of the line at hand. */
  #lines: readonly Line[] = [EMPTY];
  /** What holds where the output at hand is printed. */
  #when: Condition = [];
  left: number;
  isComplete = true;

  constructor(visitor: LineVisitor, most: number) {
    this.#visitor = visitor;
    this.left = most;
  }

  add(output: Output): void {
    for (const piece of output) this.#piece(piece);
  }

  end(): void {
    this.left -= this.#lines.length;
    for (const line of this.#lines) {
      if (line.when.length > 0 || line.atoms.some((atom) => typeof atom !== "string"))
        this.#visitor.line(line);
    }
    this.#lines = [{ atoms: [], when: this.#when }];
  }

  #piece(piece: Piece): void {
    if (this.left <= 0) {
      this.isComplete = false;
      return;
    }
    this.left--;
    if (piece.kind === "literal") this.#literal(piece.text);
    else this.#value(piece.value);
  }

  #literal(text: string): void {
    const first = text.indexOf("\n");
    if (first < 0) {
      this.#append(text);
      return;
    }
    this.#append(text.slice(0, first));
    this.end();
    const last = text.lastIndexOf("\n");
    // Whole lines between hold no values, and depend on the same ones.
    const between = text.slice(first + 1, last);
    if (this.#when.length > 0 && /\S/.test(between)) {
      this.#append(between.trim().slice(0, LONGEST));
      this.end();
    }
    this.#append(text.slice(last + 1));
  }

  #value(value: Value): void {
    switch (value.kind) {
      case "known":
        this.#literal(value.text);
        break;
      case "value":
        this.#append(value.path);
        break;
      case "text":
        this.add(value.output);
        break;
      case "choice":
        this.#options(value.of);
        break;
      case "test":
        this.#options(
          (["yes", "no"] as const).flatMap((answer) =>
            value.truth[answer].map((when) => ({
              when,
              value: { kind: "known", text: answer === "yes" ? "true" : "false", isFalse: false } as const,
            })),
          ),
        );
        break;
      case "merged":
        this.#value(firstOf(value.of));
        break;
      default:
        this.#takeAll(value, value.kind === "yaml" ? "yaml" : value.kind === "root" ? "unknown" : "held");
        this.#append(undefined);
    }
  }

  #takeAll(value: Value, how: "yaml" | "held" | "unknown"): void {
    for (const { path, isAsked, isRoot } of heldIn(value)) {
      if (!isAsked) this.#visitor.taken(path, isRoot ? "unknown" : how);
    }
  }

  /** Each option goes on with the forms of now. */
  #options(options: readonly Option[]): void {
    if (options.every(({ value }) => value.kind === "text" && value.output.length === 0)) return;
    const before = this.#lines;
    const outer = this.#when;
    const after: Line[] = [];
    for (const { when, value } of options) {
      const inner = both(outer, when);
      if (!inner) continue;
      const lines = before.flatMap((line) => {
        const its = both(line.when, when);
        return its ? [{ atoms: line.atoms, when: its }] : [];
      });
      if (lines.length === 0) continue;
      this.#lines = lines;
      this.#when = inner;
      this.#piece(printed(value));
      after.push(...this.#lines);
    }
    this.#when = outer;
    this.#lines = after.length > 0 ? this.#fewer(after) : before;
  }

  /** Forms that are the same but for when they are printed become one where there are many. */
  #fewer(all: readonly Line[]): readonly Line[] {
    this.left -= all.length;
    const lines = unique(all, ({ atoms, when }) => JSON.stringify([atoms, when]));
    if (lines.length <= MOST_LINES) return lines;
    const byAtoms = new Map<string, Line>();
    for (const { atoms, when } of lines) {
      const key = JSON.stringify(atoms);
      const same = byAtoms.get(key);
      byAtoms.set(key, { atoms, when: same ? common(same.when, when) : when });
    }
    if (byAtoms.size <= MOST_LINES) return [...byAtoms.values()];
    for (const { atoms } of byAtoms.values()) {
      for (const atom of atoms) if (isPath(atom)) this.#visitor.taken(atom, "unknown");
    }
    return [{ atoms: [undefined], when: this.#when }];
  }

  #append(atom: Atom): void {
    if (atom === "") return;
    this.left -= this.#lines.length;
    this.#lines = this.#lines.map(({ atoms, when }) => {
      const last = atoms.at(-1);
      if (typeof atom === "string" && typeof last === "string") {
        return { atoms: [...atoms.slice(0, -1), shortened(last + atom)], when };
      }
      if (atom === undefined && last === undefined && atoms.length > 0) return { atoms, when };
      if (atoms.length >= MOST_ATOMS) {
        for (const each of [...atoms, atom]) if (isPath(each)) this.#visitor.taken(each, "unknown");
        return { atoms: [undefined], when };
      }
      return { atoms: [...atoms, typeof atom === "string" ? shortened(atom) : atom], when };
    });
  }
}

function unique<T>(all: readonly T[], keyOf: (each: T) => string): T[] {
  return [...new Map(all.map((each) => [keyOf(each), each])).values()];
}

/** Whether a part of a line is a value of the chart. */
export function isPath(atom: Atom): atom is ValuePath {
  return Array.isArray(atom);
}

/** Of a literal, only its ends say what stands before and behind a value. */
function shortened(literal: string): string {
  return literal.length > LONGEST ? literal.slice(0, LONGEST / 4) + literal.slice(-LONGEST / 2) : literal;
}
