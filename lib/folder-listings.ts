// What the folders of a tree hold, as they were listed.
import type { Dirent } from "node:fs";
import { sep } from "node:path";
import { entriesIn } from "./stat-of.js";

/** In a longer list, a name is looked up in a map: to make one for each folder takes longer than to look. */
const FEW = 50;

/** Folders that were listed, and what each of them holds. */
export class FolderListings {
  readonly #entries = new Map<string, readonly Dirent[]>();
  readonly #byName = new Map<string, ReadonlyMap<string, Dirent>>();

  /**
   * Lists a folder.
   *
   * @param folder an absolute path
   * @returns what it holds; nothing where it is not there or cannot be read
   */
  list(folder: string): readonly Dirent[] {
    const entries = entriesIn(folder);
    this.#entries.set(folder, entries);
    return entries;
  }

  /**
   * What stands at a path, by the listing of its folder.
   *
   * @param path an absolute path
   * @returns `null` where nothing does, `undefined` where its folder was not listed
   */
  at(path: string): Dirent | null | undefined {
    const slash = path.lastIndexOf(sep);
    const folder = path.slice(0, slash);
    const entries = this.#entries.get(folder);
    if (!entries) return undefined;
    const wanted = path.slice(slash + 1);
    if (entries.length <= FEW) return entries.find(({ name }) => name === wanted) ?? null;
    const known = this.#byName.get(folder) ?? new Map(entries.map((entry) => [entry.name, entry]));
    this.#byName.set(folder, known);
    return known.get(wanted) ?? null;
  }
}
