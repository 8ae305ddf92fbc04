// Parses a Go template into its tree, or says where it is none.
import { Cursor } from "./cursor.js";
import { Expressions, stringOf } from "./expressions.js";
import type { BranchNode, Node, ParsedTemplate, TemplateProblem } from "./nodes.js";
import { TemplateSyntaxError } from "./syntax-error.js";
import { tokensOf, type Token } from "./tokens.js";

export type ParseResult =
  ({ readonly ok: true } & ParsedTemplate) | { readonly ok: false; readonly problem: TemplateProblem };

/** How many blocks may stand within one another, `else if` included: people write a few. */
const DEEPEST = 200;

/** What white space is to Go. `trim` would take a byte order mark too. */
const NOT_WHITE_SPACE = /\P{White_Space}/u;

/**
 * Parses a template as Helm does: with the delimiters `{{` and `}}`.
 *
 * @param text the template
 * @param isFunction whether there is a function of a name
 * @returns its tree and what it defines, or what is wrong with it; never throws
 * @see Go, `text/template/parse/parse.go`, which refuses the same texts, but lets blocks and parentheses nest
 *   deeper and takes longer numbers (`npm run oracles` compares the two)
 */
export function parseTemplate(text: string, isFunction: (name: string) => boolean): ParseResult {
  try {
    const parser = new Parser(new Cursor(tokensOf(text)), isFunction);
    return { ok: true, ...parser.parse() };
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    return { ok: false, problem: { message: error.message, offset: error.offset } };
  }
}

/** A list of nodes, and the `end` or `else` that ends it. */
interface List {
  readonly nodes: readonly Node[];
  readonly end: "end" | "else";
  /** Where the action with this word starts. */
  readonly endAt: number;
}

class Parser {
  readonly #cursor: Cursor;
  readonly #expressions: Expressions;
  readonly #definitions = new Map<string, readonly Node[]>();
  /** The names whose definition prints something. */
  readonly #filled = new Set<string>();
  /** How many `range` are open in the template at hand. */
  #ranges = 0;
  #depth = 0;

  constructor(cursor: Cursor, isFunction: (name: string) => boolean) {
    this.#cursor = cursor;
    this.#expressions = new Expressions(cursor, isFunction);
  }

  parse(): ParsedTemplate {
    const cursor = this.#cursor;
    const root: Node[] = [];
    while (cursor.next.type !== "end") {
      const start = cursor.index;
      if (cursor.take().type === "left" && cursor.isAtKeyword("define")) {
        cursor.take();
        this.#definition();
        continue;
      }
      cursor.index = start;
      const { at } = cursor.next;
      const node = this.#node();
      if (typeof node === "string") throw new TemplateSyntaxError(`\`${node}\` ends nothing`, at);
      root.push(node);
    }
    return { root, definitions: this.#definitions };
  }

  #definition(): void {
    const name = this.#name("define");
    this.#cursor.expect("right", "in `define`");
    this.#define(name);
  }

  /** Parses a named template's body. A name may be defined twice if one of the two is empty. */
  #define(name: Token): void {
    const ranges = this.#ranges;
    this.#ranges = 0;
    const { nodes, end, endAt } = this.#expressions.inOwnScope(() => this.#list());
    this.#ranges = ranges;
    if (end === "else") throw new TemplateSyntaxError("`else` has no `if`", endAt);
    const key = stringOf(name);
    const isFilled = !isEmpty(nodes);
    if (!this.#filled.has(key)) this.#definitions.set(key, nodes);
    else if (isFilled) throw new TemplateSyntaxError(`\`${key}\` is defined twice`, name.at);
    if (isFilled) this.#filled.add(key);
  }

  /** A template's name, a string. */
  #name(where: string): Token {
    const name = this.#cursor.expect("string", `in \`${where}\``);
    stringOf(name);
    return name;
  }

  #list(): List {
    const { at } = this.#cursor.next;
    this.#goDeeper(at);
    const nodes: Node[] = [];
    for (;;) {
      const { type, at: nodeAt } = this.#cursor.nextAfterSpace;
      if (type === "end") {
        throw new TemplateSyntaxError("a block has no `end`", at);
      }
      const node = this.#node();
      if (typeof node === "string") {
        this.#depth--;
        return { nodes, end: node, endAt: nodeAt };
      }
      nodes.push(node);
    }
  }

  #goDeeper(at: number): void {
    if (++this.#depth > DEEPEST) throw new TemplateSyntaxError("nested too deeply", at);
  }

  /** A text, an action with what it encloses, or the word that ends what is enclosed. */
  #node(): Node | "end" | "else" {
    const cursor = this.#cursor;
    const token = cursor.takeAfterSpace();
    const { at } = token;
    if (token.type === "text") return { kind: "text", text: token.text, at };
    if (token.type !== "left") throw cursor.unexpected(token, "here");
    const { type, text } = cursor.nextAfterSpace;
    if (type !== "keyword") return { kind: "action", pipe: this.#expressions.pipe("right"), at };
    const keyword = cursor.take();
    switch (text) {
      case "if":
      case "range":
      case "with":
        return this.#branch(text, at);
      case "end":
        cursor.expect("right", "behind `end`");
        return "end";
      case "else":
        // `else if` and `else with` are looked at by the branch that they belong to.
        if (!cursor.isAtKeyword("if") && !cursor.isAtKeyword("with")) cursor.expect("right", "behind `else`");
        return "else";
      case "template":
        return this.#template(at);
      case "block":
        return this.#block(at);
      case "break":
      case "continue":
        cursor.expect("right", `behind \`${text}\``);
        if (this.#ranges === 0) throw new TemplateSyntaxError(`\`${text}\` is in no \`range\``, at);
        return { kind: text, at };
      default:
        throw cursor.unexpected(keyword, "here");
    }
  }

  #branch(kind: BranchNode["kind"], at: number): BranchNode {
    const isRange = kind === "range";
    return this.#expressions.inScope(() => {
      const pipe = this.#expressions.pipe("right", isRange);
      if (isRange) this.#ranges++;
      const { nodes, end } = this.#list();
      if (isRange) this.#ranges--;
      const otherwise = end === "else" ? this.#otherwise(kind) : undefined;
      return { kind, pipe, then: nodes, otherwise, at };
    });
  }

  #otherwise(kind: BranchNode["kind"]): readonly Node[] {
    const cursor = this.#cursor;
    const { type, text, at } = cursor.next;
    // Both `else if` and the `if` in it end with one `end`.
    if (type === "keyword" && text === kind && kind !== "range") {
      cursor.take();
      this.#goDeeper(at);
      const branch = this.#branch(kind, at);
      this.#depth--;
      return [branch];
    }
    const { nodes, end, endAt } = this.#list();
    if (end === "else") throw new TemplateSyntaxError("a second `else`", endAt);
    return nodes;
  }

  #template(at: number): Node {
    const name = stringOf(this.#name("template"));
    const isNil = this.#cursor.nextAfterSpace.type === "right";
    if (isNil) this.#cursor.take();
    return { kind: "template", name, pipe: isNil ? undefined : this.#expressions.pipe("right"), at };
  }

  #block(at: number): Node {
    const name = this.#name("block");
    const pipe = this.#expressions.pipe("right");
    this.#define(name);
    return { kind: "template", name: stringOf(name), pipe, at };
  }
}

/** Whether nodes print nothing but white space. */
function isEmpty(nodes: readonly Node[]): boolean {
  return nodes.every((node) => node.kind === "text" && !NOT_WHITE_SPACE.test(node.text));
}
