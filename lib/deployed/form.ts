// Whether kustomize reads a kustomization at all. It refuses what it does not know, and builds nothing then.
import { isMapping, itemsAt, textAt, valueAt } from "./plain.js";

/** All keys that kustomize knows at the top, in small letters: it looks at no case. */
const KNOWN: ReadonlySet<string> = new Set(
  (
    "apiVersion kind metadata openapi namePrefix nameSuffix namespace commonLabels commonAnnotations " +
    "labels patchesStrategicMerge patchesJson6902 patches images imageTags replacements replicas vars " +
    "sortOptions resources components crds bases configMapGenerator secretGenerator helmGlobals helmCharts " +
    "helmChartInflationGenerator generatorOptions configurations generators transformers validators " +
    "buildMetadata"
  )
    .toLowerCase()
    .split(" "),
);

const GROUP = "kustomize.config.k8s.io/";

/** The version of each kind. One that is not given counts as the right one. */
const VERSIONS: ReadonlyMap<string, string> = new Map([
  ["", "v1beta1"],
  ["Kustomization", "v1beta1"],
  ["Component", "v1alpha1"],
]);

const isPath = (item: unknown): boolean => typeof item === "string" && item !== "";
const isText = (item: unknown): boolean => item === null || typeof item === "string";

const KEYS_OF_IMAGE: ReadonlySet<string> = new Set(["name", "newname", "newtag", "digest", "tagsuffix"]);
const KEYS_OF_PATCH: ReadonlySet<string> = new Set(["path", "patch", "target", "options"]);

const hasOnly = (item: Readonly<Record<string, unknown>>, keys: ReadonlySet<string>): boolean =>
  Object.keys(item).every((key) => keys.has(key.toLowerCase()));

/** A number in the place of a text is an error: `newTag: 1.10`. */
const isImage = (item: unknown): boolean =>
  item === null || (isMapping(item) && hasOnly(item, KEYS_OF_IMAGE) && Object.values(item).every(isText));

const isPatch = (item: unknown): boolean =>
  isMapping(item) &&
  hasOnly(item, KEYS_OF_PATCH) &&
  (textAt(item, "path") === "") !== (textAt(item, "patch") === "");

/** What the items of each list are. */
const ITEMS = Object.entries<(item: unknown) => boolean>({
  resources: isPath,
  bases: isPath,
  components: isPath,
  configurations: isPath,
  transformers: isPath,
  patchesStrategicMerge: isPath,
  patches: isPatch,
  patchesJson6902: (item) => isPatch(item) && isMapping(valueAt(item, "target")),
  images: isImage,
  replacements: isMapping,
});

/**
 * Whether kustomize reads a document as a kustomization, as far as that is decided by its keys and by the
 * types of what says which images are deployed.
 *
 * @param document with all keys of the file's top
 * @see kustomize, api/types, Kustomization and its CheckEmpty, EnforceFields
 */
export function isReadable(document: Readonly<Record<string, unknown>>): boolean {
  const version = VERSIONS.get(textAt(document, "kind"));
  const apiVersion = textAt(document, "apiVersion");
  return (
    version !== undefined &&
    (apiVersion === "" || apiVersion === GROUP + version) &&
    Object.keys(document).every((key) => KNOWN.has(key.toLowerCase())) &&
    ITEMS.every(([key, isItem]) => isListOf(valueAt(document, key), isItem))
  );
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.every(isItem));
}

/** How texts look that YAML reads as a number or a truth where they are not quoted. */
const TYPED = /^(?:[-+]?[\d.][\d._]*(?:e[-+]?\d+)?|0[xo][\da-f]+|true|false)$/i;

/**
 * Whether an entry of `images` may have a number in the place of a text: only a parser can tell.
 *
 * @param document whose scalars are all read as texts
 */
export function mayHoldNumbers(document: unknown): boolean {
  return itemsAt(document, "images").some(
    (item) =>
      isMapping(item) && Object.values(item).some((value) => typeof value === "string" && TYPED.test(value)),
  );
}
