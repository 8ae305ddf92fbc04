// Looks at a string: if it holds YAML or JSON, the images in it are the file's too.
import { holdsTagKey } from "../charts/tag-keys.js";
import { holdsVocabulary } from "../vocabulary/holds-vocabulary.js";
import type { DocumentKind } from "../vocabulary/row-types.js";
import { isBlock, isScalar } from "../yaml/scalar.js";
import { embeddedIn, shifted } from "./embedded.js";
import { valuesFactsAt } from "./surroundings/enter.js";
import type { ImageField } from "./field.js";
import type { FileFacts } from "./file-facts.js";
import { markGenerated } from "./add-field.js";
import { beginsValues, type Surroundings } from "./surroundings/surroundings.js";
import type { TreeContext, TreeSource } from "./tree-context.js";

/**
 * How many strings may stand one within the other, since each level is parsed anew. Two are a resource in a
 * kustomization, and YAML in an annotation of it.
 */
const DEEPEST_STRING = 2;

const VALUES_FILE = /values[^/]*\.ya?ml$/;

/**
 * Adds the fields of the documents that a string holds.
 *
 * @param context the walk's, its path being that of the string
 * @param index of the string's event
 * @param at the surroundings of the string
 * @param fieldsOfTree walks a tree of such a document
 */
export function visitString(
  context: TreeContext,
  index: number,
  at: Surroundings,
  fieldsOfTree: (source: TreeSource) => readonly ImageField[],
): void {
  if (!mayHoldDocuments(context, index)) return;
  const { reading, tree, settings, path, depth } = context;
  const facts = factsOfString(context, at);
  const mayHold = (text: string): boolean =>
    holdsVocabulary(text) || (facts.completesTags === true && holdsTagKey(text));
  for (const { reading: part, trees, start, writable } of embeddedIn(reading, tree, index, mayHold)) {
    for (const each of trees) {
      const fields = fieldsOfTree({
        reading: part,
        tree: each,
        facts,
        settings,
        above: path,
        embedded: writable ? "writable" : "read-only",
        depth: depth + 1,
      });
      for (const field of fields) context.fields.push(markGenerated(shifted(field, start), at, path));
    }
  }
}

/** Most strings end here: only a block, or what begins a flow collection, holds a document. */
function mayHoldDocuments({ tree, embedded, depth }: TreeContext, index: number): boolean {
  const event = tree.events[index];
  if (!isScalar(event) || depth >= DEEPEST_STRING || embedded === "read-only") return false;
  if (isBlock(event)) return true;
  const first = tree.source[event.valueStart];
  return first === "{" || first === "[";
}

function factsOfString(context: TreeContext, at: Surroundings): FileFacts {
  const { facts, path } = context;
  const isValues = beginsValues(at, path);
  return {
    filename: facts.filename,
    otherwise: isValues || VALUES_FILE.test(String(path.at(-1) ?? "")) ? "values" : kindBelow(at.kind),
    ...(facts.own ? { own: facts.own } : {}),
    ...(facts.fates ? { fates: facts.fates } : {}),
    ...(isValues ? { values: valuesFactsAt(context, at) } : {}),
    ...(isValues && facts.completesTags ? { completesTags: true as const } : {}),
  };
}

function kindBelow(kind: DocumentKind): DocumentKind {
  return kind === "manifest" || kind === "values" ? "embedded" : "other";
}
