// Whether a patch has a target that is not there: then nothing deploys the images that stand in the patch.
import type { Patch } from "./kustomization.js";
import type { Node, Tree } from "./tree.js";

/** A kind or a name that is no pattern. */
const KIND = /^\w+$/;
const NAME = /^[\w-]+$/;

/** A patch, or its options, by which a resource becomes one of another kind or name. */
const CHANGES_KIND = /\/kind\b|allowKindChange/;
const CHANGES_NAME = /\/metadata\/name\b|allowNameChange/;

/**
 * Whether a patch's target is surely none of the resources that its kustomization reads. They are searched as
 * texts: what holds the words for the kind and the name may be it.
 *
 * @param tree the kustomizations
 * @param node the one whose patch it is
 * @param patch with a target
 * @returns false also where that is not known, because something stands in no file of the tree
 */
export function findsNothing(tree: Tree, node: Node, { target }: Patch): boolean {
  if (!target || !KIND.test(target.kind) || node.says.isComponent) return false;
  const texts: string[] = [];
  let { name } = target;
  for (const each of nodesBelow(tree, node)) {
    const said = saidBy(tree, each);
    if (said === undefined || each.isOpen || each.transformers.length > 0 || CHANGES_KIND.test(said))
      return false;
    const { namePrefix, nameSuffix } = each.says;
    if (namePrefix + nameSuffix !== "" || CHANGES_NAME.test(said)) name = "";
    for (const path of each.resources) {
      if (tree.nodeIn(path)) continue;
      const text = tree.textOf(path);
      if (text === undefined) return false;
      texts.push(text);
    }
  }
  const isKind = new RegExp(`\\b${target.kind}\\b`);
  return !texts.some((text) => isKind.test(text) && (!NAME.test(name) || text.includes(name)));
}

/** The kustomization, and those that it uses. */
function nodesBelow(tree: Tree, first: Node): ReadonlySet<Node> {
  const nodes = new Set([first]);
  // A set goes on to what is added while it is gone through.
  for (const { resources, components } of nodes)
    for (const path of [...resources, ...components]) {
      const below = tree.nodeIn(path);
      if (below) nodes.add(below);
    }
  return nodes;
}

/** The text of a kustomization and of its patches; `undefined` where one is not there. */
function saidBy(tree: Tree, node: Node): string | undefined {
  const texts = [node.file, ...node.patchFiles.values()].map((file) => tree.textOf(file));
  return texts.includes(undefined) ? undefined : texts.join("\n");
}
