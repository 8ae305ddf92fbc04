// The functions of templates that put texts together.
import {
  OTHER,
  choiceOf,
  itemsOf,
  known,
  printed,
  textOf,
  type Output,
  type Piece,
  type Value,
} from "./value.js";
import { pay } from "./work.js";

type Made = (args: readonly Value[]) => Value | undefined;

const literal = (text: string): Piece => ({ kind: "literal", text });

function between(values: readonly Value[], separator: Piece): Output {
  pay(values.length);
  return values.flatMap((value, at) => [...(at > 0 ? [separator] : []), printed(value)]);
}

export const print: Made = (args) => textOf(args.map(printed));
export const println: Made = (args) => textOf([...between(args, literal(" ")), literal("\n")]);
export const cat: Made = (args) => textOf(between(args, literal(" ")));

/** `quote`: each argument in quotes, which are those of YAML where it stands alone. */
export const quoted: Made = (args) =>
  textOf(args.flatMap((arg, at) => [literal(at > 0 ? ' "' : '"'), printed(arg), literal('"')]));

export const join: Made = ([separator = OTHER, list = OTHER]) =>
  list.kind === "list"
    ? textOf(between(list.items, printed(separator)))
    : textOf([printed(itemsOf(list)), printed(separator), printed(itemsOf(list))]);

const VERB = /(%(?:%|[-+# 0]*\d*(?:\.\d+)?[a-zA-Z]))/;

/** `printf`: each verb prints an argument. `%q` adds quotes. */
export const printf: Made = ([format = OTHER, ...args]) => {
  if (format.kind === "choice") {
    const options = format.of.map(({ when, value }) => ({
      when,
      value: printf([value, ...args]) ?? undefined,
    }));
    return options.every(
      (option): option is { when: typeof option.when; value: Value } => option.value !== undefined,
    )
      ? choiceOf(options)
      : undefined;
  }
  if (format.kind !== "known") return undefined;
  const output: Piece[] = [];
  const left = [...args];
  for (const part of format.text.split(VERB)) {
    if (part === "%%") output.push(literal("%"));
    else if (!VERB.test(part)) {
      if (part.includes("%")) return undefined;
      output.push(literal(part));
    } else if (/^%[svdqt]$/.test(part)) {
      const quote = part === "%q" ? [literal('"')] : [];
      output.push(...quote, printed(left.shift() ?? OTHER), ...quote);
    } else return undefined;
  }
  // Go prints what is left behind the text.
  return left.length > 0 ? undefined : textOf(output);
};

/** A text without white space at its ends. */
export function trimmed(value: Value): Value {
  return mapText(mapText(value, "start"), "end");
}

/** A text without white space. */
export function nospace(value: Value): Value {
  return mapText(value, "all");
}

type Where = "start" | "end" | "all";

const TRIM: Readonly<Record<Where, (text: string) => string>> = {
  start: (text) => text.trimStart(),
  end: (text) => text.trimEnd(),
  all: (text) => text.replace(/\s+/g, ""),
};

const DEEPEST = 30;

/** What was made of texts, and whether they print something: the same one stands in many others. */
const made: Readonly<Record<Where, WeakMap<Value, Value>>> = {
  start: new WeakMap(),
  end: new WeakMap(),
  all: new WeakMap(),
};
const filled = new WeakMap<Value, boolean>();

function mapText(value: Value, where: Where, depth = DEEPEST): Value {
  if (depth === 0) return value;
  if (value.kind === "known") return value.isFalse ? value : known(TRIM[where](value.text));
  if (value.kind !== "choice" && value.kind !== "text") return value;
  const before = made[where].get(value);
  if (before) return before;
  const after =
    value.kind === "text"
      ? textOf(mapOutput(value.output, where, depth - 1))
      : choiceOf(value.of.map(({ when, value: each }) => ({ when, value: mapText(each, where, depth - 1) })));
  made[where].set(value, after);
  return after;
}

function mapOutput(output: Output, where: Where, depth: number): Output {
  pay(output.length);
  const pieces = where === "end" ? [...output].reverse() : [...output];
  for (const [at, piece] of pieces.entries()) {
    const mapped =
      piece.kind === "literal"
        ? literal(TRIM[where](piece.text))
        : printed(mapText(piece.value, where, depth));
    pieces[at] = mapped;
    if (where !== "all" && isFilled(mapped)) break;
  }
  return where === "end" ? pieces.reverse() : pieces;
}

/** Whether something is surely printed, so that what follows is not at the end. */
function isFilled(piece: Piece, depth = DEEPEST): boolean {
  if (piece.kind === "literal") return piece.text !== "";
  const { value } = piece;
  if (value.kind !== "choice" && value.kind !== "text") return true;
  const known = filled.get(value);
  if (known !== undefined) return known;
  if (depth === 0) return false;
  const is =
    value.kind === "text"
      ? value.output.some((each) => isFilled(each, depth - 1))
      : value.of.every(({ value: each }) => isFilled(printed(each), depth - 1));
  filled.set(value, is);
  return is;
}
