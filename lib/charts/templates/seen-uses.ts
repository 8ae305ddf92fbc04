// What templates do with values: what was seen of it, each once, and found again by the values' paths.
import type { Condition } from "./condition.js";
import type { Atom } from "./forms.js";
import { nameOfPath } from "./held.js";
import { isPath, type Line } from "./lines.js";
import { PathIndex } from "./path-index.js";
import { SharedCondition } from "./shared-condition.js";
import type { ValuePath } from "./value.js";
import { pay } from "./work.js";

/** A form of a line that holds a value, or depends on one. */
export interface UsedLine {
  /** The template's path in the chart. */
  readonly file: string;
  readonly atoms: readonly Atom[];
  readonly when: Condition;
  /** How many were seen before. */
  readonly order: number;
}

/** A value that goes where it is not followed. */
export interface TakenValue {
  readonly file: string;
  readonly path: ValuePath;
  /** See {@link Taken.how}. `yaml`: it, or something above it, is printed as YAML. */
  readonly how: "held" | "asked" | "unknown" | "yaml";
  /** How many were seen before. */
  readonly order: number;
}

/** What it costs to note a line or a condition, and to look at one later; see {@link pay}. */
const STEPS_OF_LINE = 25;

/** A line, whose condition is made a list where somebody asks for it. */
class SeenLine implements UsedLine {
  readonly #when: SharedCondition;

  constructor(
    readonly file: string,
    when: SharedCondition,
    readonly atoms: readonly Atom[],
    readonly order: number,
  ) {
    this.#when = when;
  }

  get when(): Condition {
    return this.#when.all;
  }
}

/** What was seen under a condition. */
interface Conditional {
  readonly lines: UsedLine[];
  readonly names: Set<string>;
}

/** What was seen in the templates of a chart. */
export class SeenUses {
  /** The beginning of the chart's conditions. */
  readonly always = SharedCondition.always();
  readonly #lines = new PathIndex<UsedLine>();
  readonly #conditional = new Map<SharedCondition, Conditional>();
  readonly #taken = new PathIndex<TakenValue>();
  readonly #seenTaken = new Set<string>();
  #count = 0;

  /** Notes a form of a line. */
  line(file: string, { atoms, when }: Line): void {
    const name = atoms.length === 0 ? file : `${file}\n${nameOfAtoms(atoms)}`;
    const { lines, names } = this.#under(when);
    if (names.has(name)) return;
    names.add(name);
    pay(STEPS_OF_LINE + atoms.length);
    const seen = new SeenLine(file, when, atoms, this.#count++);
    lines.push(seen);
    const paths = new Map(atoms.filter(isPath).map((path) => [nameOfPath(path), path]));
    for (const path of paths.values()) this.#lines.add(path, seen);
  }

  #under(when: SharedCondition): Conditional {
    const known = this.#conditional.get(when);
    if (known) return known;
    const made: Conditional = { lines: [], names: new Set() };
    this.#conditional.set(when, made);
    return made;
  }

  /** Notes a value that goes where it is not followed. */
  taken({ file, path, how }: Omit<TakenValue, "order">): void {
    const key = `${file}\n${how}${nameOfPath(path)}`;
    if (this.#seenTaken.has(key)) return;
    this.#seenTaken.add(key);
    this.#taken.add(path, { file, path, how, order: this.#count++ });
  }

  /**
   * The forms of lines that hold one of some values, or depend on one.
   *
   * @throws {TooMuch} where there are more than are looked at
   */
  linesWith(paths: readonly ValuePath[]): readonly UsedLine[] {
    return inOrder(
      paths.flatMap((path) => [
        ...this.#lines.at(path),
        ...[...this.always.asking(path)].flatMap((when) => this.#conditional.get(when)?.lines ?? []),
      ]),
    );
  }

  /**
   * What became of values that go where they are not followed: of some, and of those above them.
   *
   * @throws {TooMuch} where there are more than are looked at
   */
  takenAt(paths: readonly ValuePath[]): readonly TakenValue[] {
    return inOrder(paths.flatMap((path) => this.#taken.above(path)));
  }
}

function nameOfAtoms(atoms: readonly Atom[]): string {
  return atoms.map((atom) => (isPath(atom) ? nameOfPath(atom) : JSON.stringify(atom))).join();
}

function inOrder<T extends { readonly order: number }>(found: readonly T[]): readonly T[] {
  pay(found.length * STEPS_OF_LINE);
  return [...new Set(found)].sort((one, other) => one.order - other.order);
}
