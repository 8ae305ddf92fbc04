// When a value counts as true, as `if` and `and` ask.
import { ALWAYS, NEVER, UNKNOWN, and, or, test, type Truth } from "./condition.js";
import type { Value } from "./value.js";
import { pay } from "./work.js";

const TRUE: Truth = { yes: ALWAYS, no: NEVER };
const FALSE: Truth = { yes: NEVER, no: ALWAYS };

/** How deep is looked for what decides. */
const DEEPEST = 12;

/**
 * What was found out of values: the same one stands in many others. A mapping in one of them may be filled
 * later; until then it was not known whether it is empty, which says less but nothing wrong.
 */
const found = new WeakMap<Value, { readonly depth: number; readonly truth: Truth }>();

/** When a value counts as true. */
export function truthOf(value: Value): Truth {
  return truthAt(value, DEEPEST);
}

function truthAt(value: Value, depth: number): Truth {
  if (depth === 0) return UNKNOWN;
  if (value.kind !== "choice" && value.kind !== "merged" && value.kind !== "text") return truthOfOne(value);
  const before = found.get(value);
  if (before && before.depth >= depth) return before.truth;
  pay(value.kind === "text" ? value.output.length : value.of.length);
  const truth = truthInside(value, depth - 1);
  found.set(value, { depth, truth });
  return truth;
}

function truthOfOne(value: Value): Truth {
  switch (value.kind) {
    case "known":
      return value.isFalse ? FALSE : TRUE;
    case "value":
      return test(value.path);
    case "test":
      return value.truth;
    case "root":
      return TRUE;
    case "mapping":
      return value.entries.size > 0 ? TRUE : UNKNOWN;
    case "list":
      return value.items.length > 0 ? TRUE : FALSE;
    default:
      return UNKNOWN;
  }
}

function truthInside(value: Extract<Value, { kind: "choice" | "merged" | "text" }>, depth: number): Truth {
  switch (value.kind) {
    case "choice":
      return value.of
        .map(({ when, value: each }) => {
          const { yes, no } = truthAt(each, depth);
          return { yes: and([when], yes), no: and([when], no) };
        })
        .reduce((one, other) => ({ yes: or(one.yes, other.yes), no: or(one.no, other.no) }), {
          yes: NEVER,
          no: NEVER,
        });
    case "merged":
      return anyOf(value.of.map((each) => truthAt(each, depth)));
    default:
      return anyOf(
        value.output.map((piece) =>
          piece.kind === "literal" ? (piece.text === "" ? FALSE : TRUE) : truthAt(piece.value, depth),
        ),
      );
  }
}

/** When one of some is true. */
export function anyOf(truths: readonly Truth[]): Truth {
  return truths.reduce((one, other) => ({ yes: or(one.yes, other.yes), no: and(one.no, other.no) }), FALSE);
}
