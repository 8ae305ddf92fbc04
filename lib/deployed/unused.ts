// Whether an entry of `images` matches nothing: no file that its kustomization reads names the image.
import { isImageMatched } from "./image-entry.js";
import type { Node, Tree } from "./tree.js";

/** A name in which only a dot means more than itself: any character. */
const PLAIN = /^[\w./:@-]+$/;

/** More files than one kustomization has that a person reads. */
const MOST_FILES = 2000;

/** What stands before an image in a resource or a patch, in YAML or JSON. */
const BEFORE = String.raw`\b(?:image|reference|value)["']?\s*:\s*(?:[&!]\S+\s+)*["']?`;
const BEHIND = String.raw`(?![\w./-])`;

/** Where none of these stands, kustomize replaces no image: it looks at containers and volumes. */
const PLACES = /ontainers|volumes/;

/** What a kustomization reads, as far as it stands in the tree. */
interface Below {
  /** The texts of resources and patches that hold an image. */
  readonly texts: readonly string[];
  /** The names that entries give. */
  readonly names: readonly string[];
}

/** For each kustomization, what it reads. Kept, since one may have a hundred entries. */
const known = new WeakMap<Node, Below | undefined>();

/**
 * Whether an entry matches nothing.
 *
 * @param tree the kustomizations
 * @param node the one whose entry it is; a component's counts for all that use it
 * @param index the entry's
 * @returns false also where that is not known, because something stands in no file of the tree
 */
export function matchesNothing(tree: Tree, node: Node, index: number): boolean {
  const name = node.says.images.get(index)?.name ?? "";
  if (!PLAIN.test(name)) return false;
  const below = known.has(node) ? known.get(node) : readBelow(tree, node);
  known.set(node, below);
  if (!below) return false;
  const image = new RegExp(`${BEFORE}${name}${BEHIND}`);
  // Most texts hold no part of the name.
  const part = name.split(".").reduce((longest, each) => (each.length > longest.length ? each : longest));
  return (
    !below.names.some((each) => isImageMatched(each, name)) &&
    !below.texts.some((text) => text.includes(part) && image.test(text))
  );
}

function usersOf(tree: Tree, node: Node): readonly Node[] {
  const users = new Set<Node>();
  const open = [...tree.usersOf(node.folder)];
  for (let user = open.pop(); user; user = open.pop()) {
    if (users.has(user)) continue;
    users.add(user);
    open.push(...tree.usersOf(user.folder));
  }
  return [...users];
}

/** `undefined` where something comes from elsewhere, or stands where kustomize looks only if told to. */
function readBelow(tree: Tree, first: Node): Below | undefined {
  const texts: string[] = [];
  const names: string[] = [];
  const open = first.says.isComponent ? [...usersOf(tree, first)] : [first];
  const seen = new Set(open);
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.isOpen || node.configurations.length > 0 || texts.length > MOST_FILES) return undefined;
    for (const { newName } of node.says.images.values()) if (newName !== "") names.push(newName);
    for (const { text } of node.says.patches) texts.push(text ?? "");
    for (const path of filesOf(node)) {
      const below = tree.nodeIn(path);
      if (below && !seen.has(below)) {
        seen.add(below);
        open.push(below);
      }
      const text = below ? "" : tree.textOf(path);
      // An alias may stand for any image.
      if (text === undefined || /\bimage["']?\s*:\s*\*/.test(text)) return undefined;
      texts.push(text);
    }
  }
  // A kustomization of nothing is not built: it is a part of something else.
  if (texts.every((text) => text === "")) return undefined;
  return { texts: texts.filter((text) => PLACES.test(text) && text.includes("image")), names };
}

function filesOf(node: Node): readonly string[] {
  const transformers = node.transformers.map(({ file }) => file).filter((file) => file !== node.file);
  return [...node.resources, ...node.components, ...node.patchFiles.values(), ...transformers];
}
