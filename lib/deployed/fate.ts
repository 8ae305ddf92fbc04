// What becomes of the images of a file when it is deployed: kustomizations and Skaffold decide it.
import { dirname, relative, sep } from "node:path";
import { isReplaced, type Flow, type PlacedImage } from "./flow.js";
import { splitImage } from "./image-entry.js";
import { Journey, nodeOfFile, type Origin } from "./journey.js";
import { PATCH_KEYS } from "./kustomization.js";
import type { Node, Tree } from "./tree.js";
import { matchesNothing } from "./unused.js";

/**
 * What becomes of an image:
 * - `stays`: it is deployed. `as`: its texts there, where kustomizations give it other names and its tag
 *   stays. `in`: where others replace it, one kustomization that does not. `filledBy`: one whose
 *   `replacements` write into it
 * - `replaced`: nothing deploys it; `by` is the file that says so. For an entry of `images` that matches
 *   nothing, and for a patch that finds nothing, it is the kustomization itself
 * - `built`: Skaffold builds it, and it comes from no registry
 */
export type Fate =
  | {
      readonly kind: "stays";
      readonly as?: readonly string[];
      readonly in?: string;
      readonly filledBy?: string;
    }
  | { readonly kind: "replaced"; readonly by: string }
  | { readonly kind: "built" };

/** Answers what becomes of an image of one file. */
export type FateOf = (image: PlacedImage) => Fate;

/** What is known of a whole tree. Paths are absolute. */
export interface Deployment {
  /** Messages name files from here. */
  readonly root: string;
  readonly tree: Tree;
  /** For each skaffold file, the images that it builds. */
  readonly built: ReadonlyMap<string, ReadonlySet<string>>;
}

const STAYS: Fate = { kind: "stays" };

/**
 * What becomes of the images of a file.
 *
 * @param deployment the tree
 * @param file its absolute path
 * @returns `undefined` where nothing reaches the file: its images are deployed as they stand
 */
export function fatesIn(deployment: Deployment, file: string): FateOf | undefined {
  const { tree, built } = deployment;
  const node = nodeOfFile(tree, file);
  const builders =
    built.size === 0 ? [] : [...built].filter(([skaffold]) => file.startsWith(dirname(skaffold) + sep));
  if (!node && builders.length === 0 && tree.usersOf(file).length === 0) return undefined;
  return (image) => {
    const { name, digest } = splitImage(image.text);
    if (digest === "" && builders.some(([, images]) => images.has(name))) return { kind: "built" };
    const found = node ? originIn(node, image) : { origin: { role: "file", file } as const, image };
    if (!found) return STAYS;
    const { origin } = found;
    const fate = journey(deployment, origin, found.image);
    // Of a pinned entry nobody asks whether it matches anything.
    if (!node || origin.role !== "entry" || fate.kind !== "stays" || digest !== "") return fate;
    return matchesNothing(tree, node, origin.index)
      ? { kind: "replaced", by: shown(deployment.root, file) }
      : fate;
  };
}

/** An image in a kustomization: in an entry of `images`, or in a patch. */
function originIn(
  { folder }: Node,
  image: PlacedImage,
): { readonly origin: Origin; readonly image: PlacedImage } | undefined {
  const [key, index] = image.path;
  if (typeof index !== "number") return undefined;
  if (key === "images") return { origin: { role: "entry", folder, index }, image };
  const patch = PATCH_KEYS.find((each) => each === key);
  if (patch === undefined) return undefined;
  const depth = image.path[2] === "patch" ? 3 : 2;
  const inPatch = { ...image, path: image.path.slice(depth) };
  return { origin: { role: "inline", folder, key: patch, index }, image: inPatch };
}

function journey({ tree, root }: Deployment, origin: Origin, image: PlacedImage): Fate {
  // By name: the order of a folder's files is none that a message may depend on.
  const way = new Journey(tree, origin, image);
  const ends = [...way.run()].sort(([a], [b]) => (a.file < b.file ? -1 : 1));
  const only = ends.length === 1 && ends[0]?.[1].length === 1 ? ends[0][1][0] : undefined;
  if (only?.by !== undefined) return { kind: "replaced", by: shown(root, only.by) };
  if (only?.text === image.text && only.filledBy === undefined) return STAYS;
  const isKept = (flow: Flow): boolean => !isReplaced(flow);
  const flows = ends.flatMap(([, all]) => all);
  const kept = flows.filter(isKept);
  const [first] = flows;
  if (!first) return way.aimless === undefined ? STAYS : { kind: "replaced", by: shown(root, way.aimless) };
  if (kept.length === 0) return { kind: "replaced", by: shown(root, first.by ?? "") };
  const texts = [...new Set(kept.map((flow) => flow.text))].sort();
  const isRenamed = texts.length > 1 || texts[0] !== image.text;
  const keeper = kept.length < flows.length ? ends.find(([, all]) => all.some(isKept))?.[0] : undefined;
  const filledBy = flows.find((flow) => flow.filledBy !== undefined)?.filledBy;
  return {
    kind: "stays",
    ...(filledBy === undefined ? {} : { filledBy: shown(root, filledBy) }),
    ...(isRenamed ? { as: texts } : {}),
    ...(keeper ? { in: shown(root, keeper.file) } : {}),
  };
}

function shown(root: string, file: string): string {
  const path = file.startsWith(root + sep) ? file.slice(root.length + 1) : relative(root, file);
  return path.replaceAll("\\", "/");
}
