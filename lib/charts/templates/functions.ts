// What the functions of templates make of values. What is not here is not followed.
import { not, type Truth } from "./condition.js";
import { anyOf, truthOf } from "./truth.js";
import { comparison, endings } from "./compare.js";
import { firstFalseOf, firstOf } from "./first-of.js";
import { cat, join, nospace, print, printf, println, quoted, trimmed } from "./texts.js";
import {
  OTHER,
  choiceOf,
  fieldOf,
  itemsOf,
  known,
  printed,
  textOf,
  type Option,
  type Value,
} from "./value.js";
import { pay } from "./work.js";

/**
 * What a function makes of its arguments; `undefined` where it is not followed: then its result depends on
 * what its arguments hold, in a way that nobody knows.
 */
export type Made = (args: readonly Value[]) => Value | undefined;

const last: Made = (args) => args.at(-1) ?? OTHER;
const nothing: Made = () => OTHER;
const truth = (its: Truth | undefined): Value | undefined => its && { kind: "test", truth: its };

const ternary: Made = ([one = OTHER, other = OTHER, condition = OTHER]) => {
  const { yes, no } = truthOf(condition);
  return choiceOf([
    ...yes.map((when) => ({ when, value: one })),
    ...no.map((when) => ({ when, value: other })),
  ]);
};

const index: Made = ([value = OTHER, ...keys]) =>
  keys.reduce<Value>((at, key) => (key.kind === "known" ? fieldOf(at, key.text) : itemsOf(at)), value);

const dict: Made = (args) => {
  const entries = new Map<string, Value>();
  for (let at = 0; at + 1 < args.length; at += 2) {
    const key = args[at];
    if (key?.kind !== "known") return undefined;
    entries.set(key.text, args[at + 1] ?? OTHER);
  }
  return { kind: "mapping", entries, under: [] };
};

const dig: Made = (args) => {
  const keys = args.slice(0, -2);
  return firstOf([index([args.at(-1) ?? OTHER, ...keys]) ?? OTHER, args.at(-2) ?? OTHER]);
};

/** Of a mapping, what is left of it is not told apart. */
const part: Made = ([value = OTHER]) => copy([value]);

/** A copy: what changes it does not change the original. */
const copy: Made = (args) => {
  const value = args.at(-1) ?? OTHER;
  return value.kind === "mapping"
    ? { kind: "mapping", entries: new Map(value.entries), under: [...value.under] }
    : value.kind === "value" || value.kind === "root" || value.kind === "choice"
      ? { kind: "merged", of: [value] }
      : value;
};

const list = (items: readonly Value[]): Value => {
  pay(items.length);
  return { kind: "list", items };
};
const appended: Made = ([before = OTHER, item = OTHER]) =>
  before.kind === "list" ? list([...before.items, item]) : list([itemsOf(before), item]);
const concat: Made = (args) =>
  list(args.flatMap((arg) => (arg.kind === "list" ? arg.items : [itemsOf(arg)])));

/** A value that is read from its own YAML is that value. */
const fromYaml: Made = ([text = OTHER]) => valueOfYaml(text);

function valueOfYaml(value: Value, depth = 12): Value | undefined {
  if (depth === 0) return undefined;
  pay();
  if (value.kind === "yaml") return copy([value.of]);
  if (value.kind === "choice") {
    const options = value.of.map(({ when, value: each }) => ({ when, value: valueOfYaml(each, depth - 1) }));
    return options.every((option): option is Option => option.value !== undefined)
      ? choiceOf(options)
      : undefined;
  }
  if (value.kind === "known") return value.text.trim() === "" ? OTHER : undefined;
  if (value.kind !== "text") return undefined;
  const pieces = value.output.filter(
    ({ kind, ...its }) => kind === "print" || /\S/.test(String(Object.values(its)[0])),
  );
  const [only] = pieces;
  if (!only) return OTHER;
  return pieces.length === 1 && only.kind === "print" ? valueOfYaml(only.value, depth - 1) : undefined;
}

const onNewLine: Made = ([, value = OTHER]) => textOf([{ kind: "literal", text: "\n" }, printed(value)]);

const ROWS: readonly (readonly [names: string, made: Made])[] = [
  ["toString required", last],
  ["quote squote", quoted],
  ["trim", ([value = OTHER]) => trimmed(value)],
  ["nospace", ([value = OTHER]) => nospace(value)],
  ["deepCopy mustDeepCopy", copy],
  ["pick omit", part],
  ["default", (args) => firstOf([...args].reverse())],
  ["coalesce or", firstOf],
  ["and", firstFalseOf],
  ["ternary", ternary],
  ["not empty", ([value = OTHER]) => truth(not(truthOf(value)))],
  ["any", (args) => truth(anyOf(args.map((each) => truthOf(each))))],
  ["all", (args) => truth(not(anyOf(args.map((each) => not(truthOf(each))))))],
  ["kindIs typeIs kindOf typeOf hasKey fail lookup", nothing],
  ["eq", (args) => truth(comparison(args))],
  [
    "ne",
    (args) => {
      const its = comparison(args);
      return its && truth(not(its));
    },
  ],
  ["hasPrefix", (args) => truth(endings("^", args))],
  ["hasSuffix", (args) => truth(endings("$", args))],
  ["contains", (args) => truth(endings("~", args))],
  ["index get", index],
  ["dict", dict],
  ["dig", dig],
  ["list tuple", list],
  ["append mustAppend prepend mustPrepend push mustPush", appended],
  ["concat", concat],
  ["compact mustCompact uniq mustUniq reverse mustReverse", ([value = OTHER]) => value],
  ["values", ([value = OTHER]) => list([itemsOf(value)])],
  [
    "keys",
    ([value = OTHER]) => (value.kind === "mapping" ? list([...value.entries.keys()].map(known)) : OTHER),
  ],
  ["first last mustFirst mustLast", ([value = OTHER]) => itemsOf(value)],
  ["join", join],
  ["printf", printf],
  ["print", print],
  ["println", println],
  ["cat", cat],
  ["indent", ([, value = OTHER]) => value],
  ["nindent", onNewLine],
  [
    "toYaml mustToYaml toYamlPretty toJson mustToJson toRawJson mustToRawJson toPrettyJson mustToPrettyJson",
    ([value = OTHER]) => ({ kind: "yaml", of: value }),
  ],
  ["fromYaml fromJson mustFromJson fromYamlArray fromJsonArray", fromYaml],
];

/** By name. `include`, `tpl`, `set` and `merge` are not here: they need more than their arguments. */
export const FOLLOWED: ReadonlyMap<string, Made> = new Map(
  ROWS.flatMap(([names, made]) => names.split(" ").map((name) => [name, made] as const)),
);
