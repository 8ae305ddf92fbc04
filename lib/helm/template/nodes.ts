// The tree of a Go template: what its parser makes of a text.

/** A text, or an action between `{{` and `}}` with what it encloses. */
export type Node =
  | { readonly kind: "text"; readonly text: string; readonly at: number }
  | { readonly kind: "action"; readonly pipe: Pipe; readonly at: number }
  | BranchNode
  | {
      readonly kind: "template";
      readonly name: string;
      /** What becomes its dot; without it, the dot is nil. */
      readonly pipe: Pipe | undefined;
      readonly at: number;
    }
  | { readonly kind: "break" | "continue"; readonly at: number };

/** `if`, `range` or `with`. `else if` and `else with` are a branch of their own in `otherwise`. */
export interface BranchNode {
  readonly kind: "if" | "range" | "with";
  readonly pipe: Pipe;
  readonly then: readonly Node[];
  readonly otherwise: readonly Node[] | undefined;
  readonly at: number;
}

/** Commands of which each gets the last one's result as its last argument. */
export interface Pipe {
  /** The variables that get the result, with their `$`: none, one, or an index and an element. */
  readonly variables: readonly string[];
  /** Whether the variables are there already: `=` and not `:=`. */
  readonly assigns: boolean;
  readonly commands: readonly Command[];
}

/** An operand, or a function or method and its arguments. There is at least one. */
export type Command = readonly Operand[];

export type Operand =
  | { readonly kind: "dot" | "nil" }
  | { readonly kind: "boolean"; readonly value: boolean }
  /** As it is written: an integer, a float, an imaginary number, or a character in quotes. */
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "function"; readonly name: string }
  /** `.a.b`: fields of the dot. */
  | { readonly kind: "field"; readonly fields: readonly string[] }
  /** `$x.a.b`; the name is with its `$`. */
  | { readonly kind: "variable"; readonly name: string; readonly fields: readonly string[] }
  /** A pipe in parentheses. */
  | { readonly kind: "pipe"; readonly pipe: Pipe }
  /** Fields of a function's result or of a pipe in parentheses: `(f).a.b`. */
  | { readonly kind: "chain"; readonly of: Operand; readonly fields: readonly string[] };

/** The templates of one text. */
export interface ParsedTemplate {
  /** What stands outside of each `define`. */
  readonly root: readonly Node[];
  /** By name: what `define` and `block` name. */
  readonly definitions: ReadonlyMap<string, readonly Node[]>;
}

/** Why a text is no template. */
export interface TemplateProblem {
  /** In a few words. */
  readonly message: string;
  /** Where, in UTF-16 units. */
  readonly offset: number;
}
