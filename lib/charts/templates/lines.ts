// What a template prints, line by line: each form that a line may have, and when it has it.
import { Form, shortened, type Atom } from "./forms.js";
import { heldIn } from "./held.js";
import { firstOf } from "./first-of.js";
import type { SharedCondition } from "./shared-condition.js";
import { printed, type Option, type Output, type Piece, type Value, type ValuePath } from "./value.js";
import { pay } from "./work.js";

/** One form of a line that a template prints. */
export interface Line {
  /** None where it holds no value: then only what it depends on matters. */
  readonly atoms: readonly Atom[];
  readonly when: SharedCondition;
}

/** Whoever wants to know what is printed. */
export interface LineVisitor {
  /** For each form of each line that holds a value or depends on one. */
  line(line: Line): void;
  /** For each value that is printed in YAML or in a mapping, or (`unknown`) not followed any more. */
  taken(path: ValuePath, how: "yaml" | "held" | "unknown"): void;
}

const NO_ATOMS: readonly Atom[] = [];

/** What one of several values costs, before each form goes on with it; see {@link pay}. */
const STEPS_OF_OPTION = 3;

/** How many forms of one line are told apart. */
const MOST_LINES = 40;

/**
 * Finds what is printed of values.
 *
 * @param output what a template prints
 * @param always the beginning of the chart's conditions
 * @param visitor is told
 * @throws {TooMuch} where there is more than is looked at
 */
export function eachLine(output: Output, always: SharedCondition, visitor: LineVisitor): void {
  const reader = new LineReader(visitor, always);
  reader.add(output);
  reader.end();
}

/** A form of the line at hand. */
interface Open {
  readonly form: Form;
  readonly when: SharedCondition;
}

class LineReader {
  readonly #visitor: LineVisitor;
  readonly #always: SharedCondition;
  /** How each form of the line at hand begins. */
  #empty = new Form();
  /** The forms of the line at hand. */
  #lines: readonly Open[];
  /** What holds where the output at hand is printed. */
  #when: SharedCondition;
  /** Of how many options the output at hand is one. */
  #depth = 0;

  constructor(visitor: LineVisitor, always: SharedCondition) {
    this.#visitor = visitor;
    this.#always = always;
    this.#when = always;
    this.#lines = [{ form: this.#empty, when: this.#when }];
  }

  add(output: Output): void {
    for (const piece of output) this.#piece(piece);
  }

  end(): void {
    pay(this.#lines.length);
    for (const { form, when } of this.#lines) {
      if (form.isBlank) continue;
      if (form.hasValue) this.#visitor.line({ atoms: form.atoms, when });
      else if (when.length > 0) this.#visitor.line({ atoms: NO_ATOMS, when });
    }
    // Options go on with the forms of before; outside of them, none of these is needed any more.
    if (this.#depth === 0) this.#empty = new Form();
    this.#lines = [{ form: this.#empty, when: this.#when }];
  }

  #piece(piece: Piece): void {
    pay();
    if (piece.kind === "literal") this.#literal(piece.text);
    else this.#value(piece.value);
  }

  #literal(text: string): void {
    const first = text.indexOf("\n");
    if (first < 0) {
      this.#append(text);
      return;
    }
    this.#append(text.slice(0, first));
    this.end();
    const last = text.lastIndexOf("\n");
    // Whole lines between hold no values, and depend on the same ones.
    const between = text.slice(first + 1, last);
    if (this.#when.length > 0 && /\S/.test(between)) {
      this.#append(shortened(between.trim()));
      this.end();
    }
    this.#append(text.slice(last + 1));
  }

  #value(value: Value): void {
    switch (value.kind) {
      case "known":
        this.#literal(value.text);
        break;
      case "value":
        this.#append(value.path);
        break;
      case "text":
        this.add(value.output);
        break;
      case "choice":
        this.#options(value.of);
        break;
      case "test":
        this.#options(
          (["yes", "no"] as const).flatMap((answer) =>
            value.truth[answer].map((when) => ({
              when,
              value: { kind: "known", text: answer === "yes" ? "true" : "false", isFalse: false } as const,
            })),
          ),
        );
        break;
      case "merged":
        this.#value(firstOf(value.of));
        break;
      default:
        this.#takeAll(value, value.kind === "yaml" ? "yaml" : value.kind === "root" ? "unknown" : "held");
        this.#append(undefined);
    }
  }

  #takeAll(value: Value, how: "yaml" | "held" | "unknown"): void {
    for (const { path, isAsked, isRoot } of heldIn(value)) {
      if (!isAsked) this.#visitor.taken(path, isRoot ? "unknown" : how);
    }
  }

  /** Each option goes on with the forms of now. */
  #options(options: readonly Option[]): void {
    if (options.every(({ value }) => value.kind === "text" && value.output.length === 0)) return;
    const before = this.#lines;
    const outer = this.#when;
    const after: Open[] = [];
    for (const { when, value } of options) {
      pay(STEPS_OF_OPTION + before.length);
      const inner = outer.and(when);
      if (!inner) continue;
      const lines = before.flatMap(({ form, when: its }) => {
        const both = its.and(when);
        return both ? [{ form, when: both }] : [];
      });
      if (lines.length === 0) continue;
      this.#lines = lines;
      this.#when = inner;
      this.#depth++;
      this.#piece(printed(value));
      this.#depth--;
      after.push(...this.#lines);
    }
    this.#when = outer;
    this.#lines = after.length > 0 ? this.#fewer(after) : before;
  }

  /** Forms that are the same but for when they are printed become one where there are many. */
  #fewer(all: readonly Open[]): readonly Open[] {
    pay(all.length);
    const byForm = new Map<Form, Set<SharedCondition>>();
    const lines = all.filter(({ form, when }) => {
      const its = byForm.get(form) ?? new Set();
      const isNew = !its.has(when);
      byForm.set(form, its.add(when));
      return isNew;
    });
    if (lines.length <= MOST_LINES) return lines;
    if (byForm.size <= MOST_LINES)
      return [...byForm].map(([form, its]) => ({ form, when: this.#always.common(its) }));
    for (const form of byForm.keys()) this.#lose(form);
    return [this.#lost(this.#when)];
  }

  /** Nothing is known of a form any more. */
  #lose({ atoms }: Form): void {
    for (const atom of atoms) if (isPath(atom)) this.#visitor.taken(atom, "unknown");
  }

  #lost(when: SharedCondition): Open {
    return { form: this.#empty.with(undefined) ?? this.#empty, when };
  }

  #append(atom: Atom): void {
    if (atom === "") return;
    pay(this.#lines.length);
    this.#lines = this.#lines.map((line) => {
      const form = line.form.with(atom);
      if (form) return form === line.form ? line : { form, when: line.when };
      this.#lose(line.form);
      if (isPath(atom)) this.#visitor.taken(atom, "unknown");
      return this.#lost(line.when);
    });
  }
}

/** Whether a part of a line is a value of the chart. */
export function isPath(atom: Atom): atom is ValuePath {
  return Array.isArray(atom);
}
