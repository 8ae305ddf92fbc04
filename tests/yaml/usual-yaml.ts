// Random YAML as people write it: block collections of scalars that are plain, quoted or in blocks, now and
// then with a line in it that breaks the order.
import fc from "fast-check";

const KEYS = fc.constantFrom(
  ...["a", "b", "x y", "'q'", '"d"', "a.b/c", "-x", "?y", ":s", "a:b", "1", "$r", "é", "a#b", "k "],
);

/** What may stand behind a key or a dash on one line, and what must not. */
const VALUES: readonly string[] = [
  ...["", "1", "word", "two words", "a:b", "a#b", "x y", "-1", "--f", "~", "null", "=", "<", "?z", ":z", "é"],
  ...[
    "'s'",
    '"d"',
    "'it''s'",
    '"e\\n"',
    "[]",
    "{}",
    "[a, b]",
    '["x", 1]',
    "{a: b}",
    "{ a: 'b', c: d }",
    "a, b",
  ],
];
const ODD_VALUES: readonly string[] = [
  ...["x: y", "-", '"\\x41"', "[a: b]", "{a}", "[[a]]", "|", ">", "|-", ">+", "|2", "| # c", "*a", "&a b"],
  ...["!t x", "? z", "%a", "@a", "`a", "'open", '"open', "a'b", "end'", 'end"', "---", "...", "a]", "<<"],
  ...["x\ty", "x\u3000y", "\u00a0x", "'a' b", "'a'#b", "[a]#b"],
];

/** Scalars of more than one line; `@` stands for an indentation that is deep enough. */
const LONG_VALUES: readonly string[] = [
  ...["|\n@t\n@ t", "> # c\n@t", "|-\n\n@t\n\n@t2", "|\n@a: b\n@- c", "w\n@more\n\n@text", "w\n@- x\n@#y"],
  ...["'q\n@r'", '"q\\\n@r"', "'q\n\n@r'"],
];

const INDENTATION = fc.nat(8).map((length) => " ".repeat(length));
const DASHES = fc.constantFrom("", "", "", "", "- ", "-   ", "- - ", "-", "- -  - ");
const END = fc.constantFrom("", "", " ", "  ", " # c", " #", "#d", "\t");
const KEY_OR_NONE = fc.oneof(
  fc.constant(""),
  KEYS.map((key) => `${key}: `),
  KEYS.map((key) => `${key}:`),
);

/** A line of any form at any place. */
const LINE: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(INDENTATION, DASHES, KEY_OR_NONE, fc.constantFrom(...VALUES, ...ODD_VALUES), END)
      .map((parts) => parts.join("")),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[
        "",
        "   ",
        "# c",
        "  # c",
        "        # deep",
        "---",
        "--- # c",
        "--- a",
        "...",
        "more",
        "  more text",
      ],
      ...["    deeper text", "  - item", "  key: v", "\t", "%YAML 1.2"],
    ),
  },
);

/** A text of lines of any form. */
export const LINES: fc.Arbitrary<string> = fc
  .tuple(fc.array(LINE, { minLength: 1, maxLength: 6 }), fc.constantFrom("", "\n", "\n\n", "  "))
  .map(([lines, end]) => lines.join("\n") + end);

/** A node: a scalar, or a collection whose children are indented by `step` columns. */
type Node =
  string | { readonly isMapping: boolean; readonly step: number; readonly children: readonly Child[] };
type Child = readonly [key: string, node: Node];

const { collection } = fc.letrec<{ node: Node; collection: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(...VALUES),
    fc.constantFrom(...LONG_VALUES),
    tie("collection"),
  ),
  collection: fc.record({
    isMapping: fc.boolean(),
    step: fc.integer({ min: 1, max: 3 }),
    children: fc.array(fc.tuple(KEYS, tie("node")), { minLength: 1, maxLength: 4 }),
  }),
}));

/** The lines of a node's children, the first of them from a column on. */
function linesOf({ isMapping, step, children }: Exclude<Node, string>, column: number): readonly string[] {
  const unique = new Map(children);
  return [...unique].flatMap(([key, child]) => {
    const head = " ".repeat(column) + (isMapping ? `${key}: ` : "- ");
    if (typeof child === "string")
      return (head + child.replaceAll("@", " ".repeat(column + step))).split("\n");
    if (isMapping) {
      // The items of a mapping's sequence may stand below its key.
      const isBelow = !child.isMapping && step === 3;
      return [head.trimEnd(), ...linesOf(child, isBelow ? column : column + step)];
    }
    const [first = "", ...others] = linesOf(child, head.length);
    return [head + first.trimStart(), ...others];
  });
}

/** A text of such collections, with a few lines of any form in it. */
export const USUAL: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(collection, { minLength: 1, maxLength: 3 }),
    fc.array(fc.tuple(fc.nat(40), LINE), { maxLength: 2 }),
  )
  .map(([documents, others]) => {
    const lines = documents
      .filter((document) => typeof document !== "string")
      .flatMap((document, index) => [...(index > 0 ? ["---"] : []), ...linesOf(document, 0)]);
    for (const [at, line] of others) lines.splice(at % (lines.length + 1), 0, line);
    return lines.join("\n");
  });
