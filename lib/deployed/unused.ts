// Whether an entry of `images` matches nothing: no file that its kustomization reads names the image.
import { isImageMatched, withEntry } from "./image-entry.js";
import { hasMet, specsIn } from "./image-step.js";
import type { Node, Tree } from "./tree.js";

/** A name in which only a dot means more than itself: any character. */
const PLAIN = /^[\w./:@-]+$/;

/** More files than one kustomization has that a person reads. */
const MOST_FILES = 2000;

/** More entries than one kustomization has that a person reads. */
const MOST_ENTRIES = 100;

/** An image in a resource or a patch, in YAML or JSON. */
const IMAGE = /\b(?:image|reference|value)["']?\s*:\s*(?:[&!]\S+\s+)*(\*\w|["']?[\w./:@-]+)/g;

/** Any value: `configurations` name more places of images. */
const VALUE = /:[ \t]+(?:[&!]\S+\s+)*(\*\w|["']?[\w./:@-]+)/g;

/** Where none of these stands, kustomize replaces no image: it looks at containers and volumes. */
const PLACES = /ontainers|volumes/;

/** What an alias of an image is read as, and what stands where not all is known: it may be any image. */
const ANY = "*";

/** The images that a kustomization reads. */
interface ImagesBelow {
  readonly found: Set<string>;
  /** Those of the files that were not looked at yet: an entry mostly is for an image of the first ones. */
  readonly rest: Iterator<readonly string[]>;
}

/** Kept, since a kustomization may have a hundred entries. */
const known = new WeakMap<Node, ImagesBelow>();

/**
 * Whether an entry matches nothing.
 *
 * @param tree the kustomizations
 * @param node the one whose entry it is; a component's counts for all that use it
 * @param index the entry's
 * @returns false also where that is not known, because something stands in no file of the tree
 */
export function matchesNothing(tree: Tree, node: Node, index: number): boolean {
  const entry = node.says.images.get(index);
  // A lint mostly reads the base before what is above it, and has followed its images there.
  if (!entry || hasMet(entry) || !PLAIN.test(entry.name)) return false;
  const { name } = entry;
  const below = known.get(node) ?? { found: new Set(), rest: imagesBelow(tree, node) };
  known.set(node, below);
  const isFor = (image: string): boolean => image === ANY || isImageMatched(image, name);
  for (const image of below.found) if (isFor(image)) return false;
  for (let next = below.rest.next(); next.done !== true; next = below.rest.next()) {
    for (const image of next.value) below.found.add(image);
    if (next.value.some(isFor)) return false;
  }
  return true;
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

/** The images of one file after the other. */
function* imagesBelow(tree: Tree, first: Node): Generator<readonly string[]> {
  let files = 0;
  const open = first.says.isComponent ? [...usersOf(tree, first)] : [first];
  const seen = new Set(open);
  let anywhere = open.some((node) => namesPlaces(tree, node));
  for (let node = open.pop(); node; node = open.pop()) {
    // What comes from elsewhere is not known.
    if (node.isOpen || files > MOST_FILES) yield [ANY];
    anywhere ||= namesPlaces(tree, node);
    yield [...node.says.images.values()].flatMap(({ name, newName }) => (name === newName ? [] : newName));
    // What stands below passes a node's own entries, before it comes to those of the first one. A component's
    // come before those of what uses it.
    const isBefore = node !== first && !first.says.isComponent && !anywhere;
    const passed = (image: string): string => (isBefore ? renamedBy(node, image) : image);
    for (const { text } of node.says.patches) yield imagesIn(text ?? "", anywhere).map(passed);
    files += node.says.patches.length;
    for (const path of filesOf(node)) {
      const below = tree.nodeIn(path);
      if (below && !seen.has(below)) {
        seen.add(below);
        open.push(below);
      }
      if (below) continue;
      const text = tree.textOf(path);
      yield text === undefined ? [ANY] : imagesIn(text, anywhere).map(passed);
      files++;
    }
  }
  // A kustomization of nothing is not built: it is a part of something else.
  if (files === 0) yield [ANY];
}

/** Most files of `configurations` are about names and labels. */
function namesPlaces(tree: Tree, { configurations }: Node): boolean {
  return configurations.some((file) => specsIn(tree.documentsOf({ file })).length > 0);
}

/** What a node's own entries make of an image. */
function renamedBy({ says: { images } }: Node, image: string): string {
  if (image === ANY || images.size > MOST_ENTRIES) return image;
  let text = image;
  for (const entry of images.values()) if (isImageMatched(text, entry.name)) text = withEntry(text, entry);
  return text;
}

function imagesIn(text: string, anywhere: boolean): readonly string[] {
  if (!anywhere && !PLACES.test(text)) return [];
  return [...text.matchAll(anywhere ? VALUE : IMAGE)].map(([, image = ""]) =>
    image.startsWith("*") ? ANY : image.replace(/^["']/, ""),
  );
}

function filesOf(node: Node): readonly string[] {
  const transformers = node.transformers.map(({ file }) => file).filter((file) => file !== node.file);
  return [...node.resources, ...node.components, ...node.patchFiles.values(), ...transformers];
}
