// The walk through a file whose tree nobody may want: it begins with steps that notice whether a rule listens, and goes on in
// the real tree from there. ESLint reads a step's node and arguments only for a rule that listens (9.38 to 10 alike).
import { certainTypes } from "./certain.js";
import type { Step } from "./foreign.js";
import { openingSteps, type OpeningStep, type Phase } from "./opening.js";
import { blindTarget, lazily, silentTarget, typedTarget, UNHEARD, visit } from "./probe.js";
import { standIn } from "./stand-in.js";
import type { Position, Range } from "../yaml/reading.js";
import type { LazyTree } from "./tree.js";

/** `onCodePathStart` and the program's own entry come first in yml/yaml's steps. */
const BEFORE_OPENING = 2;

/**
 * The steps of the walk through a file, decided when the first one is taken: by then every rule has been created. See
 * {@link walk}; where the tree was asked for already, they are simply the tree's.
 */
export function stepsOf(tree: LazyTree, positionOf: (offset: number) => Position): Iterable<Step> {
  return {
    [Symbol.iterator]: () =>
      (tree.asked ? tree.steps() : undefined)?.[Symbol.iterator]() ?? walk(tree, positionOf),
  };
}

/**
 * Walks through a file. Three kinds of steps notice a listener, one after the other, and ask for the tree:
 * the steps that the tree surely begins with, which are the real ones as soon as somebody looks at them;
 * the same nodes' exits, out of turn;
 * and for each type that the text surely holds elsewhere, a step that only `Type` or `Type:exit` by itself can match (in
 * ESLint 10): that listener gets the first such node of the tree. What was handed out is left out when its turn comes.
 *
 * Not noticed: a rule that does not read `parserServices` and listens to sequences alone, in a text that is not read and has
 * none in its first 16 KiB; to tags alone whose names nobody gives; or to what the first line does not show, in a text that
 * only yaml-eslint-parser reads. `tree: "full"` is for that.
 *
 * @param tree the file's tree; a rule's `create` may have asked for it
 * @param positionOf line and column of an offset
 * @returns the steps, for ESLint to take one by one: where they lead depends on what it looked at
 */
function* walk(tree: LazyTree, positionOf: (offset: number) => Position): Generator<Step, void, undefined> {
  const { program } = tree;
  yield { kind: 2, type: "call", target: "onCodePathStart", args: [{}, program] };
  yield visit(program, 1, [program]);
  const probes = new Probes(tree, positionOf);
  if (!tree.asked && !tree.template) yield* probes.run();
  const steps = tree.asked ? tree.steps() : undefined;
  if (steps) {
    yield* probes.rest(steps);
    return;
  }
  yield visit(program, 2, [program]);
  yield { kind: 2, type: "call", target: "onCodePathEnd", args: [{}, program] };
}

/** Where to look for a listener of a type. */
interface Unseen {
  readonly phases: readonly Phase[];
  readonly range: Range;
}

class Probes {
  readonly #tree: LazyTree;
  readonly #positionOf: (offset: number) => Position;
  readonly #opening: readonly OpeningStep[];
  /** By opening step: the node that it walks. */
  readonly #targets: (object | undefined)[] = [];
  readonly #standIns = new Map<string, object>();
  /** Steps of the tree, by index, that a listener has got already. */
  readonly #delivered = new Set<number>();
  /** The step of the tree to go on with. */
  #next = BEFORE_OPENING;

  constructor(tree: LazyTree, positionOf: (offset: number) => Position) {
    this.#tree = tree;
    this.#positionOf = positionOf;
    this.#opening = tree.asked || tree.template ? [] : openingSteps(tree.text);
  }

  *run(): Generator<Step, void, undefined> {
    const open: OpeningStep[] = [];
    for (const step of this.#opening) {
      if (step.phase === 1) open.push(step);
      else open.pop();
      this.#next++;
      yield visit(
        this.#target(step),
        step.phase,
        lazily(() => this.#node(step)),
      );
      if (this.#tree.asked) {
        if (!this.#tree.built) yield* this.#leave(open);
        return;
      }
    }
    yield* this.#leave(open);
    if (!this.#tree.asked) yield* this.#elsewhere();
    // Everything is left again: whatever was asked for now is walked from its beginning.
    this.#next = BEFORE_OPENING;
  }

  /** The real tree's steps from where the opening ended. */
  *rest(steps: readonly Step[]): Generator<Step, void, undefined> {
    for (let index = this.#next; index < steps.length; index++) {
      const step = steps[index];
      if (step)
        yield this.#delivered.has(index) && step.kind === 1
          ? { ...step, target: silentTarget(step.target) }
          : step;
    }
  }

  /** Leaves what the opening left open, innermost first. */
  *#leave(open: readonly OpeningStep[]): Generator<Step, void, undefined> {
    for (const step of open.toReversed()) {
      const target = this.#target(step);
      const leave = lazily(() => {
        const node = this.#node(step);
        const index = (this.#tree.steps() ?? []).findIndex(
          (each) => each.kind === 1 && each.phase === 2 && each.target === node,
        );
        this.#delivered.add(index);
        return node;
      });
      yield this.#tree.asked ? visit(silentTarget(target), 2, [target]) : visit(target, 2, leave);
    }
  }

  /** Asks for the types that the opening did not show, entered and left. */
  *#elsewhere(): Generator<Step, void, undefined> {
    const notice = (): void => void this.#tree.code();
    for (const [type, { phases, range }] of this.#unseen()) {
      for (const phase of [1, 2] as const) {
        const target = blindTarget(phases.includes(phase) ? type : UNHEARD, notice);
        yield visit(
          target,
          phase,
          lazily(() => this.#first(type, phase, range)),
        );
        if (phase === 2) continue;
        // A child in it: who asks for its parent's type listens to `parent > *`.
        yield visit(blindTarget(UNHEARD, notice), 1, [this.#tree.program]);
        yield visit(blindTarget(UNHEARD, notice), 2, [this.#tree.program]);
      }
      if (this.#tree.asked) return;
    }
  }

  #unseen(): ReadonlyMap<string, Unseen> {
    const unseen = new Map<string, Unseen>();
    for (const [type, range] of certainTypes(this.#tree, this.#opening)) {
      const seen = this.#opening.filter((step) => step.type === type);
      // An exit was probed with the opening's, in turn or out of turn, for every type that the opening entered.
      if (seen.length === 0) unseen.set(type, { phases: [1, 2], range });
    }
    return unseen;
  }

  #target(step: OpeningStep): object {
    return (this.#targets[step.entered] ??= typedTarget(
      step.type,
      () => this.#node(step),
      (value) =>
        this.#targets.find((target, entered) => target !== undefined && value === this.#nodeAt(entered)) ??
        value,
    ));
  }

  /** The real node of an opening step. */
  #node(step: OpeningStep): object {
    return this.#nodeAt(step.entered) ?? this.#standIn(step.type, step.range);
  }

  #nodeAt(entered: number): object | undefined {
    const step = this.#tree.steps()?.[BEFORE_OPENING + entered];
    return step?.kind === 1 ? step.target : undefined;
  }

  /** The first real node of a type; from now on its own step is left out. */
  #first(type: string, phase: Phase, range: Range): object {
    const steps = this.#tree.steps() ?? [];
    const index = steps.findIndex(
      (step) => step.kind === 1 && step.phase === phase && "type" in step.target && step.target.type === type,
    );
    const step = steps[index];
    if (step?.kind !== 1) return this.#standIn(type, range);
    this.#delivered.add(index);
    return step.target;
  }

  #standIn(type: string, range: Range): object {
    const known = this.#standIns.get(type);
    if (known) return known;
    const loc = { start: this.#positionOf(range[0]), end: this.#positionOf(range[1]) };
    const node = standIn(type, range, loc, this.#tree.program);
    this.#standIns.set(type, node);
    return node;
  }
}
