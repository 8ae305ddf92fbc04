// Finds what was noted for paths of values, in which `*` is any key.
import { ANY_KEY, type ValuePath } from "./value.js";

interface Step<T> {
  readonly items: T[];
  readonly below: Map<string, Step<T>>;
}

/** What was noted, by path. */
export class PathIndex<T> {
  readonly #root: Step<T> = { items: [], below: new Map() };
  readonly #known = new WeakMap<ValuePath, Step<T>>();

  /** Notes something for a path. */
  add(path: ValuePath, item: T): void {
    this.#step(path).items.push(item);
  }

  #step(path: ValuePath): Step<T> {
    const known = this.#known.get(path);
    if (known) return known;
    let step = this.#root;
    for (const key of path) {
      const next = step.below.get(key) ?? { items: [], below: new Map() };
      step.below.set(key, next);
      step = next;
    }
    this.#known.set(path, step);
    return step;
  }

  /** What was noted for paths that may be this one. */
  at(path: ValuePath): readonly T[] {
    return (this.#steps(path).at(-1) ?? []).flatMap(({ items }) => items);
  }

  /** What was noted for paths that may be this one, or above it. */
  above(path: ValuePath): readonly T[] {
    return this.#steps(path).flatMap((steps) => steps.flatMap(({ items }) => items));
  }

  /** By how many keys lead there. */
  #steps(path: ValuePath): readonly (readonly Step<T>[])[] {
    let steps = [this.#root];
    const all = [steps];
    for (const key of path) {
      steps = steps.flatMap(({ below }) =>
        [...new Set([key, ANY_KEY])].flatMap((each) => below.get(each) ?? []),
      );
      all.push(steps);
    }
    return all;
  }
}
