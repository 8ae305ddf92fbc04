// What `eq`, `hasPrefix` and the like ask of a chart's values.
import { ALWAYS, NEVER, UNKNOWN, and, or, test, type Conditions, type Truth } from "./condition.js";
import { OTHER, type Value } from "./value.js";
import { pay } from "./work.js";

/** A literal or a value of the chart, and when it is that; `undefined` for what is not followed. */
interface Case {
  readonly when: Conditions;
  readonly of: { readonly text: string } | Extract<Value, { kind: "value" }> | undefined;
}

const MOST_CASES = 24;

/**
 * When the first of some values is the same as another one of them.
 *
 * @returns `undefined` where that depends on what values hold, in a way that is not followed
 */
export function comparison([first = OTHER, ...others]: readonly Value[]): Truth | undefined {
  return decided(
    casesOf(first),
    others.flatMap((other) => casesOf(other)),
    (one, other) => {
      if (one.text !== undefined && other.text !== undefined) return one.text === other.text;
      const [path, text] = one.path ? [one.path, other.text] : [other.path, one.text];
      if (!path || text === undefined) return undefined;
      return text === "" ? opposite(test(path)) : test(path, `=${text}`);
    },
  );
}

/** When a value begins with a text, ends with it, or contains it. */
export function endings(
  asks: "^" | "$" | "~",
  [text = OTHER, value = OTHER]: readonly Value[],
): Truth | undefined {
  return decided(casesOf(value), casesOf(text), (one, other) => {
    if (other.text === undefined) return undefined;
    if (one.path) return test(one.path, `${asks}${other.text}`);
    return one.text === undefined ? undefined : answers(one.text, `${asks}${other.text}`);
  });
}

/** Whether a text answers a question with yes; see {@link Test.asks}. */
export function answers(text: string, asks: string): boolean {
  const of = asks.slice(1);
  switch (asks[0]) {
    case "=":
      return text === of;
    case "^":
      return text.startsWith(of);
    case "$":
      return text.endsWith(of);
    case "~":
      return text.includes(of);
    default:
      return text !== "";
  }
}

interface Side {
  readonly text?: string;
  readonly path?: readonly string[];
}

function decided(
  ones: readonly Case[],
  others: readonly Case[],
  decide: (one: Side, other: Side) => Truth | boolean | undefined,
): Truth | undefined {
  if (ones.length * others.length > MOST_CASES) return undefined;
  let yes: Conditions = NEVER;
  let no: Conditions = NEVER;
  for (const one of ones) {
    for (const other of others) {
      const when = and(one.when, other.when);
      const its = decideSides(one.of, other.of, decide);
      if (its === undefined) return undefined;
      yes = or(yes, and(when, its.yes));
      no = or(no, and(when, its.no));
    }
  }
  // With more than one to compare with, that one is another says nothing of the rest.
  return { yes, no: others.length > 1 && ones.length > 0 ? ALWAYS : no };
}

function decideSides(
  one: Case["of"],
  other: Case["of"],
  decide: (one: Side, other: Side) => Truth | boolean | undefined,
): Truth | undefined {
  // Something that comes from no value: its answer is not known, but depends on the other's alone.
  if (!one || !other) {
    const value = one ?? other;
    return value && "path" in value ? undefined : UNKNOWN;
  }
  const its = decide(sideOf(one), sideOf(other));
  return typeof its === "boolean" ? { yes: its ? ALWAYS : NEVER, no: its ? NEVER : ALWAYS } : its;
}

function sideOf(of: NonNullable<Case["of"]>): Side {
  return "path" in of ? { path: of.path } : { text: of.text };
}

function opposite({ yes, no }: Truth): Truth {
  return { yes: no, no: yes };
}

function casesOf(value: Value, depth = 8): readonly Case[] {
  pay();
  switch (value.kind) {
    case "known":
      return [{ when: ALWAYS, of: { text: value.text } }];
    case "value":
      return [{ when: ALWAYS, of: value }];
    case "test":
      return [
        { when: value.truth.yes, of: { text: "true" } },
        { when: value.truth.no, of: { text: "false" } },
      ];
    case "choice":
      if (depth === 0) return TOO_MANY;
      return casesOfChoice(value, depth);
    case "text":
      return depth === 0 ? TOO_MANY : casesOfText(value, depth);
    case "other":
      return [{ when: ALWAYS, of: undefined }];
    default:
      return TOO_MANY;
  }
}

/** More cases than are told apart: nothing is decided. */
const TOO_MANY: readonly Case[] = Array.from({ length: MOST_CASES + 1 }, () => ({
  when: ALWAYS,
  of: undefined,
}));

function casesOfChoice({ of }: Extract<Value, { kind: "choice" }>, depth: number): readonly Case[] {
  const cases: Case[] = [];
  for (const { when, value } of of) {
    const its = casesOf(value, depth - 1);
    if (cases.length + its.length > MOST_CASES) return TOO_MANY;
    cases.push(...its.map((each) => ({ ...each, when: and([when], each.when) })));
  }
  return cases;
}

function casesOfText({ output }: Extract<Value, { kind: "text" }>, depth: number): readonly Case[] {
  const [only] = output;
  if (output.length === 1 && only?.kind === "print") return casesOf(only.value, depth - 1);
  let cases: readonly { readonly when: Conditions; readonly text: string }[] = [{ when: ALWAYS, text: "" }];
  for (const piece of output) {
    const its =
      piece.kind === "literal"
        ? [{ when: ALWAYS, of: { text: piece.text } }]
        : casesOf(piece.value, depth - 1);
    if (cases.length * its.length > MOST_CASES) return TOO_MANY;
    const longer: { when: Conditions; text: string }[] = [];
    for (const before of cases) {
      for (const { when, of } of its) {
        if (!of || "path" in of) return TOO_MANY;
        longer.push({ when: and(before.when, when), text: before.text + of.text });
      }
    }
    cases = longer;
  }
  return cases.map(({ when, text }) => ({ when, of: { text } }));
}
