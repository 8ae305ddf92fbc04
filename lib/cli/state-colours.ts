// The colour of each state on a terminal.
import type { State } from "../images/field.js";

export const COLOUR_OF_STATE = {
  unpinned: "red",
  invalid: "red",
  incomplete: "yellow",
  pinned: "green",
  templated: "dim",
  local: "dim",
  replaced: "dim",
} as const satisfies Readonly<Record<State, string>>;
