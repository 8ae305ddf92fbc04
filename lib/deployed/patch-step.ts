// What a patch of a kustomization does to an image on its way; and the way of an image that a patch brings.
import { startOf, type Flow, type PlacedImage, type Step } from "./flow.js";
import { patchedByOperations, stepsOfPointer } from "./json-patch.js";
import type { Patch, Target } from "./kustomization.js";
import { patchedByMerge } from "./merge-patch.js";
import { names, selects } from "./patch-target.js";

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
