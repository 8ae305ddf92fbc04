// What the functions of templates make of values. What is not here is not followed.
import { OTHER, either, fieldOf, itemsOf, printed, type Output, type Piece, type Value } from "./value.js";

/**
 * What a function makes of its arguments; `undefined` where it is not followed: then its result depends on
 * what its arguments hold, in a way that nobody knows.
 */
export type Made = (args: readonly Value[]) => Value | undefined;

const last: Made = (args) => args.at(-1) ?? OTHER;
const first: Made = (args) => args[0] ?? OTHER;
const any: Made = (args) => either(args);
const nothing: Made = () => OTHER;
const text = (output: Output): Value => ({ kind: "text", output });

/** Compares. Whether something is empty does not depend on what it holds otherwise. */
const compare: Made = (args) =>
  args.some((each) => each.kind === "known" && each.text === "") ? OTHER : undefined;

const index: Made = ([value = OTHER, ...keys]) =>
  keys.reduce<Value>((at, key) => (key.kind === "known" ? fieldOf(at, key.text) : itemsOf(at)), value);

const dict: Made = (args) => {
  const entries = new Map<string, Value>();
  for (let at = 0; at + 1 < args.length; at += 2) {
    const key = args[at];
    if (key?.kind !== "known") return undefined;
    entries.set(key.text, args[at + 1] ?? OTHER);
  }
  return { kind: "mapping", entries };
};

const dig: Made = (args) => {
  const keys = args.slice(0, -2);
  return either([index([args.at(-1) ?? OTHER, ...keys]) ?? OTHER, args.at(-2) ?? OTHER]);
};

const set: Made = ([mapping = OTHER, key = OTHER, value = OTHER]) =>
  mapping.kind === "mapping" && key.kind === "known"
    ? { kind: "mapping", entries: new Map(mapping.entries).set(key.text, value) }
    : mapping;

const join: Made = ([separator = OTHER, list = OTHER]) =>
  list.kind === "list"
    ? text(
        list.items.flatMap((item, at): Piece[] => [...(at > 0 ? [printed(separator)] : []), printed(item)]),
      )
    : text([printed(itemsOf(list)), printed(separator), printed(itemsOf(list))]);

const VERB = /%(?:%|[-+# 0]*\d*(?:\.\d+)?[a-zA-Z])/;

/** `printf`: each verb prints an argument. `%q` adds quotes. */
const printf: Made = ([format = OTHER, ...args]) => {
  if (format.kind !== "known") return undefined;
  const output: Piece[] = [];
  const parts = format.text.split(new RegExp(`(${VERB.source})`));
  for (const part of parts) {
    if (!VERB.test(part) && part.includes("%")) return undefined;
    if (!VERB.test(part) || part === "%%") output.push({ kind: "literal", text: part === "%%" ? "%" : part });
    else if (/^%-?\d*[svdqt]$/.test(part)) {
      const quote: Piece[] = part.endsWith("q") ? [{ kind: "literal", text: '"' }] : [];
      output.push(...quote, printed(args.shift() ?? OTHER), ...quote);
    } else return undefined;
  }
  return text(output);
};

const indentation: Made = ([, value = OTHER]) => value;
const onNewLine: Made = ([, value = OTHER]) => text([{ kind: "literal", text: "\n" }, printed(value)]);

const ROWS: readonly (readonly [names: string, made: Made])[] = [
  ["quote squote toString trim required deepCopy mustDeepCopy nospace", last],
  ["tpl pick omit", first],
  ["default coalesce or and merge mustMerge mergeOverwrite mustMergeOverwrite", any],
  ["ternary", (args) => either(args.slice(0, 2))],
  ["not empty kindIs typeIs kindOf typeOf hasKey fail lookup", nothing],
  ["eq ne", compare],
  ["index get", index],
  ["dict", dict],
  ["dig", dig],
  ["set", set],
  ["list tuple", (args) => ({ kind: "list", items: args })],
  ["first last mustFirst mustLast", ([list = OTHER]) => itemsOf(list)],
  ["join", join],
  ["printf", printf],
  ["print", (args) => text(args.map(printed))],
  ["println", (args) => text([...args.map(printed), { kind: "literal", text: "\n" }])],
  [
    "cat",
    (args) =>
      text(
        args.flatMap((arg, at): Piece[] => [
          ...(at > 0 ? [{ kind: "literal" as const, text: " " }] : []),
          printed(arg),
        ]),
      ),
  ],
  ["indent", indentation],
  ["nindent", onNewLine],
];

/** By name. `include` is not here: it needs the chart's templates. */
export const FOLLOWED: ReadonlyMap<string, Made> = new Map(
  ROWS.flatMap(([names, made]) => names.split(" ").map((name) => [name, made] as const)),
);
