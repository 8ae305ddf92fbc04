// What a strategic merge patch does to an image.
import type { Flow } from "./flow.js";
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
  const gone: Flow = { ...flow, by, isGone: true };
  for (const [index, step] of flow.path.entries()) {
    if (textAt(node, "$patch") === "delete") return gone;
    if (Array.isArray(node)) {
      const item = itemFor(node, flow, index);
      if (item === undefined) return isReplaced(node, flow.group) ? gone : flow;
      node = item;
    } else if (isMapping(node)) {
      const key = String(step);
      if (!Object.hasOwn(node, key)) return textAt(node, "$patch") === "replace" ? gone : flow;
      node = valueAt(node, key);
    } else return gone;
  }
  return typeof node === "string" ? { ...flow, text: node, by } : flow;
}

/** The item of the patch's list for the one that the image stands in: that of the same name. */
function itemFor(items: readonly unknown[], flow: Flow, index: number): unknown {
  const path = flow.written.slice(0, index + 1);
  const name = flow.resource?.text([...path, "name"]);
  return name === undefined ? undefined : items.find((item) => textAt(item, "name") === name);
}

/** Lists of resources that kustomize knows no schema of are replaced as a whole. */
function isReplaced(items: readonly unknown[], group: string): boolean {
  return !BUILT_IN.test(group) || items.some((item) => textAt(item, "$patch") === "replace");
}
