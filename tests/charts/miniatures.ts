// The miniatures: a chart of our own for each way in which real ones compose an image, and what we write.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface Miniature {
  /** Its folder, named for the way. */
  readonly folder: string;
  /** The fields that `eslint --fix` pins in its values, in order. */
  readonly fixed: readonly string[];
  /** The fields that are only suggested, or not even that. */
  readonly left: readonly string[];
  /**
   * What a digest behind each tag does: nothing wrong, a failure, or a change of something that is no image.
   */
  readonly inTheTag: "right" | "fails" | "leaks";
}

const FOLDER = fileURLToPath(new URL("miniatures/", import.meta.url));

export const MINIATURES: readonly Miniature[] = [
  { folder: "drops-the-tag", fixed: ["image"], left: [], inTheTag: "right" },
  { folder: "bare-sha", fixed: ["image"], left: [], inTheTag: "right" },
  { folder: "prefixed-sha", fixed: ["image"], left: [], inTheTag: "right" },
  {
    folder: "version-of-a-resource",
    fixed: ["prometheus.prometheusSpec.image"],
    left: [],
    inTheTag: "leaks",
  },
  { folder: "compared-as-a-version", fixed: ["image", "kubeRBACProxy.image"], left: [], inTheTag: "fails" },
  { folder: "suffixed-tag", fixed: [], left: ["server.image"], inTheTag: "leaks" },
  { folder: "appends", fixed: ["image"], left: [], inTheTag: "right" },
  { folder: "unknown", fixed: ["image", "sidecar.image"], left: [], inTheTag: "right" },
  { folder: "unknown-label", fixed: [], left: ["image"], inTheTag: "leaks" },
  {
    folder: "indirect-label",
    fixed: ["proxy.image"],
    left: ["server.image", "worker.image"],
    inTheTag: "leaks",
  },
  { folder: "hashed", fixed: ["image"], left: ["agent.image"], inTheTag: "leaks" },
  { folder: "default-digest", fixed: ["controller.image"], left: [], inTheTag: "right" },
  { folder: "tag-and-digest", fixed: ["image"], left: [], inTheTag: "right" },
  { folder: "use-digest", fixed: ["image", "operator.image"], left: [], inTheTag: "right" },
  { folder: "label", fixed: [], left: ["image"], inTheTag: "leaks" },
  { folder: "sanitised-label", fixed: ["dex.image"], left: ["global.image"], inTheTag: "leaks" },
  {
    folder: "argument",
    fixed: ["controllerManager.kubeRbacProxy.image"],
    left: ["controllerManager.manager.image"],
    inTheTag: "leaks",
  },
  {
    folder: "completed-by-an-operator",
    fixed: ["toolkit", "validator"],
    left: ["driver"],
    inTheTag: "right",
  },
  { folder: "shared-tag", fixed: [], left: ["pilot"], inTheTag: "leaks" },
  { folder: "digest-or-tag", fixed: ["image"], left: [], inTheTag: "leaks" },
  { folder: "schema", fixed: [], left: ["image"], inTheTag: "fails" },
];

/** A miniature's folder in the file system. */
export function folderOf({ folder }: Miniature): string {
  return FOLDER + folder;
}

/** A miniature's values. */
export function valuesOf(miniature: Miniature): string {
  return readFileSync(`${folderOf(miniature)}/values.yaml`, "utf8");
}
