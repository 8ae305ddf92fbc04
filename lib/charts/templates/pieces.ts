// Texts that are put together and then are templates: what is no literal in them is marked.
import type { Node } from "../../helm/template/nodes.js";
import { choiceOf, printed, textOf, type Output, type Value } from "./value.js";
import { pay } from "./work.js";

/** Characters of private use, which no chart has. */
const [OPEN, CLOSE] = ["\u{F0000}", "\u{F0001}"];
const MARK = new RegExp(`${OPEN}(\\d+)${CLOSE}`, "u");

/** The mark of a piece, by its number. */
export function markOf(at: number): string {
  return `${OPEN}${String(at)}${CLOSE}`;
}

/** All text outside of the actions of a template. */
export function textsIn(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (node.kind === "text") return node.text;
      return "then" in node ? textsIn(node.then) + textsIn(node.otherwise ?? []) : "";
    })
    .join("");
}

/**
 * Puts the pieces back that were marked in a template's text.
 *
 * @param made what the template prints
 * @param pieces those that were marked, by their numbers
 */
export function withPieces(made: Output, pieces: Output): Output {
  pay(made.length);
  return made.flatMap((piece): Output => {
    if (piece.kind === "literal") {
      return piece.text.split(MARK).map((part, at) => {
        const its = at % 2 === 1 ? pieces[Number(part)] : undefined;
        return its ?? { kind: "literal", text: part };
      });
    }
    return [printed(withPiecesIn(piece.value, pieces))];
  });
}

function withPiecesIn(value: Value, pieces: Output): Value {
  if (value.kind === "text") return textOf(withPieces(value.output, pieces));
  if (value.kind !== "choice") return value;
  return choiceOf(value.of.map(({ when, value: each }) => ({ when, value: withPiecesIn(each, pieces) })));
}
