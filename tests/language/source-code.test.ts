// Whatever rules may ask of yml/yaml's source code, they may ask of ours, and get the same.
import { describe, expect, test } from "vitest";
import yml from "eslint-plugin-yml";
import { traverseNodes, VisitorKeys, type AST } from "yaml-eslint-parser";
import { language } from "./lint.js";
import { NODE_PROPERTIES, VISITOR_KEYS } from "../../lib/language/syntax.js";
import { corpus, PLAIN } from "./texts.js";
import { read } from "../../lib/yaml/read.js";

type Members = Record<string, unknown> & { readonly ast: AST.YAMLProgram; readonly text: string };

function both(text: string): { readonly ours: Members; readonly theirs: Members } | undefined {
  const file = { path: "file.yaml", physicalPath: "file.yaml", body: text, bom: false };
  const ours = language.parse(file, { languageOptions: {} });
  const theirs = yml.languages.yaml.parse(file, { languageOptions: {} });
  if (!ours.ok || !theirs.ok) return undefined;
  return {
    ours: language.createSourceCode(file, ours) as unknown as Members,
    theirs: yml.languages.yaml.createSourceCode(file, theirs) as unknown as Members,
  };
}

function call(sourceCode: Members, method: string, ...args: unknown[]): unknown {
  return Reflect.apply(sourceCode[method] as (...all: unknown[]) => unknown, sourceCode, args);
}

/** A node, a list of nodes or a plain value, without parents. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (key, inner: unknown) =>
      key === "parent" ? undefined : typeof inner === "bigint" ? String(inner) : inner,
    ),
  ) as unknown;
}

const TEXT = "# head\nkind: Pod # one\nimage: 'x'\nlist: [a, 'b']\n---\nb: &x c\n";

test("every public member is there", () => {
  const pair = both(TEXT);
  expect(pair).toBeDefined();
  if (!pair) return;
  const members = new Set<string>(Object.keys(pair.theirs));
  for (let at: unknown = pair.theirs; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at)) members.add(name);
  const missing = [...members].filter((name) => !name.startsWith("_") && !(name in pair.ours));
  expect(missing).toEqual([]);
});

test("the visitor keys are yaml-eslint-parser's", () => {
  expect(
    Object.fromEntries(Object.entries(VisitorKeys).filter(([type]) => /^(?:Program|YAML)/.test(type))),
  ).toEqual(VISITOR_KEYS);
});

test("no node has a property that is not in the list", () => {
  const names = new Set<string>();
  const texts = [...PLAIN, "a: |2\n   x\nb: >+\n  y\n", ...corpus().map((file) => file.text)];
  for (const text of texts) {
    const parsed = read(text).template ? undefined : both(text);
    if (!parsed) continue;
    traverseNodes(parsed.theirs.ast, {
      enterNode(node) {
        if (node.type !== "Program") for (const name of Object.keys(node)) names.add(name);
      },
      leaveNode: () => undefined,
    });
  }
  expect([...names].filter((name) => !NODE_PROPERTIES.has(name) && name !== "type")).toEqual([]);
});

describe.each(PLAIN.map((text) => [text]))("%j", (text) => {
  const pair = both(text);
  if (!pair) throw new Error("both read it");
  const { ours, theirs } = pair;

  test("the root, before anything is asked", () => {
    expect([ours.ast.type, ours.ast.range, ours.ast.loc, ours.ast.parent]).toEqual([
      theirs.ast.type,
      theirs.ast.range,
      theirs.ast.loc,
      null,
    ]);
    expect(ours["lines"]).toEqual(theirs["lines"]);
    expect(call(ours, "getLines")).toEqual(theirs["lines"]);
    expect(call(ours, "getText")).toBe(text);
  });

  test("positions", () => {
    for (let index = 0; index <= text.length; index++) {
      const loc = call(ours, "getLocFromIndex", index);
      expect(loc).toEqual(call(theirs, "getLocFromIndex", index));
      expect(call(ours, "getIndexFromLoc", loc)).toBe(call(theirs, "getIndexFromLoc", loc));
    }
  });

  test("the tree, its tokens and comments", () => {
    // What was not asked for is no property of the root's own, so that it is in no list of them.
    expect(ours.ast.body).toHaveLength(theirs.ast.body.length);
    expect(plain(ours.ast)).toEqual(plain(theirs.ast));
    expect(plain(call(ours, "getAllComments"))).toEqual(plain(call(theirs, "getAllComments")));
    expect(plain(ours["tokensAndComments"])).toEqual(plain(theirs["tokensAndComments"]));
    expect(ours.ast.body.every((document) => document.parent === ours.ast)).toBe(true);
  });

  test("tokens around every node", () => {
    const nodes: AST.YAMLNode[] = [];
    traverseNodes(ours.ast, { enterNode: (node) => void nodes.push(node), leaveNode: () => undefined });
    const others: AST.YAMLNode[] = [];
    traverseNodes(theirs.ast, { enterNode: (node) => void others.push(node), leaveNode: () => undefined });
    for (const [index, node] of nodes.entries()) {
      for (const method of [
        "getFirstToken",
        "getLastToken",
        "getTokenBefore",
        "getTokenAfter",
        "getCommentsInside",
        "getCommentsBefore",
        "getTokens",
      ]) {
        expect(plain(call(ours, method, node)), method).toEqual(plain(call(theirs, method, others[index])));
      }
      expect(call(ours, "getText", node)).toBe(call(theirs, "getText", others[index]));
    }
  });
});

test("parents and ancestors", () => {
  const pair = both(TEXT);
  const [document] = pair?.ours.ast.body ?? [];
  if (!pair || !document) throw new Error("no document");
  expect(call(pair.ours, "getParent", document)).toBe(pair.ours.ast);
  expect(call(pair.ours, "getParent", pair.ours.ast)).toBeUndefined();
  expect(call(pair.ours, "getAncestors", document.content)).toEqual([pair.ours.ast, document]);
});
