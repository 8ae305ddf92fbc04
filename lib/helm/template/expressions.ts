// Parses what stands in an action of a Go template: pipes of commands.
import type { Cursor } from "./cursor.js";
import { isCharacter, isNumber, unquoted } from "./literals.js";
import type { Command, Operand, Pipe } from "./nodes.js";
import { TemplateSyntaxError } from "./syntax-error.js";
import type { Token, TokenType } from "./tokens.js";

/** How many parentheses may stand within one another. Go's limit is 10,000; charts stay below 20. */
const DEEPEST = 200;

const BEGIN_OPERANDS: ReadonlySet<TokenType> = new Set<TokenType>([
  ...(["boolean", "character", "dot", "field", "function", "number", "nil", "string", "variable"] as const),
  "(",
]);

/** Operands that cannot be called, and so not stand behind a `|`. */
const NOT_CALLED: ReadonlySet<Operand["kind"]> = new Set<Operand["kind"]>([
  ...(["boolean", "dot", "nil", "number", "string"] as const),
]);

/** Parses pipes, and knows which variables are declared. */
export class Expressions {
  readonly #cursor: Cursor;
  readonly #isFunction: (name: string) => boolean;
  /** The variables that are declared here, each once, the newest last; `$` is always there. */
  #variables: string[] = ["$"];
  /** The same, to look them up. */
  #known = new Set(this.#variables);
  #depth = 0;

  constructor(cursor: Cursor, isFunction: (name: string) => boolean) {
    this.#cursor = cursor;
    this.#isFunction = isFunction;
  }

  /** Parses with the variables of now; what is declared meanwhile is forgotten. */
  inScope<T>(parse: () => T): T {
    const { length } = this.#variables;
    const result = parse();
    for (const name of this.#variables.splice(length)) this.#known.delete(name);
    return result;
  }

  /** Parses with no variable but `$`, as a template of its own does. */
  inOwnScope<T>(parse: () => T): T {
    const [variables, known] = [this.#variables, this.#known];
    this.#variables = ["$"];
    this.#known = new Set(this.#variables);
    const result = parse();
    [this.#variables, this.#known] = [variables, known];
    return result;
  }

  /**
   * Parses a pipe up to its end, which is taken.
   *
   * @param end what ends it
   * @param isRange whether it may declare two variables
   * @throws {TemplateSyntaxError}
   */
  pipe(end: "right" | ")", isRange = false): Pipe {
    const cursor = this.#cursor;
    const { at } = cursor.nextAfterSpace;
    const variables: string[] = [];
    const assigns = this.#declarations(variables, isRange);
    const commands: Command[] = [];
    for (;;) {
      const token = cursor.nextAfterSpace;
      if (token.type === end) break;
      if (!BEGIN_OPERANDS.has(token.type)) throw cursor.unexpected(token, "in a pipe");
      commands.push(this.#command());
    }
    cursor.take();
    if (commands.length === 0) throw new TemplateSyntaxError("a value is missing", at);
    if (commands.slice(1).some(([first]) => first && NOT_CALLED.has(first.kind))) {
      throw new TemplateSyntaxError("what stands behind `|` is no function", at);
    }
    return { variables, assigns, commands };
  }

  /** Parses `$x :=`, `$x =` and, in `range`, `$i, $x :=`. Returns whether it assigns. */
  #declarations(variables: string[], isRange: boolean): boolean {
    const cursor = this.#cursor;
    for (;;) {
      const variable = cursor.nextAfterSpace;
      const start = cursor.index;
      if (variable.type !== "variable") return false;
      cursor.take();
      const { type } = cursor.nextAfterSpace;
      const isComma = type === ",";
      if (!isComma && type !== ":=" && type !== "=") {
        cursor.index = start;
        return false;
      }
      cursor.take();
      variables.push(variable.text);
      this.#declare(variable.text);
      if (!isComma) return type === "=";
      const follows = cursor.nextAfterSpace;
      const mayFollow = follows.type === "variable" || follows.type === "right" || follows.type === ")";
      if (!isRange || variables.length > 1 || !mayFollow) {
        throw new TemplateSyntaxError("too many variables are declared", variable.at);
      }
    }
  }

  #declare(name: string): void {
    if (this.#known.has(name)) return;
    this.#known.add(name);
    this.#variables.push(name);
  }

  /** Parses a command, whose first operand comes next, and the `|` behind it. */
  #command(): Command {
    const cursor = this.#cursor;
    const operands: Operand[] = [];
    for (;;) {
      cursor.skipSpace();
      if (BEGIN_OPERANDS.has(cursor.next.type)) operands.push(this.#operand());
      const { type } = cursor.next;
      if (type === "space") continue;
      if (type === "|") cursor.take();
      else if (type !== "right" && type !== ")") throw cursor.unexpected(cursor.next, "behind an operand");
      break;
    }
    return operands;
  }

  /** An operand and the fields that stand right behind it. */
  #operand(): Operand {
    const cursor = this.#cursor;
    const { at } = cursor.next;
    const term = this.#term(cursor.take());
    const fields: string[] = [];
    while (cursor.next.type === "field") fields.push(cursor.take().text.slice(1));
    if (fields.length === 0) return term;
    switch (term.kind) {
      case "field":
      case "variable":
        return { ...term, fields: [...term.fields, ...fields] };
      case "function":
      case "pipe":
        return { kind: "chain", of: term, fields };
      default:
        throw new TemplateSyntaxError("this has no fields", at);
    }
  }

  #term(token: Token): Operand {
    const { type, text, at } = token;
    switch (type) {
      case "function":
        if (!this.#isFunction(text)) throw new TemplateSyntaxError(`there is no function \`${text}\``, at);
        return { kind: "function", name: text };
      case "variable":
        if (!this.#known.has(text)) {
          throw new TemplateSyntaxError(`there is no variable \`${text}\` here`, at);
        }
        return { kind: "variable", name: text, fields: [] };
      case "field":
        return { kind: "field", fields: [text.slice(1)] };
      case "boolean":
        return { kind: "boolean", value: text === "true" };
      case "string":
        return { kind: "string", value: stringOf(token) };
      case "number":
      case "character":
        if (!(type === "number" ? isNumber(text) : isCharacter(text))) {
          throw new TemplateSyntaxError(`\`${text}\` is no number`, at);
        }
        return { kind: "number", text };
      case "(":
        return this.#parentheses(at);
      default:
        return { kind: type === "nil" ? "nil" : "dot" };
    }
  }

  #parentheses(at: number): Operand {
    if (this.#depth >= DEEPEST) throw new TemplateSyntaxError("too many parentheses", at);
    this.#depth++;
    const pipe = this.pipe(")");
    this.#depth--;
    return { kind: "pipe", pipe };
  }
}

/**
 * What a string literal means.
 *
 * @throws {TemplateSyntaxError} where it is not valid
 */
export function stringOf({ text, at }: Token): string {
  const value = unquoted(text);
  if (value === undefined) throw new TemplateSyntaxError(`\`${text}\` is no valid text`, at);
  return value;
}
