// All kustomizations of a tree: which folder and which file each of them uses, and who uses it.
import { resolve, sep } from "node:path";
import { documentsOf, textAt } from "./plain.js";
import { KUSTOMIZATION_NAMES, parseKustomization, type Kustomization, type Patch } from "./kustomization.js";

/** Files by their absolute paths. */
export interface Files {
  /** Reads a file; `undefined` where it is not there. */
  readonly read: (path: string) => string | undefined;
  /** Whether it is there, and no folder. */
  readonly isFile: (path: string) => boolean;
}

/** A kustomization in its folder, with what it uses by absolute paths. */
export interface Node {
  readonly folder: string;
  /** The path of its file. */
  readonly file: string;
  readonly says: Kustomization;
  /** Files and folders, in their order. */
  readonly resources: readonly string[];
  readonly components: readonly string[];
  /** Whether some of its resources stand in no file of the tree. */
  readonly isOpen: boolean;
  /** Whether it gathers resources and leaves them as they are. */
  readonly changesNothing: boolean;
  /** The file of each patch that stands in one. */
  readonly patchFiles: ReadonlyMap<Patch, string>;
  readonly configurations: readonly string[];
  /** Other files, or folders of kustomizations, without which it is not built. */
  readonly needs: readonly string[];
  /** What it says in place, or the path of the file that says it. */
  readonly replacements: readonly (string | { readonly says: unknown })[];
  /** The file or the text of each transformer. */
  readonly transformers: readonly { readonly file: string; readonly text?: string }[];
}

/** A repository or a file on the web, of which nothing is known here. */
const REMOTE = /:\/\/|^git@|^(?:www\.)?git(?:hub|lab)\.com\/|[?&]ref=/;

/** Kustomizations one above the other; more are a circle, or an attack. What is deeper is not asked for. */
export const DEEPEST = 40;

/** The kustomizations below a folder, and those that they use elsewhere. */
export class Tree {
  readonly #disk: Files;
  /** The files of the kustomizations that are known, by their folders. */
  readonly #files = new Map<string, string>();
  readonly #nodes = new Map<string, Node | undefined>();
  /** The kustomizations that use a file or a folder. */
  readonly #users = new Map<string, Node[]>();
  readonly #documents = new Map<string, readonly unknown[]>();
  readonly #buildable = new Map<Node, boolean>();

  /**
   * @param files the paths of all kustomizations that are known
   * @param disk they, and what they use
   */
  constructor(files: readonly string[], disk: Files) {
    this.#disk = disk;
    for (const file of files) {
      const folder = folderOf(file);
      // Of two in a folder, kustomize builds none.
      if (this.#files.has(folder)) this.#nodes.set(folder, undefined);
      this.#files.set(folder, file);
    }
    for (const [folder, file] of this.#files) this.#add(folder, file);
  }

  /** The kustomization in a folder, if there is one that kustomize builds. */
  nodeIn(folder: string): Node | undefined {
    const node = this.#nodes.get(folder);
    return node && this.#isBuildable(node, 0) ? node : undefined;
  }

  /** The kustomizations that use a file or folder themselves, and that kustomize builds. */
  usersOf(path: string): readonly Node[] {
    return (this.#users.get(path) ?? []).filter((node) => this.#isBuildable(node, 0));
  }

  /** Whether a folder's kustomization is built by itself: nothing uses it, and it is no component. */
  isTop(node: Node): boolean {
    return !node.says.isComponent && this.usersOf(node.folder).length === 0;
  }

  /** The documents of a file, or of a text that stands in a kustomization; read once. */
  documentsOf(from: { readonly file: string } | { readonly text: string }): readonly unknown[] {
    const text = "text" in from ? from.text : this.textOf(from.file);
    if (text === undefined) return [];
    const known = this.#documents.get(text) ?? documentsOf(text);
    this.#documents.set(text, known);
    return known;
  }

  /** The text of a file; `undefined` where it is not there. */
  textOf(file: string): string | undefined {
    return this.#disk.read(file);
  }

  /** Whether all that a kustomization names in the tree is there, and it is none of a circle. */
  #isBuildable(node: Node, depth: number): boolean {
    const known = this.#buildable.get(node);
    if (known !== undefined || depth > DEEPEST) return known ?? true;
    this.#buildable.set(node, false);
    const below = (path: string, isComponent: boolean): boolean => {
      const other = this.#nodes.get(path);
      return other?.says.isComponent === isComponent && this.#isBuildable(other, depth + 1);
    };
    const { isFile } = this.#disk;
    const isBuildable =
      new Set(node.resources).size === node.resources.length &&
      node.resources.every((path) => isFile(path) || below(path, false)) &&
      node.components.every((path) => below(path, true)) &&
      [...node.patchFiles.values(), ...node.configurations].every(isFile) &&
      node.needs.every((path) => isFile(path) || this.#files.has(path));
    this.#buildable.set(node, isBuildable);
    return isBuildable;
  }

  #add(folder: string, file: string): void {
    if (this.#nodes.has(folder)) return;
    const text = this.textOf(file);
    const says = text === undefined ? undefined : parseKustomization(text);
    const node = says && nodeOf(folder, file, says);
    this.#nodes.set(folder, node);
    if (!node) return;
    for (const path of usedBy(node)) {
      const users = this.#users.get(path);
      if (users) users.push(node);
      else this.#users.set(path, [node]);
    }
    for (const path of [...node.resources, ...node.components]) this.#lookIn(path);
  }

  /** A folder that was not scanned: it is above the root, or too deep. */
  #lookIn(folder: string): void {
    if (this.#files.has(folder) || this.#nodes.has(folder) || /\.(?:ya?ml|json)$/.test(folder)) return;
    const file = KUSTOMIZATION_NAMES.map((name) => resolve(folder, name)).find(
      (path) => this.textOf(path) !== undefined,
    );
    if (file === undefined) this.#nodes.set(folder, undefined);
    else this.#add(folder, file);
  }
}

function usedBy(node: Node): ReadonlySet<string> {
  return new Set([
    ...node.resources,
    ...node.components,
    ...node.patchFiles.values(),
    ...node.replacements.filter((each) => typeof each === "string"),
    ...node.transformers.filter(({ text }) => text === undefined).map(({ file }) => file),
  ]);
}

/** Whether an item is no path: transformers and the like may stand in place. */
const isInPlace = (item: string): boolean => item.includes("\n");

function nodeOf(folder: string, file: string, says: Kustomization): Node {
  const local = (paths: readonly string[]): readonly string[] =>
    paths.filter((path) => !REMOTE.test(path)).map((path) => pathFrom(folder, path));
  return {
    folder,
    file,
    says,
    resources: local(says.resources),
    components: local(says.components),
    isOpen: says.generates || [...says.resources, ...says.components].some((path) => REMOTE.test(path)),
    changesNothing:
      says.patches.length + says.images.size + says.replacements.length + says.transformers.length === 0 &&
      says.namePrefix + says.nameSuffix === "",
    patchFiles: new Map(
      says.patches.flatMap((patch): [Patch, string][] =>
        patch.path === undefined || REMOTE.test(patch.path) ? [] : [[patch, pathFrom(folder, patch.path)]],
      ),
    ),
    configurations: local(says.configurations),
    needs: local(
      [...says.needs, ...says.transformers, ...says.replacements.map((each) => textAt(each, "path"))].filter(
        (path) => path !== "" && !isInPlace(path),
      ),
    ),
    replacements: says.replacements.map((each) => {
      const path = textAt(each, "path");
      return path === "" ? { says: each } : resolve(folder, path);
    }),
    transformers: says.transformers.map((each) =>
      isInPlace(each) ? { file, text: each } : { file: resolve(folder, each) },
    ),
  };
}

/** Names below a folder, none of which is `.` or `..`. */
const BELOW = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;

/** The same as `resolve`, which takes apart every folder above, ten times as slowly. */
function pathFrom(folder: string, path: string): string {
  let [above, rest] = [folder, path];
  for (; rest.startsWith("../") && above !== ""; rest = rest.slice(3)) above = folderOf(above);
  return sep === "/" && above !== "" && BELOW.test(rest) ? `${above}/${rest}` : resolve(folder, path);
}

/**
 * The folder of a file, or above a folder.
 *
 * @param path an absolute path, as the system writes it
 */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf(sep));
}
