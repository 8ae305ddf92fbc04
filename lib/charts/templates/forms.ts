// The forms that a line may have, while it is put together. The same form is the same object, so that
// thousands of them are compared at no cost.
import { nameOfPath } from "./held.js";
import type { ValuePath } from "./value-path.js";

/** A literal, or a value of the chart. `undefined`: something that is not followed. */
export type Atom = string | ValuePath | undefined;

/** Of how many parts a line may be. */
const MOST_ATOMS = 100;
/** In characters. */
const LONGEST = 200;

/** What a line consists of: one part behind another one. */
export class Form {
  readonly #before: Form | undefined;
  readonly #last: Atom;
  readonly #length: number;
  /** Whether it holds a value of the chart. */
  readonly hasValue: boolean;
  /** Whether it is white space. */
  readonly isBlank: boolean;
  #next: Map<string | undefined, Form> | undefined;

  constructor(before?: Form, last?: Atom) {
    this.#before = before;
    this.#last = last;
    this.#length = before ? before.#length + 1 : 0;
    this.hasValue = before !== undefined && (before.hasValue || typeof last === "object");
    this.isBlank = !before || (before.isBlank && typeof last === "string" && !/\S/.test(last));
  }

  /** A line with one more part; `undefined` where it would have too many. */
  with(atom: Atom): Form | undefined {
    if (typeof atom === "string") {
      return this.#before && typeof this.#last === "string"
        ? this.#before.#then(shortened(this.#last + atom))
        : this.#longer(shortened(atom));
    }
    return atom === undefined && this.#before && this.#last === undefined ? this : this.#longer(atom);
  }

  /** Its parts, in order. */
  get atoms(): readonly Atom[] {
    const atoms: Atom[] = [];
    this.#collect(atoms);
    return atoms;
  }

  /** At most {@link MOST_ATOMS} deep. */
  #collect(atoms: Atom[]): void {
    if (!this.#before) return;
    this.#before.#collect(atoms);
    atoms.push(this.#last);
  }

  #longer(atom: Atom): Form | undefined {
    return this.#length >= MOST_ATOMS ? undefined : this.#then(atom);
  }

  #then(atom: Atom): Form {
    const key = typeof atom === "string" ? `"${atom}` : atom && nameOfPath(atom);
    this.#next ??= new Map();
    const known = this.#next.get(key);
    if (known) return known;
    const made = new Form(this, atom);
    this.#next.set(key, made);
    return made;
  }
}

/** Of a literal, only its ends say what stands before and behind a value. */
export function shortened(literal: string): string {
  return literal.length > LONGEST ? literal.slice(0, LONGEST / 4) + literal.slice(-LONGEST / 2) : literal;
}
