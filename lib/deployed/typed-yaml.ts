// Reads a kustomization's YAML into plain values, with the types that kustomize's parser, of YAML 1.1, sees.
import { defineScalarTag, FAILSAFE_SCHEMA, load, mergeTag, NOT_RESOLVED } from "js-yaml";
import { parseEvents } from "../yaml/events.js";
import { entriesOf, isMapping as beginsMapping, isSequence, itemsOf } from "../yaml/node.js";
import type { Tree } from "../yaml/reading.js";
import { isScalar, scalarQuote, scalarValue } from "../yaml/scalar.js";
import { readLeniently } from "./plain.js";
import { isNull } from "./simple-scalar.js";
import { readTyped } from "./simple-yaml.js";
import { typed } from "./typed-scalar.js";

/**
 * A text's first document. Where a repository has a thousand files, this takes a tenth of the time of a
 * parser.
 *
 * @param text a file's text
 * @returns of a key that stands there twice, the last value counts; `undefined` where the text is no mapping,
 *   or cannot be read
 */
export function typedDocumentOf(text: string): unknown {
  const source = text.replace(/^\ufeff/, "");
  const simple = readTyped(source);
  if (simple !== undefined) return simple;
  // Aliases may stand for anything, at any depth; a tag changes a type.
  return readLeniently(source, /[&*]|!!/.test(source) ? parsed : fromEvents);
}

function fromEvents(source: string): unknown {
  const result = parseEvents(source);
  if (!result.ok) return undefined;
  const tree: Tree = { source, events: result.events, after: result.after, path: [] };
  return beginsMapping(tree.events[1]) ? valueOf(tree, 1) : undefined;
}

function valueOf(tree: Tree, index: number): unknown {
  const event = tree.events[index];
  if (isScalar(event)) {
    const value = scalarValue(tree, event);
    if (scalarQuote(event) !== "") return value;
    return isNull(value) ? null : typed(value);
  }
  if (isSequence(event)) return itemsOf(tree, index).map((item) => valueOf(tree, item));
  return Object.fromEntries(
    entriesOf(tree, index).map(({ key, valueIndex }) => [key, valueOf(tree, valueIndex)]),
  );
}

const scalarTag = (name: string, implicit: boolean): ReturnType<typeof defineScalarTag> =>
  defineScalarTag(`tag:yaml.org,2002:${name}`, {
    implicit,
    resolve: (source) => {
      const value = isNull(source) ? null : typed(source);
      return typeof value === "string" ? NOT_RESOLVED : value;
    },
    identify: () => false,
  });

const SCHEMA = FAILSAFE_SCHEMA.withTags(
  mergeTag,
  scalarTag("null", true),
  ...["bool", "int", "float"].map((name) => scalarTag(name, false)),
);

function parsed(source: string): unknown {
  try {
    const value = load(source, { schema: SCHEMA, json: true });
    return isTooLarge(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** More values than any kustomization has; go-yaml too refuses a text whose aliases make so many. */
const MOST_VALUES = 400_000;

/** Whether aliases make a small text so large that nobody can go through it. */
function isTooLarge(document: unknown): boolean {
  const open: unknown[] = [document];
  for (let count = 0; open.length > 0; count++) {
    if (count + open.length > MOST_VALUES) return true;
    const value = open.pop();
    if (typeof value === "object" && value !== null)
      for (const child of Object.values(value)) open.push(child);
  }
  return false;
}
