// Which resources a patch is for.
import type { Flow } from "./flow.js";
import type { Target } from "./kustomization.js";
import { matchesPattern } from "./pattern.js";
import { textAt, valueAt } from "./plain.js";

/**
 * Whether a patch's target selects the resource of an image.
 *
 * @param target the patch's
 * @param flow the image
 * @returns false also where that cannot be told: then the image counts as it stands
 */
export function selects(target: Target, flow: Flow): boolean {
  const fits = (text: string, pattern: string): boolean => pattern === "" || matchesPattern(text, pattern);
  return (
    fits(flow.kind, target.kind) &&
    fits(flow.group, target.group) &&
    fits(flow.namespace, target.namespace) &&
    flow.names.some((name) => fits(name, target.name)) &&
    hasAll(flow, "labels", target.labels) &&
    hasAll(flow, "annotations", target.annotations)
  );
}

/**
 * Whether a strategic merge patch names the resource of an image.
 *
 * @param patch the patch's document
 * @param flow the image
 */
export function names(patch: unknown, flow: Flow): boolean {
  const apiVersion = textAt(patch, "apiVersion");
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  const metadata = valueAt(patch, "metadata");
  const namespace = textAt(metadata, "namespace");
  return (
    textAt(patch, "kind") === flow.kind &&
    (group === flow.group || isUnknown(flow)) &&
    flow.names.includes(textAt(metadata, "name")) &&
    (namespace === "" || flow.namespace === "" || namespace === flow.namespace)
  );
}

/** Whether the image stands in operations whose target says no group: it may be any. */
function isUnknown({ group, resource }: Flow): boolean {
  return group === "" && resource?.text(["apiVersion"]) === undefined;
}

/** Of a selector, only `key=value` and `key==value` are understood. */
function hasAll({ resource }: Flow, key: "labels" | "annotations", selector: string): boolean {
  if (selector === "") return true;
  return selector.split(",").every((part) => {
    const [, label = "", value] = /^\s*([\w./-]+)\s*==?\s*([\w.-]*)\s*$/.exec(part) ?? [];
    return value !== undefined && resource?.text(["metadata", key, label]) === value;
  });
}
