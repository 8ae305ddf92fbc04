// What an entry of `images` does to an image on its way, and at which places it looks.
import type { FieldSpec, Flow, Step } from "./flow.js";
import { isImageMatched, setsVersion, splitImage, withEntry, type ImageEntry } from "./image-entry.js";
import { itemsAt, textAt } from "./plain.js";

/** Lists whose items hold an image, wherever they stand in a resource. */
const CONTAINERS: ReadonlySet<unknown> = new Set(["containers", "initContainers"]);

/** Volumes of images, in a Pod and in a template of one. */
const VOLUMES: ReadonlySet<string> = new Set([
  "spec/volumes/image/reference",
  "spec/template/spec/volumes/image/reference",
]);

/** The entries that some image of a resource has met: such a one matches something. */
const met = new WeakSet<ImageEntry>();

/** Whether an image was seen that an entry is for. */
export function hasMet(entry: ImageEntry): boolean {
  return met.has(entry);
}

/**
 * Applies an entry.
 *
 * @param flow the image
 * @param entry the kustomization's
 * @param by the kustomization's file
 * @returns the image with its new name and version. Where the entry does not say both, what stands in the
 *   image's own file still counts
 */
export function withImages(flow: Flow, entry: ImageEntry, by: string): Flow {
  if (flow.isGone || !isReached(flow) || !isImageMatched(flow.text, entry.name)) return flow;
  if (flow.resource !== undefined) met.add(entry);
  const text = withEntry(flow.text, entry);
  // An entry whose name is a pattern does not say which image it makes.
  const isNamed = entry.newName !== "" || splitImage(flow.text).name === entry.name;
  return setsVersion(entry) && isNamed ? { ...flow, text, by } : { ...flow, text };
}

function isReached({ path, resource, kind, group, specs }: Flow): boolean {
  if (kind === "CustomResourceDefinition") return false;
  if (resource === undefined) return true;
  if (path.at(-1) === "image" && typeof path.at(-2) === "number" && CONTAINERS.has(path.at(-3))) return true;
  const keys = keysOf(path);
  return (
    VOLUMES.has(keys.join("/")) ||
    specs.some(
      (spec) =>
        (spec.kind === "" || spec.kind === kind) &&
        (spec.group === "" || spec.group === group) &&
        spec.keys.join("/") === keys.join("/"),
    )
  );
}

/**
 * The places of images that a file of `configurations` names.
 *
 * @param documents what stands in the file
 * @see https://github.com/kubernetes-sigs/kustomize/tree/master/examples/transformerconfigs
 */
export function specsIn(documents: readonly unknown[]): readonly FieldSpec[] {
  return documents.flatMap((document) =>
    itemsAt(document, "images").map((item) => ({
      keys: textAt(item, "path")
        .replaceAll("[]", "")
        .split("/")
        .filter((key) => key !== ""),
      kind: textAt(item, "kind"),
      group: textAt(item, "group"),
    })),
  );
}

function keysOf(path: readonly Step[]): readonly string[] {
  return path.filter((step) => typeof step === "string");
}
