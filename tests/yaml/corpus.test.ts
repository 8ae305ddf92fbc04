// A real recipes tree: every file reads whole, and plain files as yaml-eslint-parser reads them.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { getStaticYAMLValue, parseYAML, traverseNodes } from "yaml-eslint-parser";
import type { AST } from "yaml-eslint-parser";
import { read } from "../../lib/yaml/read.js";
import { isEmptyScalar, isScalar, scalarQuote, scalarRange, scalarValue } from "../../lib/yaml/scalar.js";

const ROOT = fileURLToPath(new URL("../../../shared/corpus/aicr", import.meta.url));
const there = existsSync(ROOT);
const files = there
  ? readdirSync(ROOT, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.ya?ml$/.test(file))
      .sort()
  : [];
const textOf = (file: string) => readFileSync(join(ROOT, file), "utf8").replace(/^\uFEFF/, "");
const isBlock = (quote: string) => quote === "|" || quote === ">";

describe.skipIf(!there)("the corpus (skipped where ../shared/corpus/aicr is not there)", () => {
  it("is not empty", () => {
    expect(files.length).toBe(90);
  });

  it.each(files)("%s reads whole", (file) => {
    const reading = read(textOf(file));
    expect(reading.error).toBeUndefined();
    expect(reading.notes).toEqual([]);
    expect(reading.lines).toEqual([]);
  });

  it.each(files.filter((file) => !read(textOf(file)).template))(
    "%s has the scalars and comments that yaml-eslint-parser finds",
    (file) => {
      const text = textOf(file);
      const reading = read(text);
      const [tree] = reading.trees;
      if (!tree) throw new Error("no tree");
      const scalars = tree.events.filter(isScalar).filter((event) => !isEmptyScalar(event));
      const ours = scalars.filter((event) => !isBlock(scalarQuote(event)));
      const ast = parseYAML(text);
      const theirs: AST.YAMLScalar[] = [];
      const blocks: AST.YAMLScalar[] = [];
      traverseNodes(ast, {
        enterNode(node) {
          if (node.type !== "YAMLScalar" || node.range[0] === node.range[1]) return;
          (node.style === "literal" || node.style === "folded" ? blocks : theirs).push(node);
        },
        leaveNode() {
          // Nothing to do behind a node.
        },
      });
      expect(ours.map(scalarRange)).toEqual(theirs.map((node) => node.range));
      expect(
        scalars.filter((event) => isBlock(scalarQuote(event))).map((event) => scalarValue(tree, event)),
      ).toEqual(blocks.map((node) => getStaticYAMLValue(node)));
      expect(reading.comments()).toEqual(ast.comments.map((comment) => comment.range));
    },
  );
});
