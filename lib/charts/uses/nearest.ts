// Chooses among resources of one name: those of the same namespace, then those that stand nearest in the
// tree.
import type { YamlNode } from "./document.js";
import { folderOf } from "./paths.js";
import { nameOf, namespaceOf, type Survey } from "./survey.js";

/** What is looked for. */
export interface Wanted {
  readonly kind: string;
  readonly name: string;
  /** `undefined` where it is not written, since another tool sets it. */
  readonly namespace: string | undefined;
  /** The file that names it. */
  readonly file: string;
}

type Accepts = (resource: YamlNode) => boolean;
type Index = ReadonlyMap<string, readonly YamlNode[]>;

/** How many resources of one name are kept for a folder. */
const MOST_KEPT = 50;
/** How many folders of a path are told apart. */
const DEEPEST = 40;
const ANY = "any";
const NONE = "none";

const indices = new WeakMap<readonly YamlNode[], Map<Accepts, Index>>();

/**
 * The resources of a name that may be meant.
 *
 * @param survey the tree
 * @param wanted what is looked for
 * @param accepts which resources of the kind count; one function for all calls, since an index is kept for it
 * @returns those of the namespace, else those without one, else those of others; of these, the ones in the
 *   nearest folder, in order
 */
export function resourcesNamed(survey: Survey, wanted: Wanted, accepts: Accepts): readonly YamlNode[] {
  const { kind, name, namespace, file } = wanted;
  const all = survey.resources(kind);
  const known = indices.get(all) ?? new Map<Accepts, Index>();
  indices.set(all, known);
  const index = known.get(accepts) ?? indexOf(all.filter(accepts));
  known.set(accepts, index);
  const places = namespace === undefined ? [ANY] : [inNamespace(namespace), NONE, ANY];
  const folders = foldersAbove(file).reverse();
  for (const place of places)
    for (const folder of folders) {
      const found = index.get(keyOf(name, place, folder));
      if (found) return found;
    }
  return [];
}

function indexOf(resources: readonly YamlNode[]): Index {
  const index = new Map<string, YamlNode[]>();
  for (const resource of resources) {
    const name = nameOf(resource);
    if (name === undefined) continue;
    const namespace = namespaceOf(resource);
    for (const place of [namespace === undefined ? NONE : inNamespace(namespace), ANY])
      for (const folder of foldersAbove(resource.source.file)) {
        const key = keyOf(name, place, folder);
        const same = index.get(key);
        if (!same) index.set(key, [resource]);
        else if (same.length < MOST_KEPT) same.push(resource);
      }
  }
  return index;
}

function inNamespace(namespace: string): string {
  return `in ${namespace}`;
}

function keyOf(name: string, place: string, folder: string): string {
  return JSON.stringify([name, place, folder]);
}

/** The folders above a file, from the tree's root. */
function foldersAbove(file: string): string[] {
  const folders = [""];
  const own = folderOf(file);
  for (let end = own.indexOf("/"); end >= 0 && folders.length < DEEPEST; end = own.indexOf("/", end + 1))
    folders.push(own.slice(0, end));
  if (own !== "") folders.push(own);
  return folders;
}
