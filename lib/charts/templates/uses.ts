// What a template prints, line by line: where each value stands, and what stands beside it.
import { printed, type Output, type Piece, type Value, type ValuePath } from "./value.js";

/** A value in a line that a template prints. */
export interface Printed {
  readonly path: ValuePath;
  /** What stands before it in the line, the nearest first: literals, and other values. */
  readonly before: readonly Atom[];
  /** What stands right behind it; `""` at the line's end. */
  readonly after: Atom;
  /** The line's number among those of its template; its forms share it. */
  readonly line: number;
  /** Values that are empty where this form of the line is printed. */
  readonly without: readonly ValuePath[];
}

/** A literal, a value, or (`undefined`) something that is not followed. */
export type Atom = string | ValuePath | undefined;

/** One form of a line. */
interface Line {
  readonly atoms: readonly Atom[];
  readonly without: readonly ValuePath[];
  /** The same as a text, to tell forms apart. */
  readonly key: string;
}

const EMPTY: Line = { atoms: [], without: [], key: "" };

/** How many forms of one line are told apart. */
const MOST_LINES = 48;
/** Of how many parts a line may be. */
const MOST_ATOMS = 100;
/** In characters. */
const LONGEST = 200;
/** Texts within texts can be very large. */
const MOST_PIECES = 200_000;

/**
 * Finds what is printed of values.
 *
 * @param output what a template prints
 * @param visit is called for each value in each form of each line
 * @returns false where a line has more forms than are told apart
 */
export function eachPrinted(output: Output, visit: (printed: Printed) => void): boolean {
  const reader = new LineReader(visit);
  reader.add(output);
  reader.end();
  return reader.isComplete;
}

class LineReader {
  readonly #visit: (printed: Printed) => void;
  /** The forms of the line at hand. */
  #lines: readonly Line[] = [EMPTY];
  #number = 0;
  #left = MOST_PIECES;
  /** Values that are empty where the output at hand is printed. */
  #without: readonly ValuePath[] = [];
  isComplete = true;

  constructor(visit: (printed: Printed) => void) {
    this.#visit = visit;
  }

  add(output: Output): void {
    for (const piece of output) {
      if (this.#left <= 0) this.isComplete = false;
      else this.#piece(piece);
    }
  }

  end(): void {
    for (const line of this.#lines) this.#read(line);
    this.#lines = [EMPTY];
    this.#number++;
  }

  #piece(piece: Piece): void {
    this.#left--;
    if (piece.kind === "literal") this.#literal(piece.text);
    else if (piece.kind === "print") this.#value(piece.value);
    else this.#arms(piece.arms, piece.asked);
  }

  #literal(text: string): void {
    const first = text.indexOf("\n");
    if (first < 0) {
      this.#append(text);
      return;
    }
    this.#append(text.slice(0, first));
    this.end();
    // Whole lines between hold no values.
    this.#append(text.slice(text.lastIndexOf("\n") + 1));
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
      case "either":
        this.#arms(value.of.map((each) => [printed(each)]));
        break;
      case "mapping":
        // Printed as Go's text of a map: nothing is known of it.
        for (const each of value.entries.values()) this.#value(each);
        break;
      default:
        this.#append(undefined);
    }
  }

  /** Each arm goes on with the forms of now. */
  #arms(arms: readonly Output[], asked?: ValuePath): void {
    if (arms.every((arm) => arm.length === 0)) return;
    const before = this.#lines;
    const outer = this.#without;
    const after: Line[] = [];
    for (const [index, arm] of arms.entries()) {
      this.#lines = before;
      this.#without = asked && index > 0 ? [...outer, asked] : outer;
      this.add(arm);
      after.push(...this.#lines);
    }
    this.#without = outer;
    const unique = new Map(after.map((line) => [line.key, line]));
    this.isComplete &&= unique.size <= MOST_LINES;
    this.#lines = [...unique.values()].slice(0, MOST_LINES);
  }

  #append(atom: Atom): void {
    if (atom === "") return;
    this.#lines = this.#lines.map(({ atoms, without: before, key }) => {
      // What was printed in an arm stays so when the line goes on behind it.
      const without = [...new Set([...before, ...this.#without])];
      const last = atoms.at(-1);
      if (typeof atom === "string" && typeof last === "string") {
        return { atoms: [...atoms.slice(0, -1), shortened(last + atom)], without, key: key + atom };
      }
      const text = typeof atom === "string" ? shortened(atom) : atom;
      const its = `${textOf(text)}\u0000${without.map((path) => path.join(".")).join(" ")}`;
      if (atoms.length >= MOST_ATOMS) this.isComplete = false;
      const longer = atoms.length >= MOST_ATOMS ? atoms : [...atoms, text];
      return { atoms: longer, without, key: `${key}\u0000${its}\u0000` };
    });
  }

  #read({ atoms, without }: Line): void {
    for (const [at, atom] of atoms.entries()) {
      if (!isPath(atom)) continue;
      const after = at + 1 < atoms.length ? atoms[at + 1] : "";
      this.#visit({ path: atom, before: atoms.slice(0, at).reverse(), after, line: this.#number, without });
    }
  }
}

function isPath(atom: Atom): atom is ValuePath {
  return Array.isArray(atom);
}

function textOf(atom: Atom): string {
  return typeof atom === "string" ? atom : (atom?.join(".") ?? "?");
}

/** Of a literal, only its ends say what stands before and behind a value. */
function shortened(literal: string): string {
  return literal.length > LONGEST ? literal.slice(0, LONGEST / 4) + literal.slice(-LONGEST / 2) : literal;
}
