// Chooses among resources of one name: those of the same namespace, then those that stand nearest in the
// tree.
import { nameOf, namespaceOf, type Survey } from "./survey.js";
import type { YamlNode } from "./document.js";

/** What is looked for. */
export interface Wanted {
  readonly kind: string;
  readonly name: string;
  /** `undefined` where it is not written, since another tool sets it. */
  readonly namespace: string | undefined;
  /** The file that names it. */
  readonly file: string;
}

const byName = new WeakMap<readonly YamlNode[], ReadonlyMap<string, readonly YamlNode[]>>();

/**
 * The resources of a name that may be meant, best first.
 *
 * @param survey the tree
 * @param wanted what is looked for
 * @returns those of the namespace, then those of none, then of others; in each, those in the same folders
 *   first
 */
export function resourcesNamed(survey: Survey, wanted: Wanted): readonly YamlNode[] {
  const all = survey.resources(wanted.kind);
  const names = byName.get(all) ?? grouped(all);
  byName.set(all, names);
  const found = names.get(wanted.name) ?? [];
  if (found.length < 2) return found;
  return found
    .map((node) => ({
      node,
      rank: rankOf(node, wanted),
      common: commonFolders(node.source.file, wanted.file),
    }))
    .sort((one, other) => one.rank - other.rank || other.common - one.common)
    .map(({ node }) => node);
}

/** How many folders two paths have in common, from the root. */
function commonFolders(one: string, other: string): number {
  const folders = one.split("/").slice(0, -1);
  const others = other.split("/").slice(0, -1);
  const differs = folders.findIndex((folder, index) => folder !== others[index]);
  return differs < 0 ? folders.length : differs;
}

function rankOf(node: YamlNode, { namespace }: Wanted): number {
  const its = namespaceOf(node);
  if (namespace === undefined || its === namespace) return 0;
  return its === undefined ? 1 : 2;
}

function grouped(resources: readonly YamlNode[]): ReadonlyMap<string, readonly YamlNode[]> {
  const names = new Map<string, YamlNode[]>();
  for (const resource of resources) {
    const name = nameOf(resource);
    if (name === undefined) continue;
    const same = names.get(name);
    if (same) same.push(resource);
    else names.set(name, [resource]);
  }
  return names;
}
