// A Go template action: one `{{ … }}` of a file.

/**
 * What an action does, as far as it matters for reading the file:
 * - `open`: `if`, `with`, `range`, `block`, `define` begin a chain; `else`: another arm of it; `end` closes
 *   it
 * - `comment`, `assignment` (`$x := …`, `$x = …`), `break`/`continue` (`control`) print nothing
 * - `output`: everything else prints text
 */
export type ActionKind = "open" | "else" | "end" | "comment" | "assignment" | "control" | "output";

export interface Action {
  readonly kind: ActionKind;
  /** Its first word: `if`, `include`, `.Values.image`; empty for a comment. */
  readonly keyword: string;
  /** Offset of `{{`. */
  readonly start: number;
  /** Offset after `}}`. */
  readonly end: number;
}
