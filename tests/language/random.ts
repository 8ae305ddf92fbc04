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

/** A selector, of nodes that are entered or left. */
export const SELECTOR: fc.Arbitrary<string> = fc
  .tuple(COMBINED, fc.constantFrom("", ":exit"))
  .map((parts) => parts.join(""));
