// What a field is once its file is deployed: kustomizations and builds put other images in its place.
import type { PlacedImage } from "../deployed/flow.js";
import { PATCH_KEYS } from "../deployed/kustomization.js";
import { displayText } from "../reference/display.js";
import { parseReference } from "../reference/reference.js";
import type { DocumentKind } from "../vocabulary/row-types.js";
import { textAt } from "../yaml/node-at.js";
import type { ImageField } from "./field.js";
import { isLocal, stateOf } from "./state.js";
import type { Surroundings } from "./surroundings/surroundings.js";
import type { TreeContext } from "./tree-context.js";

/** Documents that kustomize reads. */
const READ: ReadonlySet<DocumentKind> = new Set(["manifest", "kustomization", "embedded", "other"]);

/** The keys of a kustomization whose strings are patches. */
const PATCHES: ReadonlySet<unknown> = new Set(PATCH_KEYS);

/**
 * Marks a field that is not deployed as it stands.
 *
 * @param context the walk's, its path being that of the field
 * @param at the surroundings of the field
 * @param field the field, as its row made it
 * @returns the same field where nothing changes it
 */
export function deployedField(context: TreeContext, at: Surroundings, field: ImageField): ImageField {
  const { facts, depth, above } = context;
  if (!facts.fates || field.state === "templated" || !READ.has(at.kind)) return field;
  // Of the strings in a file, kustomize reads only the patches of a kustomization.
  if (depth > 1 || (depth === 1 && !PATCHES.has(above[0]))) return field;
  const fate = facts.fates()?.(placed(context, at, field));
  if (!fate) return field;
  if (fate.kind === "replaced") return { ...field, state: "replaced", replacedBy: fate.by };
  if (fate.kind === "built") return field.state === "invalid" ? field : { ...field, state: "local" };
  const own = fate.filledBy === undefined ? field : { ...field, slot: noSlotFor(fate.filledBy) };
  const kept = fate.in === undefined ? own : { ...own, deployedBy: fate.in };
  return fate.as ? renamed(context, kept, fate.as) : kept;
}

/** Where a part of the image is cut out at `:`, a digest would be cut in two. */
function noSlotFor(file: string): ImageField["slot"] {
  const message = `the \`replacements\` of ${displayText(file)} write into it; pin what they copy from`;
  return { kind: "none", reason: "templated", message };
}

function placed({ tree, path, above }: TreeContext, at: Surroundings, field: ImageField): PlacedImage {
  const isItem = textAt(tree, at.document, ["kind"]).endsWith("List") && path[above.length] === "items";
  // Each item of a list is a resource of its own.
  const first = above.length + (isItem ? 2 : 0);
  const root = path.slice(above.length, first);
  return {
    text: field.written,
    path: above.length > 0 ? path.slice() : path.slice(first),
    resource: {
      text: (steps) => {
        const text = textAt(tree, at.document, [...root, ...steps]);
        return text === "" ? undefined : text;
      },
    },
  };
}

/** A field that is deployed by other names. Its own one is the first, where it is among them. */
function renamed({ settings }: TreeContext, field: ImageField, texts: readonly string[]): ImageField {
  if (field.state === "local") return field;
  const references = texts.flatMap((text) => {
    const result = parseReference(text);
    return result.ok ? [{ ...result.reference, written: text }] : [];
  });
  const own = references.find(({ written }) => written === field.written) ?? references[0];
  if (!own) return field;
  const others = references.filter((each) => each !== own);
  const local = isLocal(own, settings);
  return {
    ...field,
    reference: own,
    state: stateOf(own, { local, untagged: "latest" }),
    ...(others.length > 0 ? { deployedAs: others } : {}),
  };
}
