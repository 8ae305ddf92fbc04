// Goes through a chart's templates with symbols in the place of values: what each prints, and what it does
// with values besides.
import type { Command, Node, Operand, Pipe } from "../../helm/template/nodes.js";
import { FOLLOWED } from "./functions.js";
import {
  OTHER,
  ROOT,
  ROOT_PATH,
  TooMuch,
  either,
  fieldOf,
  itemsOf,
  nameOf,
  pathsIn,
  printed,
  type Output,
  type Piece,
  type Value,
  type ValuePath,
} from "./value.js";

/** A value that goes where it is not followed. */
export interface Taken {
  readonly path: ValuePath;
  /** Set where it may be no more than an image that is put together: the named template is not there. */
  readonly isUnknown?: true;
}

/** How much of a chart is looked at: nodes, and templates within one another. */
const MOST_STEPS = 400_000;
const DEEPEST_CALL = 40;

/** Names of templates that make a version or a label: `common.images.version` and the like. */
const VERSION_OR_LABEL = /[.-]version\b|label/;

/** What a variable or the dot stands for. */
interface Scope {
  readonly dot: Value;
  readonly variables: Map<string, Value>;
}

/** Evaluates the templates of one chart. */
export class Evaluator {
  readonly #definition: (name: string) => readonly Node[] | undefined;
  /** What named templates made, by their name and dot. */
  readonly #made = new Map<string, Output>();
  readonly #running: string[] = [];
  #taken: Taken[] = [];
  #steps = 0;
  #isExhausted = false;

  /** @param definition finds a named template of the chart or of its libraries */
  constructor(definition: (name: string) => readonly Node[] | undefined) {
    this.#definition = definition;
  }

  /** Whether a limit was met, so that not everything is known. */
  get isExhausted(): boolean {
    return this.#isExhausted;
  }

  /**
   * Evaluates a template that Helm runs by itself.
   *
   * @param nodes its tree
   * @returns what it prints, and the values that functions take which are not followed
   */
  run(nodes: readonly Node[]): { readonly output: Output; readonly taken: readonly Taken[] } {
    this.#taken = [];
    this.#running.length = 0;
    let output: Output = [];
    try {
      output = this.#list(nodes, { dot: ROOT, variables: new Map([["$", ROOT]]) });
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error;
      this.#isExhausted = true;
    }
    return { output, taken: this.#taken };
  }

  #list(nodes: readonly Node[], scope: Scope): Output {
    return nodes.flatMap((node) => {
      if (++this.#steps > MOST_STEPS) throw new TooMuch();
      return this.#node(node, scope);
    });
  }

  #node(node: Node, scope: Scope): Output {
    switch (node.kind) {
      case "text":
        return [{ kind: "literal", text: node.text }];
      case "action": {
        const value = this.#pipe(node.pipe, scope);
        return node.pipe.variables.length > 0 ? [] : [printed(value)];
      }
      case "template": {
        const dot = node.pipe ? this.#pipe(node.pipe, scope) : OTHER;
        return [{ kind: "print", value: this.#call(node.name, dot) }];
      }
      case "if":
      case "with":
      case "range":
        return [this.#branch(node, scope)];
      default:
        return [];
    }
  }

  #branch(node: Extract<Node, { kind: "if" | "with" | "range" }>, scope: Scope): Piece {
    const inner: Scope = { ...scope, variables: new Map(scope.variables) };
    const value = this.#pipe(node.pipe, inner);
    let dot = scope.dot;
    if (node.kind === "with") dot = value;
    if (node.kind === "range") {
      dot = itemsOf(value);
      const [index, element] = node.pipe.variables;
      if (element !== undefined) inner.variables.set(element, dot);
      if (index !== undefined) inner.variables.set(index, element === undefined ? dot : OTHER);
    }
    const then = this.#arm(node.then, { ...inner, dot }, scope);
    const otherwise = this.#arm(node.otherwise ?? [], inner, scope);
    const asked = node.kind === "range" || value.kind !== "value" ? undefined : value.path;
    return { kind: "arms", arms: [then, otherwise], ...(asked ? { asked } : {}) };
  }

  /** An arm of a branch. What it assigns to variables from outside may or may not hold behind it. */
  #arm(nodes: readonly Node[], inner: Scope, outer: Scope): Output {
    const scope = { ...inner, variables: new Map(inner.variables) };
    const output = this.#list(nodes, scope);
    for (const [name, before] of outer.variables) {
      const after = scope.variables.get(name);
      if (after && after !== inner.variables.get(name)) outer.variables.set(name, either([after, before]));
    }
    return output;
  }

  #pipe({ variables, commands }: Pipe, scope: Scope): Value {
    let value: Value | undefined;
    for (const command of commands) value = this.#command(command, scope, value);
    const result = value ?? OTHER;
    const [variable] = variables;
    if (variable !== undefined && variables.length === 1) scope.variables.set(variable, result);
    return result;
  }

  #command([called, ...rest]: Command, scope: Scope, piped: Value | undefined): Value {
    if (!called) return OTHER;
    if (called.kind !== "function") {
      // A method, such as `.Files.Get`: what it makes of its arguments is not followed.
      const args = rest.map((operand) => this.#operand(operand, scope));
      this.#take(piped ? [...args, piped] : args, false);
      return this.#operand(called, scope);
    }
    const args = rest.map((operand) => this.#operand(operand, scope));
    if (piped) args.push(piped);
    return this.#function(called.name, args);
  }

  #function(name: string, args: readonly Value[]): Value {
    if (name === "include") return this.#include(args);
    // It changes a mapping that other variables may hold, too.
    if (name === "set") this.#take(args.slice(2), true);
    this.#take(keysAmong(name, args), false);
    const made = FOLLOWED.get(name)?.(args);
    if (made) return made;
    this.#take(args, false);
    return OTHER;
  }

  #include([template = OTHER, dot = OTHER]: readonly Value[]): Value {
    if (template.kind === "known") return this.#call(template.text, dot);
    // A file of the chart is a template of its own: here its text is hashed.
    if (!isFile(template)) this.#take([dot], true);
    return OTHER;
  }

  #operand(operand: Operand, scope: Scope): Value {
    switch (operand.kind) {
      case "dot":
        return scope.dot;
      case "boolean":
        return { kind: "known", text: String(operand.value) };
      case "number":
        return { kind: "known", text: operand.text };
      case "string":
        return { kind: "known", text: operand.value };
      case "function":
        return this.#function(operand.name, []);
      case "field":
        return operand.fields.reduce(fieldOf, scope.dot);
      case "variable":
        return operand.fields.reduce(fieldOf, scope.variables.get(operand.name) ?? OTHER);
      case "pipe":
        return this.#pipe(operand.pipe, scope);
      case "chain":
        return operand.fields.reduce(fieldOf, this.#operand(operand.of, scope));
      default:
        return OTHER;
    }
  }

  /** Runs a named template. One that runs already is not followed. */
  #call(name: string, dot: Value): Value {
    const nodes = this.#definition(name);
    if (!nodes) return this.#unknownTemplate(name, dot);
    const key = `${name} ${nameOf(dot)}`;
    const known = this.#made.get(key);
    if (known) return { kind: "text", output: known };
    if (this.#running.includes(key)) return OTHER;
    if (this.#running.length >= DEEPEST_CALL) throw new TooMuch();
    this.#running.push(key);
    const output = this.#list(nodes, { dot, variables: new Map([["$", dot]]) });
    this.#running.pop();
    this.#made.set(key, output);
    return { kind: "text", output };
  }

  /** A template of a library that is not there: its name says whether it makes an image. */
  #unknownTemplate(name: string, dot: Value): Value {
    this.#take([dot], !VERSION_OR_LABEL.test(name));
    return OTHER;
  }

  /** The root may be handed on for any of its values, or for none. */
  #take(values: readonly Value[], isUnknown: boolean): void {
    for (const path of values.flatMap(pathsIn)) {
      this.#taken.push(isUnknown || path === ROOT_PATH ? { path, isUnknown: true } : { path });
    }
  }
}

/** The arguments of a function that say where it looks. */
function keysAmong(name: string, args: readonly Value[]): readonly Value[] {
  if (name === "dig") return args.slice(0, -2);
  if (name === "set") return args.slice(1, 2);
  if (name === "lookup") return args;
  return name === "index" || name === "get" || name === "hasKey" ? args.slice(1) : [];
}

/** Whether a name is put together that ends as a file's does. */
function isFile(name: Value): boolean {
  const last = name.kind === "text" ? name.output.at(-1) : undefined;
  return last?.kind === "literal" && /\.(?:ya?ml|tpl|txt|json)$/.test(last.text);
}
