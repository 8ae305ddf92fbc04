// What the dot and the variables of a template stand for.
import type { Conditions } from "./condition.js";
import { OTHER, choiceOf, either, type Option, type Value } from "./value.js";

/** The dot and the variables of a block. A block within another one sees the outer one's variables. */
export class Scope {
  readonly dot: Value;
  readonly #outer: Scope | undefined;
  readonly #own = new Map<string, Value>();
  /** What the block assigned to variables of the outer one. */
  readonly #assigned = new Map<string, Value>();

  constructor(dot: Value, outer?: Scope) {
    this.dot = dot;
    this.#outer = outer;
    if (!outer) this.#own.set("$", dot);
  }

  /** What a variable stands for. */
  get(name: string): Value {
    return this.#own.get(name) ?? this.#assigned.get(name) ?? this.#outer?.get(name) ?? OTHER;
  }

  /** `$x := …`. */
  declare(name: string, value: Value): void {
    this.#own.set(name, value);
  }

  /** `$x = …`. */
  assign(name: string, value: Value): void {
    if (this.#own.has(name) || !this.#outer) this.#own.set(name, value);
    else this.#assigned.set(name, value);
  }

  /** Whether the block assigned something to a variable of an outer one. */
  get hasAssigned(): boolean {
    return this.#assigned.size > 0;
  }

  /** What the block assigned. */
  get assigned(): ReadonlyMap<string, Value> {
    return this.#assigned;
  }

  /**
   * Takes over what the arms of a branch assigned.
   *
   * @param arms each with its conditions; the last one of a variable that an arm leaves stays
   */
  join(arms: readonly { readonly scope: Scope; readonly when: Conditions }[]): void {
    const names = new Set(arms.flatMap(({ scope }) => [...scope.#assigned.keys()]));
    for (const name of names) {
      const before = this.get(name);
      const options = arms.flatMap(({ scope, when }): Option[] => {
        const value = scope.#assigned.get(name) ?? before;
        return when.map((condition) => ({ when: condition, value }));
      });
      this.assign(name, options.length > 0 ? choiceOf(options) : before);
    }
  }

  /** Takes over what a block assigned that may run any number of times. */
  loosely(scope: Scope): void {
    for (const [name, value] of scope.#assigned) this.assign(name, either([value, this.get(name)]));
  }
}
