// Reads a tree's kustomizations and skaffold files from the disk, once, and again when one of them changes.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fatesIn, type Deployment, type FateOf } from "./deployed/fate.js";
import { KUSTOMIZATION_NAMES } from "./deployed/kustomization.js";
import { artifactsOf, SKAFFOLD_NAMES } from "./deployed/skaffold.js";
import { Tree } from "./deployed/tree.js";

/** More folders than any repository has that is written by hand. */
const MOST_FOLDERS = 20_000;

/** Far larger than any kustomization or patch. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Folders that hold nothing of this repository. */
const NOT_OURS: ReadonlySet<string> = new Set(["node_modules", ".git", ".terraform", ".venv", ".cache"]);

/** At most this share of the time goes to look whether something has changed. */
const SHARE_OF_TIME = 1 / 50;

const NAMES: ReadonlySet<string> = new Set([...KUSTOMIZATION_NAMES, ...SKAFFOLD_NAMES]);
const SKAFFOLDS: ReadonlySet<string> = new Set(SKAFFOLD_NAMES);

/** What says that a file or folder is still the same. */
type Stamp = string;

/** One tree, as it was read. */
interface Known {
  readonly deployment: Deployment;
  /** Every folder that was listed and every file that was read or looked for. */
  readonly stamps: ReadonlyMap<string, Stamp>;
  readonly fates: Map<string, FateOf | undefined>;
  /** When to look again whether something has changed. */
  lookAgain: number;
}

/** Answers what becomes of the images of a file of a tree. */
export type Deployments = (root: string, filename: string) => FateOf | undefined;

/**
 * Makes a reader that remembers each tree that it has read.
 *
 * @param now the time in milliseconds
 * @returns a function of the folder that the tree begins at and of a file's path; it reads nothing before it
 *   is called, and answers `undefined` where nothing of the tree reaches the file
 */
export function readDeployments(now: () => number = () => performance.now()): Deployments {
  const trees = new Map<string, Known>();
  return (root, filename) => {
    let known = trees.get(root);
    if (!known || hasChanged(known, now)) {
      known = readTree(resolve(root), now);
      trees.set(root, known);
    }
    const file = resolve(root, filename);
    if (!known.fates.has(file)) known.fates.set(file, fatesIn(known.deployment, file));
    return known.fates.get(file);
  };
}

/** In an editor the process lives on. The larger the tree, the more rarely it is looked at. */
function hasChanged(known: Known, now: () => number): boolean {
  const start = now();
  if (start < known.lookAgain) return false;
  for (const [path, stamp] of known.stamps) if (stampOf(path) !== stamp) return true;
  const end = now();
  known.lookAgain = end + (end - start) / SHARE_OF_TIME;
  return false;
}

function readTree(root: string, now: () => number): Known {
  const start = now();
  const stamps = new Map<string, Stamp>();
  const texts = new Map<string, string | undefined>();
  const read = (path: string): string | undefined => {
    if (!texts.has(path)) {
      stamps.set(path, stampOf(path));
      texts.set(path, textOf(path));
    }
    return texts.get(path);
  };
  const files = scan(root, stamps);
  const isSkaffold = (file: string): boolean => SKAFFOLDS.has(file.slice(file.lastIndexOf("skaffold.")));
  const built = new Map(
    files.filter(isSkaffold).map((file) => [file, artifactsOf(read(file) ?? "")] as const),
  );
  const tree = new Tree(
    files.filter((file) => !isSkaffold(file)),
    read,
  );
  const end = now();
  return {
    deployment: { root, tree, read, built },
    stamps,
    fates: new Map(),
    lookAgain: end + (end - start) / SHARE_OF_TIME,
  };
}

/** The paths of all kustomizations and skaffold files below a folder. */
function scan(root: string, stamps: Map<string, Stamp>): readonly string[] {
  const found: string[] = [];
  const open = [root];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    if (stamps.size >= MOST_FOLDERS) break;
    stamps.set(folder, stampOf(folder));
    for (const entry of entriesIn(folder)) {
      if (entry.isDirectory()) {
        if (!NOT_OURS.has(entry.name)) open.push(join(folder, entry.name));
      } else if (NAMES.has(entry.name)) found.push(join(folder, entry.name));
    }
  }
  return found;
}

function entriesIn(folder: string): ReturnType<typeof listed> {
  try {
    return listed(folder);
  } catch {
    return [];
  }
}

const listed = (folder: string) => readdirSync(folder, { withFileTypes: true });

function stampOf(path: string): Stamp {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${String(stat.mtimeMs)} ${String(stat.size)}` : "";
}

function textOf(path: string): string | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() === true && stat.size <= MAX_BYTES ? readFileSync(path, "utf8") : undefined;
  } catch {
    return undefined;
  }
}
