// Where a walk through a tree meets something new, told node by node before there is a tree.

/** The types of nodes that a walk meets, by number. */
const TYPES = [
  "Program",
  "YAMLDocument",
  "YAMLDirective",
  "YAMLMapping",
  "YAMLPair",
  "YAMLSequence",
  "YAMLScalar",
  "YAMLWithMeta",
  "YAMLAnchor",
  "YAMLTag",
  "YAMLAlias",
] as const;

/** A node's type. */
export type NodeType = (typeof TYPES)[number];

/** A node, as far as it is told. */
export interface FirstNode {
  readonly type: NodeType;
  /** How many children of its parent come before it. */
  readonly child: number;
  /** Where it begins. */
  readonly start: number;
}

/** A node is entered (1) or left (2). */
export interface FirstStep {
  readonly node: FirstNode;
  readonly phase: 1 | 2;
}

/** The number of each type, as {@link FirstSteps} takes it. */
export const TYPE = Object.fromEntries(TYPES.map((type, number) => [type, number])) as Readonly<
  Record<NodeType, number>
>;

/**
 * Is told of each node that is entered and left, in the order of a walk, and keeps the steps that are the
 * first of their kind, and those that enter and leave the nodes around them. Of one kind are the steps that
 * enter, or that leave, nodes of one type in parents of one type; a node that is deeper than any before it is
 * of a kind of its own.
 *
 * Most nodes are never kept, so of those that are open only numbers are.
 */
export class FirstSteps {
  /** What was found so far. */
  readonly found: FirstStep[] = [];
  /** By a parent's type, as bits: the types of the children that were entered. */
  readonly #entered = TYPES.map(() => 0);
  /** The same, of those that were left. */
  readonly #left = TYPES.map(() => 0);
  /** Of each open node, from the program on: its type, its place among its siblings, where it begins. */
  readonly #types = [TYPE.Program];
  readonly #places = [0];
  readonly #starts = [0];
  /** How many children it had so far. */
  readonly #children = [0];
  /** The index of the innermost one. */
  #top = 0;
  #deepest = 0;
  /** Those of the open nodes that were found, without the program. */
  readonly #shown: FirstNode[] = [];

  enter(type: number, start: number): void {
    const parent = this.#types[this.#top] ?? 0;
    const place = this.#children[this.#top] ?? 0;
    this.#children[this.#top] = place + 1;
    const top = ++this.#top;
    this.#types[top] = type;
    this.#places[top] = place;
    this.#starts[top] = start;
    this.#children[top] = 0;
    const entered = this.#entered[parent] ?? 0;
    if (entered & (1 << type) && top <= this.#deepest) return;
    this.#entered[parent] = entered | (1 << type);
    this.#deepest = Math.max(this.#deepest, top);
    this.#show();
  }

  /** Leaves the innermost open node. */
  leave(): void {
    const type = this.#types[this.#top] ?? 0;
    const parent = this.#types[this.#top - 1] ?? 0;
    const left = this.#left[parent] ?? 0;
    if (!(left & (1 << type))) {
      this.#left[parent] = left | (1 << type);
      this.#show();
    }
    if (this.#shown.length === this.#top) {
      const node = this.#shown.pop();
      if (node) this.found.push({ node, phase: 2 });
    }
    this.#top--;
  }

  /** Enters a node without children, and leaves it. */
  leaf(type: number, start: number): void {
    const top = this.#top;
    const left = this.#left[this.#types[top] ?? 0] ?? 0;
    if (left & (1 << type) && top < this.#deepest) {
      this.#children[top] = (this.#children[top] ?? 0) + 1;
    } else {
      this.enter(type, start);
      this.leave();
    }
  }

  /**
   * Enters what is open and was left out. It holds nothing that was shown, or it would have been shown too.
   */
  #show(): void {
    for (let at = this.#shown.length + 1; at <= this.#top; at++) {
      const type = TYPES[this.#types[at] ?? 0] ?? "Program";
      const node = { type, child: this.#places[at] ?? 0, start: this.#starts[at] ?? 0 };
      this.#shown.push(node);
      this.found.push({ node, phase: 1 });
    }
  }
}
