// Reads a tree's kustomizations and skaffold files from the disk, once, and again when one of them changes.
import { isAbsolute, resolve, sep } from "node:path";
import { fatesIn, type Deployment, type FateOf } from "./deployed/fate.js";
import { KUSTOMIZATION_NAMES } from "./deployed/kustomization.js";
import { artifactsOf, SKAFFOLD_NAMES } from "./deployed/skaffold.js";
import { folderOf, Tree, type Files } from "./deployed/tree.js";
import { FolderListings } from "./folder-listings.js";
import { readText } from "./read-text.js";
import { lookForReaching, SHARE_OF_TIME } from "./reaching-files.js";
import { isFile, statOf } from "./stat-of.js";

/** More folders than any repository has that is written by hand. */
const MOST_FOLDERS = 20_000;

/** Far larger than any kustomization or patch. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Folders that hold nothing of this repository. */
const NOT_OURS: ReadonlySet<string> = new Set(["node_modules", ".git", ".terraform", ".venv", ".cache"]);

const KUSTOMIZATIONS: ReadonlySet<string> = new Set(KUSTOMIZATION_NAMES);
const SKAFFOLDS: ReadonlySet<string> = new Set(SKAFFOLD_NAMES);

/**
 * The clock of a file system may be behind the process's. What changed so shortly before it was read counts
 * as changed since.
 */
const CLOCK_SLACK_MS = 50;

/** One tree, as it was read. */
interface Known {
  readonly deployment: Deployment;
  /** Every folder that was listed and every file that was read or looked for. */
  readonly paths: readonly string[];
  /** When it was read, by the clock of the file system. */
  readonly readAt: number;
  readonly fates: Map<string, FateOf | undefined>;
  /** The folders that hold a kustomization or a skaffold file. */
  readonly holders: ReadonlySet<string>;
  /** When to look again whether something has changed. */
  lookAgain: number;
}

/** Answers what becomes of the images of a file of a tree. */
export type Deployments = (root: string, filename: string) => FateOf | undefined;

/**
 * Makes a reader that remembers each tree that it has read.
 *
 * @param now a time in milliseconds, which says how long a look takes
 * @returns a function of the folder that the tree begins at and of a file's path; it reads nothing before it
 *   is called, and answers `undefined` where nothing of the tree reaches the file
 */
export function readDeployments(now: () => number = () => performance.now()): Deployments {
  const trees = new Map<string, Known>();
  const isBelowSome = lookForReaching(now);
  return (root, filename) => {
    const path = isWhole(filename) ? filename : resolve(root, filename);
    let known = trees.get(root);
    if (known && hasChanged(known, now)) known = undefined;
    // What was listed needs no second look.
    if (!(known ? isBelow(known.holders, path) : isBelowSome(path))) return undefined;
    known ??= readTree(resolve(root), now);
    trees.set(root, known);
    const before = known.fates.get(filename);
    if (before || known.fates.has(filename)) return before;
    const fate = fatesIn(known.deployment, path);
    known.fates.set(filename, fate);
    return fate;
  };
}

function isBelow(folders: ReadonlySet<string>, path: string): boolean {
  for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder))
    if (folders.has(folder)) return true;
  return false;
}

/** Whether a path needs nothing more to be compared. */
function isWhole(path: string): boolean {
  return isAbsolute(path) && !/[/\\]\.{0,2}[/\\]/.test(path);
}

/** In an editor the process lives on. The larger the tree, the more rarely it is looked at. */
function hasChanged(known: Known, now: () => number): boolean {
  const start = now();
  if (start < known.lookAgain) return false;
  for (const path of known.paths) if (changedAt(path) > known.readAt) return true;
  const end = now();
  known.lookAgain = end + (end - start) / SHARE_OF_TIME;
  return false;
}

function readTree(root: string, now: () => number): Known {
  const start = now();
  const readAt = Date.now() - CLOCK_SLACK_MS;
  const paths: string[] = [];
  const texts = new Map<string, string | undefined>();
  const read = (path: string): string | undefined => {
    const known = texts.get(path);
    if (known !== undefined || texts.has(path)) return known;
    const text = readText(path, MAX_BYTES);
    paths.push(path);
    texts.set(path, text);
    return text;
  };
  const { kustomizations, skaffolds, listings } = scan(root, paths);
  const disk: Files = {
    read,
    isFile(path) {
      const entry = listings.at(path);
      if (entry !== undefined) return entry?.isDirectory() === false;
      paths.push(path);
      return isFile(path);
    },
  };
  const built = new Map(skaffolds.map((file) => [file, artifactsOf(read(file) ?? "")] as const));
  const tree = new Tree(kustomizations, disk);
  const end = now();
  const lookAgain = end + (end - start) / SHARE_OF_TIME;
  const holders = new Set([...kustomizations, ...skaffolds].map(folderOf));
  return { deployment: { root, tree, built }, paths, readAt, fates: new Map(), holders, lookAgain };
}

/** What the folders below one hold. */
interface Scanned {
  readonly kustomizations: readonly string[];
  readonly skaffolds: readonly string[];
  readonly listings: FolderListings;
}

function scan(root: string, folders: string[]): Scanned {
  const listings = new FolderListings();
  const kustomizations: string[] = [];
  const skaffolds: string[] = [];
  const open = [root];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    if (folders.length >= MOST_FOLDERS) break;
    folders.push(folder);
    for (const entry of listings.list(folder)) {
      const { name } = entry;
      if (KUSTOMIZATIONS.has(name)) kustomizations.push(folder + sep + name);
      else if (SKAFFOLDS.has(name)) skaffolds.push(folder + sep + name);
      else if (entry.isDirectory() && !NOT_OURS.has(name)) open.push(folder + sep + name);
    }
  }
  return { kustomizations, skaffolds, listings };
}

/** When a file or folder last changed; one that is not there never did: then its folder has. */
function changedAt(path: string): number {
  return statOf(path)?.mtimeMs ?? 0;
}
