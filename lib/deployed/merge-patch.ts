// What a strategic merge patch does to an image.
import type { Flow, Step } from "./flow.js";
import { isMapping, textAt, valueAt } from "./plain.js";

/** Groups of Kubernetes' own resources, in which kustomize merges containers and volumes by their names. */
const BUILT_IN = /^(?:[a-z]*|(?!.*\.?x-k8s\.io$)[a-z.]+\.k8s\.io)$/;

/**
 * Applies a patch that is for the image's resource.
 *
 * @param patch the patch's document
 * @param flow the image
 * @param by the patch's file
 */
export function patchedByMerge(patch: unknown, flow: Flow, by: string): Flow {
  let node: unknown = patch;
  let path = flow.path;
  const gone: Flow = { ...flow, by, isGone: true };
  for (const [index, step] of flow.path.entries()) {
    if (textAt(node, "$patch") === "delete") return gone;
    if (Array.isArray(node)) {
      const item = itemFor(node, flow, index);
      path = path.map((own, at) =>
        at === index ? indexAfter(node as readonly unknown[], flow, index) : own,
      );
      if (item === undefined) return isReplaced(node, flow.group) ? gone : { ...flow, path };
      node = item;
    } else if (isMapping(node)) {
      const key = String(step);
      if (!Object.hasOwn(node, key)) return textAt(node, "$patch") === "replace" ? gone : { ...flow, path };
      node = valueAt(node, key);
    } else return gone;
  }
  return typeof node === "string" ? { ...flow, path, text: node, by } : { ...flow, path };
}

/** The item of the patch's list for the one that the image stands in: that of the same name. */
function itemFor(items: readonly unknown[], flow: Flow, index: number): unknown {
  const path = flow.written.slice(0, index + 1);
  const name = flow.resource?.text([...path, "name"]);
  return name === undefined ? undefined : items.find((item) => textAt(item, "name") === name);
}

/** Where the item stands after the merge: those that the patch names come first, in the patch's order. */
function indexAfter(items: readonly unknown[], { resource, path, written }: Flow, index: number): Step {
  const nameAt = (position: number): string | undefined =>
    resource?.text([...written.slice(0, index), position, "name"]);
  const [own, first] = [path[index], written[index]];
  if (typeof own !== "number") return own ?? 0;
  const named = items.filter((item) => textAt(item, "$patch") === "").map((item) => textAt(item, "name"));
  // Of a container that an operation has added, its neighbours' names are not known.
  if (typeof first !== "number") return named.length + own;
  const all = new Set(items.map((item) => textAt(item, "name")));
  const position = named.indexOf(nameAt(first) ?? "");
  if (position >= 0) return position;
  const before = Array.from({ length: first }, (_, each) => nameAt(each)).filter(
    (name) => name !== undefined && all.has(name),
  ).length;
  return named.length + own - before;
}

/** Lists of resources that kustomize knows no schema of are replaced as a whole. */
function isReplaced(items: readonly unknown[], group: string): boolean {
  return !BUILT_IN.test(group) || items.some((item) => textAt(item, "$patch") === "replace");
}
