// How deep a text is nested, told by our own events: what a recursive parser must not be given.
import { EVENT_ID } from "js-yaml";
import type { Reading } from "./reading.js";
import { isSafe } from "./second-opinion.js";

/**
 * yaml-eslint-parser recurses, and a stack that overflows there cannot always be caught; real files stay
 * below 40.
 */
const DEEPEST = 100;

/**
 * Finds where a text is nested too deeply for yaml-eslint-parser.
 *
 * @param reading what our own parser, which does not recurse, made of the text
 * @returns the offset of the first collection that is too deep; 0 where our parser cannot tell and a count
 *   of brackets and columns says that it may be; undefined where the text can be given away
 */
export function tooDeep(reading: Reading): number | undefined {
  if (reading.trees.length === 0) return isSafe(reading.text) ? undefined : 0;
  for (const { events } of reading.trees) {
    let depth = 0;
    for (const event of events) {
      if (event.type === EVENT_ID.POP) depth--;
      // The document is one level of its own.
      else if (event.type === EVENT_ID.DOCUMENT) depth++;
      else if ((event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) && ++depth > DEEPEST + 1)
        return event.start;
    }
  }
  return undefined;
}
