// The named templates that run, one within the other.

/** How many may run within one another. */
const DEEPEST_CALL = 40;
/** How often a template may run within itself. */
const DEEPEST_RECURSION = 4;

/** The templates that run. */
export class Running {
  readonly #all: { readonly name: string; readonly key: string | undefined }[] = [];

  /** Begins anew. */
  clear(): void {
    this.#all.length = 0;
  }

  /** Whether a template is not run once more. `key`: the same for the same template and dot. */
  isTooDeep(name: string, key: string | undefined): boolean {
    const same = this.#all.filter((each) => each.name === name);
    const isSame = same.some((each) => each.key !== undefined && each.key === key);
    return isSame || same.length >= DEEPEST_RECURSION || this.#all.length >= DEEPEST_CALL;
  }

  /** A template begins to run. */
  enter(name: string, key: string | undefined): void {
    this.#all.push({ name, key });
  }

  /** The last one that began has ended. */
  leave(): void {
    this.#all.pop();
  }
}
