// The function `tpl`: a text becomes a template.
import type { Node } from "../../helm/template/nodes.js";
import { markOf, textsIn, withPieces } from "./pieces.js";
import { OTHER, choiceOf, known, textOf, type Output, type Value } from "./value.js";
import { pay } from "./work.js";

/** What evaluates templates. */
export interface TemplateHost {
  /** The tree of a text that is a template; `undefined` where it is none. */
  parsed(text: string): readonly Node[] | undefined;
  /** Runs a tree as a named template. */
  run(name: string, nodes: readonly Node[], dot: Value): Value;
  /** What a tree prints. */
  list(nodes: readonly Node[], dot: Value): Output;
  /** Notes that values go where they are not followed. */
  take(values: readonly Value[], how: "unknown"): void;
}

/** Evaluates texts as templates. */
export class TextTemplates {
  readonly #host: TemplateHost;
  /** Whether texts of the values, or of the chart's other files, become templates. */
  readonly templated = { values: false, files: false };

  constructor(host: TemplateHost) {
    this.#host = host;
  }

  /** A text of the values, or of a file, may be a template; one that is put together of texts is none. */
  value([text = OTHER, dot = OTHER]: readonly Value[], depth = 12): Value {
    pay();
    switch (depth === 0 ? "other" : text.kind) {
      case "known":
        return text.kind === "known" ? this.#ofText(text.text, dot) : OTHER;
      case "choice":
        return text.kind === "choice"
          ? choiceOf(text.of.map(({ when, value }) => ({ when, value: this.value([value, dot], depth - 1) })))
          : OTHER;
      case "text": {
        const output = text.kind === "text" ? text.output : [];
        for (const piece of output) if (piece.kind === "print") this.value([piece.value, dot], depth - 1);
        const isTemplate = output.some((piece) => piece.kind === "literal" && piece.text.includes("{{"));
        return isTemplate ? this.#ofPieces(output, dot) : text;
      }
      case "other":
        this.templated.files = true;
        this.templated.values = true;
        if (depth === 0) this.#host.take([text], "unknown");
        return OTHER;
      default:
        this.templated.values = true;
        return text;
    }
  }

  #ofText(text: string, dot: Value): Value {
    if (!text.includes("{{")) return known(text);
    const nodes = this.#host.parsed(text);
    if (!nodes) {
      this.#host.take([dot], "unknown");
      return OTHER;
    }
    return this.#host.run(`tpl ${text}`, nodes, dot);
  }

  /** A template that is put together of texts: what is no literal must stand outside of its actions. */
  #ofPieces(output: Output, dot: Value): Value {
    const source = output.map((piece, at) => (piece.kind === "literal" ? piece.text : markOf(at))).join("");
    const nodes = this.#host.parsed(source);
    const marked = output.flatMap((piece, at) => (piece.kind === "print" ? [markOf(at)] : []));
    const texts = nodes ? textsIn(nodes) : "";
    if (!nodes || !marked.every((each) => texts.includes(each))) {
      this.#host.take([textOf(output), dot], "unknown");
      return OTHER;
    }
    return textOf(withPieces(this.#host.list(nodes, dot), output));
  }
}
