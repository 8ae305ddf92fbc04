// The first steps of a walk through a text's tree, told by its lines: most texts without an image need no
// more, and a list of their events would take twice as long.
import { FirstSteps, TYPE, type FirstStep } from "./first-steps.js";
import type { NodeListener } from "./node-listener.js";
import { tellLines } from "./usual-lines.js";

/**
 * Finds the steps of a walk through a text's tree that are the first of their kind.
 *
 * @param text a text that is no template
 * @returns the steps, see {@link FirstSteps}, in the order of the walk; `undefined` where only a parser can
 *   tell, see {@link tellLines}
 */
export function stepsOfLines(text: string): readonly FirstStep[] | undefined {
  const list = new StepList();
  return tellLines(text, list) ? list.steps() : undefined;
}

class StepList implements NodeListener {
  readonly #steps = new FirstSteps();
  #hasDocument = false;
  /** Whether the innermost collection is a mapping, and whether a key comes next in it. */
  #isMapping = false;
  #isKeyNext = false;
  /** Whether the collections around it are mappings: a collection is always a value there. */
  readonly #areMappings: boolean[] = [];

  /** Of a text without a node there is one document, too, as yaml-eslint-parser has it. */
  steps(): readonly FirstStep[] {
    if (!this.#hasDocument) this.#steps.leaf(TYPE.YAMLDocument, 0);
    return this.#steps.found;
  }

  restart(): void {
    // A parser begins anew.
  }

  document(): void {
    this.#hasDocument = true;
    this.#steps.enter(TYPE.YAMLDocument, 0);
  }

  collection(start: number, isMapping: boolean): void {
    this.#steps.enter(isMapping ? TYPE.YAMLMapping : TYPE.YAMLSequence, start);
    this.#areMappings.push(this.#isMapping);
    this.#isMapping = isMapping;
    this.#isKeyNext = isMapping;
  }

  pop(): void {
    this.#steps.leave();
    const around = this.#areMappings.pop();
    if (around === undefined) return;
    this.#isMapping = around;
    this.#isKeyNext = false;
    this.#leaveNode(false);
  }

  empty(): void {
    this.#leaveNode(this.#isKeyNext);
  }

  plain(start: number): void {
    this.#leaf(start);
  }

  quoted(start: number): void {
    this.#leaf(start);
  }

  block(start: number): void {
    this.#leaf(start);
  }

  #leaf(start: number): void {
    const isKey = this.#isKeyNext;
    if (isKey) this.#steps.enter(TYPE.YAMLPair, start);
    this.#steps.leaf(TYPE.YAMLScalar, start);
    this.#leaveNode(isKey);
  }

  #leaveNode(isKey: boolean): void {
    if (!this.#isMapping) return;
    if (!isKey) this.#steps.leave();
    this.#isKeyNext = !isKey;
  }
}
