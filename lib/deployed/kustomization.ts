// One kustomization: what its file says of resources, patches and images.
import type { ImageEntry } from "./image-entry.js";
import { isReadable } from "./form.js";
import { isMapping, itemsAt, textAt, textsAt, valueAt } from "./plain.js";
import { typedDocumentOf } from "./typed-yaml.js";

/** The names by which kustomize knows its file. */
export const KUSTOMIZATION_NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"] as const;

/** The keys below which patches stand, in the order in which kustomize applies them. */
export const PATCH_KEYS = ["patchesStrategicMerge", "patches", "patchesJson6902"] as const;
export type PatchKey = (typeof PATCH_KEYS)[number];

/** The keys of what brings resources that stand in no file. */
const GENERATORS = ["helmCharts", "helmChartInflationGenerator", "generators"];

/** Which resources a patch is for: each text is a pattern, and an empty one fits all. */
export interface Target {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: string;
  readonly annotations: string;
}

/** A patch, in a file or in place. */
export interface Patch {
  readonly key: PatchKey;
  readonly index: number;
  /** The path of its file, as it is written. */
  readonly path?: string;
  /** Its text, where it stands in the kustomization. */
  readonly text?: string;
  readonly target?: Target;
}

/** What a kustomization's file says. Paths are as they are written. */
export interface Kustomization {
  /** Whether it is applied to what another one has gathered, and is nothing by itself. */
  readonly isComponent: boolean;
  readonly resources: readonly string[];
  readonly components: readonly string[];
  readonly patches: readonly Patch[];
  /** By their index in the file. */
  readonly images: ReadonlyMap<number, ImageEntry>;
  /** Files that name more places of images. */
  readonly configurations: readonly string[];
  /** Files or texts of transformers. */
  readonly transformers: readonly string[];
  /** Other files without which it is not built, and texts of generators and validators. */
  readonly needs: readonly string[];
  /** Each in place, or with the `path` of its file. */
  readonly replacements: readonly unknown[];
  readonly namePrefix: string;
  readonly nameSuffix: string;
  /** Whether a chart or a generator brings resources that stand in no file. */
  readonly generates: boolean;
}

/**
 * Reads a kustomization.
 *
 * @param text of its file
 * @returns what it says; `undefined` where kustomize does not read it
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
 */
export function parseKustomization(text: string): Kustomization | undefined {
  const document = typedDocumentOf(text);
  if (!isMapping(document) || !isReadable(document)) return undefined;
  return {
    isComponent: textAt(document, "kind") === "Component",
    resources: [...textsAt(document, "resources"), ...textsAt(document, "bases")],
    components: textsAt(document, "components"),
    patches: PATCH_KEYS.flatMap((key) =>
      itemsAt(document, key).map((item, index) => patchOf(key, index, item)),
    ),
    images: new Map(itemsAt(document, "images").map((item, index) => [index, imageEntry(item)])),
    configurations: textsAt(document, "configurations"),
    transformers: textsAt(document, "transformers").filter((each) => each !== ""),
    needs: needsOf(document),
    replacements: itemsAt(document, "replacements"),
    namePrefix: textAt(document, "namePrefix"),
    nameSuffix: textAt(document, "nameSuffix"),
    generates: GENERATORS.some((key) => valueAt(document, key) !== undefined),
  };
}

function needsOf(document: unknown): readonly string[] {
  const lists = ["crds", "generators", "validators"].flatMap((key) => textsAt(document, key));
  return [...lists, textAt(valueAt(document, "openapi"), "path")].filter((path) => path !== "");
}

/**
 * Reads an entry of `images`, or the `imageTag` of an ImageTagTransformer.
 *
 * @param item anything
 */
export function imageEntry(item: unknown): ImageEntry {
  return {
    name: textAt(item, "name"),
    newName: textAt(item, "newName"),
    newTag: textAt(item, "newTag"),
    digest: textAt(item, "digest"),
    tagSuffix: textAt(item, "tagSuffix"),
  };
}

function patchOf(key: PatchKey, index: number, item: unknown): Patch {
  if (typeof item === "string")
    return item === "" || /\n|: /.test(item) ? { key, index, text: item } : { key, index, path: item };
  const path = textAt(item, "path");
  const text = textAt(item, "patch");
  const target = valueAt(item, "target");
  return {
    key,
    index,
    ...(path === "" ? { text } : { path }),
    ...(isMapping(target) ? { target: targetOf(target) } : {}),
  };
}

/**
 * Reads what selects resources.
 *
 * @param target anything
 */
export function targetOf(target: unknown): Target {
  return {
    group: textAt(target, "group"),
    kind: textAt(target, "kind"),
    name: textAt(target, "name"),
    namespace: textAt(target, "namespace"),
    labels: textAt(target, "labelSelector"),
    annotations: textAt(target, "annotationSelector"),
  };
}
