// Whether an entry of `images` matches nothing: no file that its kustomization reads names the image.
import type { Node, Tree } from "./tree.js";

/** A name in which only a dot means more than itself: any character. */
const PLAIN = /^[\w./:@-]+$/;

/** More files than one kustomization has that a person reads. */
const MOST_FILES = 2000;

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
  const texts = textsBelow(tree, node.says.isComponent ? usersOf(tree, node) : [node]);
  if (texts?.some((text) => text.includes("image")) !== true) return false;
  const pattern = new RegExp(name);
  return !texts.some((text) => text.includes(name) || pattern.test(text));
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

/** What stands in the files of some kustomizations; `undefined` where more comes from elsewhere. */
function textsBelow(tree: Tree, nodes: readonly Node[]): readonly string[] | undefined {
  const texts: string[] = [];
  const seen = new Set(nodes);
  const open = [...nodes];
  for (let node = open.pop(); node; node = open.pop()) {
    const own = node.file;
    if (node.isOpen || texts.length > MOST_FILES) return undefined;
    for (const { newName } of node.says.images.values()) texts.push(newName);
    for (const { text } of node.says.patches) texts.push(text ?? "");
    const transformers = node.transformers.map(({ file }) => file).filter((file) => file !== own);
    for (const path of [
      ...node.resources,
      ...node.components,
      ...node.patchFiles.values(),
      ...transformers,
    ]) {
      const below = tree.nodeIn(path);
      if (below && !seen.has(below)) {
        seen.add(below);
        open.push(below);
      }
      const text = below ? "" : tree.textOf(path);
      if (text === undefined) return undefined;
      texts.push(text);
    }
  }
  return texts;
}
