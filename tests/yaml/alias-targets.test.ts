// What aliases stand for: values, and keys of mappings.
import { describe, expect, it } from "vitest";
import { aliasTargets } from "../../lib/yaml/alias-targets.js";
import { parseEvents } from "../../lib/yaml/events.js";
import { entriesOf } from "../../lib/yaml/node.js";
import type { Tree } from "../../lib/yaml/reading.js";

function treeOf(source: string): Tree {
  const result = parseEvents(source);
  if (!result.ok) throw new Error(result.problem.message);
  return { source, events: result.events, after: result.after, path: [] };
}

describe("an alias", () => {
  const targets = (source: string): number => aliasTargets(treeOf(source)).size;

  it("stands for the last node before it with its anchor", () => {
    const tree = treeOf("a: &b !!str c\nd: *b\ne: &b\n  - g\nf: *b\n");
    expect([...aliasTargets(tree)].map(([, target]) => target)).toEqual([
      entriesOf(tree, 1)[0]?.valueIndex,
      entriesOf(tree, 1)[2]?.valueIndex,
    ]);
  });
  it("stands for nothing of another document, and nothing behind it", () => {
    expect(targets("a: &b c\n---\nd: *b\n")).toBe(0);
    expect(targets("a: *b\nd: &b c\n")).toBe(0);
  });
  it("is a key where it stands for a text", () => {
    const tree = treeOf("a: &k web\nb: &l [c]\n*k : d\n*l : e\n? [f]\n: g\n");
    expect(entriesOf(tree, 1).map(({ key }) => key)).toEqual(["a", "b", "web"]);
  });
});
