// Finds a program on PATH, but never one that the linted tree brings along.
import { constants, existsSync, realpathSync } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join, parse, relative, sep } from "node:path";

/** What was found. */
export type FoundProgram =
  | { readonly kind: "found"; readonly file: string }
  /** Only the linted tree, or a folder that depends on where we were started, has it. */
  | { readonly kind: "refused" }
  | { readonly kind: "missing" };

/** The folders of PATH that may be used. */
export interface ProgramFolders {
  readonly kept: readonly string[];
  readonly refused: readonly string[];
  /** The linted tree; `undefined` where it is a whole disk, which says nothing. */
  readonly tree: string | undefined;
}

/**
 * Splits PATH. Left out are relative and empty entries, the linted tree, and `node_modules/.bin`, which
 * `npm run` puts first.
 *
 * @param cwd the tree is the repository around this folder, or the folder itself
 */
export function programFolders(env: NodeJS.ProcessEnv, cwd: string): ProgramFolders {
  const tree = treeAround(cwd);
  // Windows calls it `Path`.
  const name = Object.keys(env).find((each) => each.toUpperCase() === "PATH") ?? "PATH";
  const all = (env[name] ?? "").split(delimiter).filter((folder) => folder !== "");
  const isKept = (folder: string): boolean =>
    isAbsolute(folder) &&
    !/(?:^|[\\/])node_modules[\\/]\.bin[\\/]?$/.test(folder) &&
    !isInside(tree, folder) &&
    !isInside(tree, realpathOf(folder));
  return {
    kept: all.filter(isKept),
    refused: all.filter((folder) => isAbsolute(folder) && !isKept(folder)),
    tree,
  };
}

/**
 * Finds a program in these folders.
 *
 * @param name its file name, without `.exe`
 */
export async function findProgram(
  name: string,
  { kept, refused, tree }: ProgramFolders,
): Promise<FoundProgram> {
  let inside = false;
  for (const folder of kept) {
    const file = await programAt(folder, name);
    if (file === undefined) continue;
    // A link may lead into the tree.
    if (!isInside(tree, file)) return { kind: "found", file: join(folder, fileName(name)) };
    inside = true;
  }
  for (const folder of refused) inside ||= (await programAt(folder, name)) !== undefined;
  return { kind: inside ? "refused" : "missing" };
}

/** Only `.exe`: a `.cmd` or `.bat` is run by a shell. */
function fileName(name: string): string {
  return process.platform === "win32" && !name.endsWith(".exe") ? `${name}.exe` : name;
}

async function programAt(folder: string, name: string): Promise<string | undefined> {
  const file = join(folder, fileName(name));
  try {
    if (!(await stat(file)).isFile()) return undefined;
    await access(file, constants.X_OK);
    return await realpath(file);
  } catch {
    return undefined;
  }
}

function treeAround(cwd: string): string | undefined {
  const start = realpathOf(cwd);
  const { root } = parse(start);
  for (let folder = start; folder !== root; folder = dirname(folder))
    if (existsSync(join(folder, ".git"))) return folder;
  return start === root ? undefined : start;
}

function isInside(tree: string | undefined, path: string): boolean {
  if (tree === undefined) return false;
  const way = relative(tree, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function realpathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
