// Random YAML, made of lines of every kind, and random selectors, made of everything that a selector can be
// made of.
import fc from "fast-check";

/** Lines that YAML can be made of, and lines that break it. */
const LINES: readonly string[] = [
  ...["", " ", "# c", "# image:", "---", "--- # c", "--- a", "...", "%YAML 1.2", "%TAG ! t:", "%FOO"],
  ...["a: 1", "a: word", "a: word # c", "b:", "b: ", "image: x", "a: b: c", "a: 'q'", '"k": v', "a: null"],
  ...["x y: z", "a:b", "key:\tword", "a.b/c-d: E", "a: word  ", "a:  'x'", "\ta: b", "a: word\r"],
  ...["- a", "- a: word", "- - b: c", "- - - d", "-", "- ", "- # c", "  - e", "   - t", "a: - b"],
  ...["  c: d", "  more", "    f: g", "  h:", "    - i: j"],
  ...["a: |", "a: >-", "  - v: |", "     w", 'a: "x\\', '  y"', "a: 'z", "  z'", "'"],
  ...["a: &x v", "b: *x", "&y", "- a: &z", "a: &n", "  &o", "- &u", "&k a: b", "&m", "  q: &s", "*x : z"],
  ...["!t", "a: !t w", "- !u", "- &v !w x", "!!map", "  !p", "!!str &l : m"],
  ...["? k", ": v", "? &q", "  ? a", "  : - b", "? - a", ": - b", "? !t", "? # c", "- ? &e", "    : f"],
  ...["{a: b}", "[a, b]", "a: [x,", "]", "a: {", "}", "[a: b, {c: d}, [e]]", "{a, b: , ? c}"],
  ...["&r { *x : y }", "[? x, : y]", "[&a : b, !t]", "{&c d: *x, !e : f}", "[[[]]]"],
];

/** Beginnings that show every type of node that needs no anchor, tag or directive. */
const BEGINNINGS: readonly string[] = [
  "a:\n  - b: c\n    d:\n      e: f\n  - g\nh: i",
  "a: { b: [c, d], e: f }\ng:\n  h: i\nj: k",
  "a: b\nc:\n  d:\n    - e\n    - f\n  g: |\n    &x h\ni: j",
  "# c\na:\n- b\n- - c\n  - d\ne:\n  f: g\nh: i",
  "a: b\nc:\n  d: e\n  f:\n    g: h\ni: j",
];

/** Pieces of valid YAML that may follow, with an anchor, an alias or a tag, or with what looks like one. */
const REST: readonly string[] = [
  ...["k: &x v", "k: !t v", "k: &x", "k: !t", "&x k: v", "!t k: v", "k: [a, &x b]", "k: { a: !t b }"],
  ...["k:\n  - &x v", "k:\n- !t", "k:\n  &x\n  - v", "k:\n  !t\n  l: m", "k:\n  &x l: m", "? &x k\n: v"],
  ...[
    "k:\n  - l: m\n    &x n: o",
    "k:\n  - - !t v",
    "k:\n  [\n    &x v,\n  w ]",
    "k: [a,\n   !t b]",
    "k: !!str v",
  ],
  ...[
    "k:\n  - - a\n    - [b, [c]]",
    "k:\n  l:\n    - m\n    -\n      - n",
    "k: [[a], {b: c}]",
    "k:\n  ? l\n  : - m",
  ],
  ...[
    "k: |\n  &x v\n  - !t w\n    * y",
    "k: >-\n  a: &x b\n  *c",
    "k: a\n  &x b\n  !t c",
    "k: 'a\n  &x b\n  !t c'",
  ],
  ...[
    'k: "a\n  - &x b: !t c"',
    "k: a & b ! c * d",
    "k: '!t &x *y'",
    "# &x !t *y",
    "k: a ? !t : b",
    "k: a, &x b",
  ],
  ...[
    "k:\n  l: 'm ?\n    !t n : o'",
    "k:\n  l: |\n    m:\n      &x n\n  o: p",
    "k:\n  # l\n  - |\n    m:\n    - !t n",
  ],
  ...["---\n&x a: b", "---\n!t\n- a", "--- !t\na: b", "---\na: &x b\nc: *x", "---\n- a", "---\na"],
];

/** A long text, of which no more than the beginning may be read. */
export const LONG: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...BEGINNINGS), fc.array(fc.constantFrom(...REST), { minLength: 1, maxLength: 3 }))
  .map(([beginning, rest]) => {
    const unique = rest.map((piece, index) => piece.replaceAll(/\bk\b/g, `k${String(index)}`));
    const filler = (name: string) => Array.from({ length: 80 }, (_, index) => `${name}${String(index)}: z`);
    return [beginning, ...filler("y"), ...unique, ...filler("z"), ""].join("\n");
  });

/** A text of a few such lines. */
export const TEXT: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 8 })
  .map((lines) => lines.join("\n"));

const TYPE = fc.constantFrom(
  ...["Program", "YAMLDocument", "YAMLMapping", "YAMLPair", "YAMLScalar", "YAMLSequence", "YAMLWithMeta"],
  ...["YAMLAlias", "YAMLAnchor", "YAMLTag", "YAMLDirective", "ForStatement"],
);

const FIELD = fc.constantFrom(
  ".key",
  ".value",
  ".content",
  ".pairs",
  ".entries",
  ".body",
  ".pairs.value",
  ".pairs.value.pairs.value",
  ".content.pairs.value.pairs.value.pairs.key",
  ".entries.entries",
  ".test",
);

const ATTRIBUTE = fc.constantFrom(
  ...[
    "[style='plain']",
    "[style!='plain']",
    "[value=null]",
    "[key.value='a']",
    "[range.0=0]",
    "[parent.type=/P/]",
  ],
  ...[
    "[type=/Scalar|Pair/]",
    "[pairs.length>1]",
    "[entries.length=1]",
    "[name]",
    "[name='x']",
    "[tag]",
    "[nothing]",
  ],
  ...["[anchor!=null]", "[kind='YAML']", "[loc.start.line=2]", "[content=null]", "[anchors.x]"],
);

const PLACE = fc.constantFrom(":first-child", ":last-child", ":nth-child(2)", ":nth-last-child(2)");

const ONE: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: TYPE },
  { weight: 1, arbitrary: fc.constant("*") },
  { weight: 1, arbitrary: FIELD },
  { weight: 1, arbitrary: ATTRIBUTE },
  { weight: 1, arbitrary: PLACE },
  { weight: 2, arbitrary: fc.tuple(TYPE, fc.oneof(FIELD, ATTRIBUTE, PLACE)).map(([a, b]) => a + b) },
  { weight: 1, arbitrary: TYPE.map((type) => `:not(${type})`) },
  { weight: 1, arbitrary: fc.tuple(TYPE, TYPE).map(([a, b]) => `:matches(${a}, ${b})`) },
  { weight: 1, arbitrary: fc.tuple(TYPE, TYPE).map(([a, b]) => `${a}:has(${b})`) },
);

const COMBINED: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: ONE },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 2, max: 9 }).map((depth) => Array<string>(depth).fill("*").join(" > ")),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(ONE, fc.constantFrom(" > ", " ", " ~ ", " + "), ONE).map((parts) => parts.join("")),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(ONE, fc.constantFrom(" > ", " "), ONE, fc.constantFrom(" > ", " ", " ~ "), ONE)
      .map((parts) => parts.join("")),
  },
);

const RARE = fc.constantFrom("YAMLAnchor", "YAMLTag", "YAMLWithMeta", "YAMLAlias", "YAMLSequence");

/** A selector that a text's beginning need not match. */
export const RARE_SELECTOR: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      RARE,
      fc.tuple(TYPE, fc.constantFrom(" > ", " "), fc.oneof(RARE, TYPE, FIELD)).map((parts) => parts.join("")),
    ),
    fc.constantFrom("", ":exit"),
  )
  .map((parts) => parts.join(""));

/** A selector, of nodes that are entered or left. */
export const SELECTOR: fc.Arbitrary<string> = fc
  .tuple(COMBINED, fc.constantFrom("", ":exit"))
  .map((parts) => parts.join(""));
