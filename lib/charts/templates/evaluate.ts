// Goes through a chart's templates with symbols in the place of values: what each prints, and what it does
// with values besides.
import type { Command, Node, Operand, Pipe } from "../../helm/template/nodes.js";
import { truthOf } from "./truth.js";
import { FOLLOWED } from "./functions.js";
import { nameOf } from "./held.js";
import { changed, isChanging } from "./changes.js";
import { endOf, isFile, keysAmong, namedBy, takenBy } from "./names.js";
import { Running } from "./running.js";
import { Scope } from "./scope.js";
import { TextTemplates } from "./tpl.js";
import { TakenValues, type Taken } from "./taken.js";
import {
  OTHER,
  choiceOf,
  either,
  fieldOf,
  itemsOf,
  known,
  printed,
  roundsOf,
  textOf,
  type Output,
  type Value,
  type ValuePath,
} from "./value.js";
import { TooMuch, pay } from "./work.js";

type Block = Extract<Node, { kind: "if" | "with" | "range" }>;

interface Round {
  readonly scope: Scope;
  readonly made: Value;
}

/** What the evaluator needs of a chart. */
export interface Definitions {
  /** The tree of a named template. */
  named(name: string): readonly Node[] | undefined;
  /** Whether nobody can define a template: Helm fails where it is called. */
  isNowhere(name: string): boolean;
  /** The names of all templates; none where some are not there. */
  names(): readonly string[];
  /** The tree of a text that is a template; `undefined` where it is none. */
  parsed(text: string): readonly Node[] | undefined;
}

/** What a node of a template costs; see {@link pay}. */
const STEPS_OF_NODE = 50;
/** In how many blocks a loop may stand of which a second round is looked at. */
const DEEPEST_LOOP = 5;

/** Evaluates the templates of one chart. */
export class Evaluator {
  readonly #definitions: Definitions;
  /** What named templates made, by their name and dot. */
  readonly #made = new Map<string, Output>();
  readonly #running = new Running();
  readonly #taken = new TakenValues();
  #isExhausted = false;
  /** How many times a mapping was changed, and how many branches are open. */
  #changes = 0;
  #branches = 0;
  readonly #texts: TextTemplates;

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
    this.#texts = new TextTemplates({
      parsed: (text) => definitions.parsed(text),
      run: (name, nodes, dot) => this.#makeOf(name, nodes, dot),
      list: (nodes, dot) => this.#list(nodes, new Scope(dot)),
      take: (values, how) => {
        this.#taken.take(values, how);
      },
    });
  }

  /** Whether texts of the values, or of the chart's other files, become templates. */
  get templated(): TextTemplates["templated"] {
    return this.#texts.templated;
  }

  /** Whether a limit was met, so that not everything is known. */
  get isExhausted(): boolean {
    return this.#isExhausted;
  }

  /**
   * Evaluates a template that Helm runs by itself.
   *
   * @param nodes its tree
   * @param base the key of the subchart whose template it is
   * @returns what it prints, and the values that go where they are not followed
   */
  run(
    nodes: readonly Node[],
    base: ValuePath = [],
  ): { readonly output: Output; readonly taken: readonly Taken[] } {
    this.#taken.clear();
    this.#running.clear();
    this.#branches = 0;
    let output: Output = [];
    try {
      output = this.#list(nodes, new Scope({ kind: "root", base }));
    } catch (error) {
      // What merges a mapping with itself has no end.
      if (!(error instanceof TooMuch || error instanceof RangeError)) throw error;
      this.#isExhausted = true;
    }
    return { output, taken: this.#taken.all };
  }

  #list(nodes: readonly Node[], scope: Scope): Output {
    return nodes.flatMap((node) => {
      pay(STEPS_OF_NODE);
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
        return [printed(this.#call(node.name, dot))];
      }
      case "if":
      case "with":
        return [this.#branch(node, scope)].map(printed);
      case "range":
        return [this.#range(node, scope)].map(printed);
      default:
        return [];
    }
  }

  #branch(node: Block, outer: Scope): Value {
    const head = new Scope(outer.dot, outer);
    const value = this.#pipe(node.pipe, head);
    const { yes, no } = truthOf(value);
    this.#taken.undecided(value, [...yes, ...no].flat());
    const then = new Scope(node.kind === "with" ? value : outer.dot, head);
    const otherwise = new Scope(outer.dot, head);
    this.#branches++;
    const made = this.#list(node.then, then);
    const other = this.#list(node.otherwise ?? [], otherwise);
    this.#branches--;
    head.join([
      { scope: then, when: yes },
      { scope: otherwise, when: no },
    ]);
    outer.join([{ scope: head, when: [[]] }]);
    return choiceOf([
      ...yes.map((when) => ({ when, value: textOf(made) })),
      ...no.map((when) => ({ when, value: textOf(other) })),
    ]);
  }

  /** What a loop assigns may hold in its next round, too. */
  #range(node: Block, outer: Scope): Value {
    const head = new Scope(outer.dot, outer);
    const value = this.#pipe({ ...node.pipe, variables: [] }, head);
    let items = roundsOf(value);
    this.#branches++;
    const round = (item: Value): Round => this.#round(node, item, head);
    let rounds = items.map(round);
    // A list that grows by what each item may be, in each round, has no end.
    if (items.length > 1 && rounds.some(({ scope }) => scope.hasAssigned))
      rounds = (items = [itemsOf(value)]).map(round);
    const assigning = rounds.filter(({ scope }) => scope.hasAssigned);
    if (assigning.length > 0) {
      const assigned = assigning.flatMap(({ scope }) => [...scope.assigned.values()]);
      // A condition on one item says nothing of another one.
      for (const each of assigned) this.#taken.items(each);
      for (const { scope } of assigning) head.loosely(scope);
      if (this.#branches > DEEPEST_LOOP) this.#taken.take(assigned, "unknown");
      else rounds = items.map(round);
    }
    const otherwise = new Scope(outer.dot, head);
    const other = textOf(this.#list(node.otherwise ?? [], otherwise));
    this.#branches--;
    for (const { scope } of rounds) head.loosely(scope);
    head.loosely(otherwise);
    outer.loosely(head);
    return choiceOf([...rounds.map(({ made }) => made), other].map((value) => ({ when: [], value })));
  }

  #round(node: Block, item: Value, outer: Scope): Round {
    const scope = new Scope(item, outer);
    const [index, element] = node.pipe.variables;
    if (element !== undefined) scope.declare(element, item);
    if (index !== undefined) scope.declare(index, element === undefined ? item : OTHER);
    return { scope, made: textOf(this.#list(node.then, scope)) };
  }

  #pipe({ variables, assigns, commands }: Pipe, scope: Scope): Value {
    let value: Value | undefined;
    for (const command of commands) value = this.#command(command, scope, value);
    const result = value ?? OTHER;
    const [variable] = variables;
    if (variable !== undefined && variables.length === 1) {
      if (assigns) scope.assign(variable, result);
      else scope.declare(variable, result);
    }
    return result;
  }

  #command([called, ...rest]: Command, scope: Scope, piped: Value | undefined): Value {
    if (!called) return OTHER;
    const args = rest.map((operand) => this.#operand(operand, scope));
    if (piped) args.push(piped);
    if (called.kind === "function") return this.#function(called.name, args);
    // A method, such as `.Files.Get`: what it makes of its arguments is not followed.
    this.#taken.take(args, "held");
    return this.#operand(called, scope);
  }

  #function(name: string, args: readonly Value[]): Value {
    if (name === "include") return this.#include(args);
    if (name === "tpl") return this.#texts.value(args);
    this.#taken.take(keysAmong(name, args), "held");
    if (isChanging(name)) {
      this.#changes++;
      const { value, unknown } = changed(name, args, this.#branches > 0);
      this.#taken.take(unknown, "unknown");
      return value;
    }
    const made = FOLLOWED.get(name)?.(args);
    if (made) return made;
    this.#taken.take(args, "held");
    return OTHER;
  }

  #include([template = OTHER, dot = OTHER]: readonly Value[]): Value {
    if (template.kind === "known") return this.#call(template.text, dot);
    if (template.kind === "choice")
      return choiceOf(template.of.map(({ when, value }) => ({ when, value: this.#include([value, dot]) })));
    // A file of the chart is a template of its own: here its text is hashed.
    const named = isFile(template) ? undefined : namedBy(template, this.#definitions.names());
    if (isFile(template)) this.#taken.take(endOf(template), "held");
    else if (!named) this.#taken.take([template, dot], "unknown");
    return named ? either(named.map((name) => this.#call(name, dot))) : OTHER;
  }

  #operand(operand: Operand, scope: Scope): Value {
    switch (operand.kind) {
      case "dot":
        return scope.dot;
      case "boolean":
        return { kind: "known", text: String(operand.value), isFalse: !operand.value };
      case "number":
        return { kind: "known", text: operand.text, isFalse: Number(operand.text) === 0 };
      case "string":
        return known(operand.value);
      case "function":
        return this.#function(operand.name, []);
      case "field":
        return operand.fields.reduce(fieldOf, scope.dot);
      case "variable":
        return operand.fields.reduce(fieldOf, scope.get(operand.name));
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
    const nodes = this.#definitions.named(name);
    if (nodes) return this.#makeOf(name, nodes, dot);
    if (!this.#definitions.isNowhere(name)) this.#taken.take([dot], takenBy(name));
    return OTHER;
  }

  #makeOf(name: string, nodes: readonly Node[], dot: Value): Value {
    const its = nameOf(dot);
    const key = its && `${name} ${its}`;
    const made = key && this.#made.get(key);
    if (made) return textOf(made);
    if (this.#running.isTooDeep(name, key)) {
      this.#taken.take([dot], "unknown");
      return OTHER;
    }
    this.#running.enter(name, key);
    const changes = this.#changes;
    const output = this.#list(nodes, new Scope(dot));
    this.#running.leave();
    if (key && changes === this.#changes) this.#made.set(key, output);
    return textOf(output);
  }
}
