// The values that go where they are not followed.
import type { Test } from "./condition.js";
import { heldIn, nameOfPath } from "./held.js";
import { ANY_KEY, type Value, type ValuePath } from "./value.js";
import { pay } from "./work.js";

/** A value that goes where it is not followed. */
export interface Taken {
  readonly path: ValuePath;
  /**
   * `held`: what it holds matters. `asked`: only whether it holds something. `unknown`: it may be no more
   * than an image that is put together, for the named template is not there.
   */
  readonly how: "held" | "asked" | "unknown";
}

/**
 * Collects them, each once.
 *
 * @throws {TooMuch} by each method that collects, where there are more than are looked at
 */
export class TakenValues {
  #all = new Map<string, Taken>();

  /** Begins anew. */
  clear(): void {
    this.#all = new Map();
  }

  /** What was collected. */
  get all(): readonly Taken[] {
    return [...this.#all.values()];
  }

  /** What decides, and is in no condition. */
  undecided(value: Value, tests: readonly Test[]): void {
    if (value.kind === "value") return;
    const isFollowed = value.kind !== "other" && value.kind !== "yaml";
    const decided = new Set(tests.map(({ path }) => nameOfPath(path)));
    for (const { path, isRoot } of heldIn(value)) {
      if (!isRoot && !decided.has(nameOfPath(path))) this.#add({ path, how: isFollowed ? "asked" : "held" });
    }
  }

  items(value: Value): void {
    for (const { path } of heldIn(value)) {
      if (path.includes(ANY_KEY)) this.#add({ path, how: "unknown" });
    }
  }

  /** The root may be handed on for any of its values, or for none. */
  take(values: readonly Value[], how: Taken["how"]): void {
    for (const value of values) {
      for (const { path, isAsked, isRoot } of heldIn(value)) {
        this.#add({
          path,
          how: isRoot && how !== "asked" ? "unknown" : isAsked && how === "held" ? "asked" : how,
        });
      }
    }
  }

  #add(taken: Taken): void {
    pay();
    this.#all.set(`${taken.how} ${nameOfPath(taken.path)}`, taken);
  }
}
