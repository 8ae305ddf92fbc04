// Nodes that a walk shows before their tree is built. Whoever looks at more than types has it built, and
// those that are open by then become the tree's own nodes.
import type { AST } from "yaml-eslint-parser";
import type { FirstNode } from "../yaml/first-steps.js";
import { NODE_PROPERTIES, VISITOR_KEYS } from "./syntax.js";

/** A node of which no more is known than its type. */
export class EarlyNode {
  readonly #type: string;
  readonly #ask: () => void;
  #reads = 0;

  /** @param ask called where more is needed than the type; must {@link settle} the node */
  constructor(type: string, ask: () => void) {
    this.#type = type;
    this.#ask = ask;
  }

  /** May be read as often as was allowed. */
  get type(): string {
    if (this.#reads-- <= 0) this.#ask();
    return this.#type;
  }

  /** Allows to read the type so often without asking for more. */
  static allow(node: EarlyNode | undefined, reads: number): void {
    if (node) node.#reads = reads;
  }

  /** What a property holds, once it is known. */
  static read(node: EarlyNode, name: string): unknown {
    node.#ask();
    return Reflect.get(node, name);
  }
}

for (const name of NODE_PROPERTIES) {
  Object.defineProperty(EarlyNode.prototype, name, {
    get(this: EarlyNode): unknown {
      return EarlyNode.read(this, name);
    },
  });
}

/** A step at an early node, which is settled before a listener gets it. */
export class EarlyStep {
  readonly kind = 1;
  readonly length = 1;
  readonly target: EarlyNode;
  readonly phase: 1 | 2;

  constructor(target: EarlyNode, phase: 1 | 2) {
    this.target = target;
    this.phase = phase;
  }

  /** A listener's arguments: the step itself, as a list of one node. One object each would be slower. */
  get args(): this {
    return this;
  }

  get 0(): EarlyNode {
    EarlyNode.read(this.target, "range");
    return this.target;
  }

  /** ESLint 9 spreads the arguments. */
  *[Symbol.iterator](): Generator<EarlyNode> {
    yield this[0];
  }
}

/** Gives an early node its properties. It is a plain object from then on. */
export function settle(node: EarlyNode, properties: object): void {
  Object.assign(Object.setPrototypeOf(node, Object.prototype) as object, properties);
}

/** An early node that was entered and not left. */
export interface OpenNode {
  readonly node: EarlyNode;
  /** What the events tell of it. */
  readonly first: FirstNode;
}

/**
 * Puts early nodes into a tree, each in the place of the node that it was shown for.
 *
 * @param root the tree's root
 * @param open the early nodes, each the parent of the next
 * @returns whether the tree has nodes of these types there; where it has not, nothing is changed
 */
export function graft(root: AST.YAMLProgram, open: readonly OpenNode[]): boolean {
  const nodes: Properties[] = [];
  for (const { first } of open) {
    const node = childrenOf(nodes.at(-1) ?? { ...root })[first.child];
    if (node?.["type"] !== first.type) return false;
    nodes.push(node);
  }
  // Children first, for a copy must hold what has taken its child's place.
  for (const [at, { node }] of [...open.entries()].reverse()) {
    const real = nodes[at] ?? {};
    settle(node, real);
    for (const child of childrenOf(real)) child["parent"] = node;
    replaceIn(nodes[at - 1] ?? { body: root.body }, real, node);
    // A document lists its anchors once more.
    replaceIn(nodes[0]?.["anchors"] as Properties, real, node);
  }
  return true;
}

type Properties = Record<string, unknown>;

function replaceIn(holder: Properties, from: Properties, to: EarlyNode): void {
  for (const [key, held] of Object.entries(holder)) {
    if (held === from) holder[key] = to;
    else if (Array.isArray(held) && held.includes(from)) held[held.indexOf(from)] = to;
  }
}

/** In the order in which they are walked. */
function childrenOf(node: Properties): Properties[] {
  const keys = VISITOR_KEYS[node["type"] as string] ?? [];
  const held = keys.flatMap((key) => node[key] as (Properties | null)[]);
  return held.filter((child) => child !== null);
}
