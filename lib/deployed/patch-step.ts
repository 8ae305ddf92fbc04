// What a patch of a kustomization does to an image on its way; and the way of an image that a patch brings.
import { startOf, type Flow, type PlacedImage, type Step } from "./flow.js";
import { patchedByOperations, stepsOfPointer } from "./json-patch.js";
import type { Patch, Target } from "./kustomization.js";
import { patchedByMerge } from "./merge-patch.js";
import { names, selects } from "./patch-target.js";

/** What a patch needs to remove something, or to be a JSON patch, whatever else stands in it. */
const REMOVES = /\$patch|\bnull\b|~|\bop\b/;

/** Keys above many other things than images. */
const COMMON: ReadonlySet<unknown> = new Set(["spec", "template", "metadata"]);

/**
 * Whether a patch may change an image at all. Most patches end here and are never parsed.
 *
 * @param text of the patch
 * @param flow the image
 */
export function mayChange(text: string, { path, resource }: Flow): boolean {
  if (resource === undefined) return false;
  if (REMOVES.test(text)) return true;
  return path.some((step) => typeof step === "string" && !COMMON.has(step) && text.includes(step));
}

/**
 * Applies a patch.
 *
 * @param documents what stands in it
 * @param patch the kustomization's
 * @param flow the image
 * @param by the file that the patch stands in
 * @returns the same image where the patch is for another resource
 */
export function patchedBy(documents: readonly unknown[], { target }: Patch, flow: Flow, by: string): Flow {
  let now = flow;
  if (flow.resource === undefined || (target && !selects(target, flow))) return flow;
  for (const document of documents) {
    if (now.isGone) return now;
    if (Array.isArray(document)) now = target ? patchedByOperations(document, now, by) : now;
    else if (target ?? names(document, now)) now = patchedByMerge(document, now, by);
  }
  return now;
}

/**
 * The beginning of the way of an image that stands in a patch.
 *
 * @param image where it stands in the patch
 * @param target the patch's: what the image will stand in
 */
export function startInPatch(image: PlacedImage, target: Target | undefined): Flow {
  const known = target && {
    kind: target.kind,
    group: target.group,
    names: [target.name],
    namespace: target.namespace,
  };
  const [operation, key] = image.path;
  if (typeof operation !== "number" || key !== "value")
    return startOf(image, known?.names[0] === "" ? { kind: known.kind } : known);
  const pointer = stepsOfPointer(image.resource.text([operation, "path"]) ?? "");
  const path = [...pointer.map(stepOf), ...image.path.slice(2)];
  return { ...startOf(image, known), path };
}

function stepOf(step: string): Step {
  return /^\d+$/.test(step) || step === "-" ? Number(step === "-" ? 0 : step) : step;
}
