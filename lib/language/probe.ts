// Steps that notice whether ESLint looks at them: a node or an argument that is fetched when it is read, and not before.
import type { Phase } from "./opening.js";
import type { Step } from "./foreign.js";
import { NODE_PROPERTIES } from "./syntax.js";

/** A node type that no selector names. */
export const UNHEARD = "";

/** A step that enters (1) or leaves (2) a node. */
export function visit(target: object, phase: Phase, args: unknown[]): Step {
  return { kind: 1, type: "visit", target, phase, args };
}

/** One argument, computed when a listener is called with it. */
export function lazily(argument: () => unknown): unknown[] {
  return new LazyArguments(argument);
}

/** The index is the prototype's accessor: a walk makes dozens of these, and an accessor of its own for each is slow. */
class LazyArguments extends Array<unknown> {
  /** What is made of it, a slice say, is a plain array. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  readonly #argument: () => unknown;

  constructor(argument: () => unknown) {
    super(1);
    this.#argument = argument;
  }

  get 0(): unknown {
    return this.#argument();
  }
}

/**
 * A node of a known type. Its type may be read freely; reading anything else that a node has fetches the real one.
 *
 * @param node fetches the real node
 * @param same what to hand out for a child: for a node that was walked as such a target, that target, since selectors compare
 *   children by identity
 */
export function typedTarget(type: string, node: () => object, same: (value: unknown) => unknown): object {
  return new Proxy(
    {},
    {
      get(_, name) {
        if (name === "type") return type;
        if (!NODE_PROPERTIES.has(name)) return undefined;
        const value: unknown = Reflect.get(node(), name);
        return Array.isArray(value) ? value.map(same) : same(value);
      },
      has: (_, name) => Reflect.has(node(), name),
    },
  );
}

/**
 * A node that is somewhere in the tree, not here. ESLint reads its type once, to look up who listens; a second look, or a look
 * at anything else, means that a selector is being tried on it: that is noticed, and what it sees matches nothing.
 */
export function blindTarget(type: string, notice: () => void): object {
  let looked = false;
  return new Proxy(
    {},
    {
      get(_, name) {
        if (name === "type" && !looked) {
          looked = true;
          return type;
        }
        if (NODE_PROPERTIES.has(name)) notice();
        return name === "type" ? UNHEARD : undefined;
      },
    },
  );
}

/** A node that nobody is told of because its type cannot be looked up; to its children it is what it is. */
export function silentTarget(node: object): object {
  let looked = false;
  return new Proxy(node, {
    get(target, name) {
      if (name === "type" && !looked) {
        looked = true;
        return UNHEARD;
      }
      return Reflect.get(target, name) as unknown;
    },
  });
}
