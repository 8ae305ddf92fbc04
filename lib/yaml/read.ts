// Reads a YAML text, plain or a Go template, once for all that need it.
import { COLLECTION_STYLE, EVENT_ID } from "js-yaml";
import type { Arm } from "../helm/blocks.js";
import { findComments } from "./comments.js";
import { TOO_MANY_ENTRIES, tooManyEntries } from "./entries.js";
import { parseEvents } from "./events.js";
import type { Events } from "./events.js";
import { positionFinder } from "./lines.js";
import { readBroken } from "./plain.js";
import type { Range, Reading } from "./reading.js";
import { readTemplate, type TemplateReading } from "./template.js";

const NO_ARMS: readonly Arm[] = [];

/**
 * The last reading. All that look at a file do so one after the other; a command reads it again after ESLint.
 * Not by a key in a `WeakMap`: V8 keeps what such a map holds until it collects the old generation.
 */
let last: Reading | undefined;

/**
 * Reads a text, plain YAML or a Go template.
 *
 * A text with `{{` is a template if it is not valid YAML, or if a flow mapping in it begins with `{{`: `key:
 * {{ .Values.x }}` is valid YAML by chance.
 *
 * @param text without a byte order mark, line ends of any kind
 * @returns the reading, the same for the same text as in the last call; never throws, and takes linear time
 *   up to a fixed number of parses
 */
export function read(text: string): Reading {
  if (last?.text === text) return last;
  // Two readings of a large file would not fit into the memory.
  last = undefined;
  return (last = readAnew(text));
}

function readAnew(text: string): Reading {
  const many = tooManyEntries(text);
  if (many !== undefined)
    return plainReading(text, {
      trees: [],
      lines: [],
      notes: [],
      error: { message: TOO_MANY_ENTRIES, offset: many },
    });
  const result = parseEvents(text);
  const maybeTemplate = text.includes("{{");
  if (result.ok && !(maybeTemplate && beginsWithAction(text, result))) {
    const tree = { source: text, events: result.events, after: result.after, path: [] };
    return plainReading(text, { trees: [tree], lines: [], notes: [] });
  }
  return result.ok || maybeTemplate
    ? templateReading(text)
    : plainReading(text, readBroken(text, result.problem));
}

function beginsWithAction(text: string, { events }: Events): boolean {
  return events.some(
    (event) =>
      event.type === EVENT_ID.MAPPING &&
      event.style === COLLECTION_STYLE.FLOW &&
      text.startsWith("{{", event.start),
  );
}

type Parts = Pick<Reading, "trees" | "lines" | "notes" | "error">;

function plainReading(text: string, parts: Parts): Reading {
  let comments: readonly Range[] | undefined;
  return {
    text,
    template: false,
    actions: [],
    ...parts,
    armsAt: () => NO_ARMS,
    positionOf: positionFinder(text),
    comments: () => (comments ??= findComments(text, parts.trees)),
  };
}

/** Read when first asked what it holds: of most templates, only that they are templates has to be known. */
function templateReading(text: string): Reading {
  let made: TemplateReading | undefined;
  let comments: readonly Range[] | undefined;
  const parts = (): TemplateReading => (made ??= readTemplate(text));
  return {
    text,
    template: true,
    get trees() {
      return parts().trees;
    },
    get lines() {
      return parts().lines;
    },
    get actions() {
      return parts().actions;
    },
    get notes() {
      return parts().notes;
    },
    armsAt: (offset) => parts().armsAt(offset),
    positionOf: positionFinder(text),
    comments: () => (comments ??= findComments(parts().masked, parts().trees)),
  };
}
