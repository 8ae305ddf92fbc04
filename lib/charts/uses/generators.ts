// What the generators of an ApplicationSet fill in: folders of the repository, and the elements of a list.
import { entriesAt, itemsAt, textAt, type YamlNode } from "./document.js";
import {
  baseOf,
  escaped,
  filledIn,
  folderOf,
  isTemplated,
  plainText,
  resolvePath,
  type Known,
} from "./paths.js";

/** How deep generators may stand in others (`matrix`, `merge`); Argo CD allows two. */
const DEEPEST = 3;
/** How many elements and folders are told apart. */
const MOST = 500;

/** What an ApplicationSet fills in. */
export interface Generated {
  /** Globs over folders of the repository: `{{path}}`. */
  readonly folders: readonly string[];
  /** For each element of its lists, what its keys hold. */
  readonly elements: readonly Known[];
}

/** What fills nothing in, as in an Application. */
export const NOTHING_GENERATED: Generated = { folders: [], elements: [] };

/** What an ApplicationSet's generators fill in. */
export function generatedBy(applicationSet: YamlNode): Generated {
  const folders: string[] = [];
  const elements: Known[] = [];
  const visit = (holder: YamlNode, path: readonly string[], depth: number): void => {
    for (const generator of itemsAt(holder, ...path)) {
      if (folders.length + elements.length > MOST) return;
      folders.push(...foldersIn(generator));
      elements.push(...itemsAt(generator, "list", "elements").map(knownFrom));
      if (depth >= DEEPEST) continue;
      visit(generator, ["matrix", "generators"], depth + 1);
      visit(generator, ["merge", "generators"], depth + 1);
    }
  };
  visit(applicationSet, ["spec", "generators"], 0);
  return { folders: folders.slice(0, MOST), elements: elements.slice(0, MOST) };
}

/**
 * What is known of the expressions with a folder's path in them.
 *
 * @param folder the folder, or a glob over folders
 */
export function knownOfFolder(folder: string): Known {
  return (expression) => {
    const name = expression.replace(/^\./, "");
    if (name === "path" || name === "path.path") return folder;
    return name === "path.basename" || name === "path.basenameNormalized" ? baseOf(folder) : undefined;
  };
}

function foldersIn(generator: YamlNode): readonly string[] {
  const directories = itemsAt(generator, "git", "directories")
    .filter((item) => textAt(item, "exclude") !== "true")
    .map((item) => textAt(item, "path"));
  const files = itemsAt(generator, "git", "files").map((item) => {
    const file = textAt(item, "path");
    return file === undefined ? undefined : folderOf(file);
  });
  return [...directories, ...files]
    .flatMap((path) => {
      const text = plainText(path)?.replace(/^\/+/, "");
      return (text === undefined ? undefined : resolvePath("", text)) ?? [];
    })
    .filter((path) => path !== "")
    .map((path) => path.split("*").map(escaped).join("*"));
}

function knownFrom(element: YamlNode): Known {
  const texts = new Map(
    entriesAt(element).flatMap(([key, node]) => {
      const text = textAt(node);
      return text === undefined ? [] : [[key, text] as const];
    }),
  );
  return (expression) => texts.get(expression.replace(/^\./, ""));
}

/**
 * Each text that a templated one becomes.
 *
 * @param texts several texts that are filled in together
 * @param elements what is known for each
 * @returns for each element its texts, or the texts as they are where nothing is filled in
 */
export function variantsOf<Texts extends readonly (string | undefined)[]>(
  texts: Texts,
  elements: readonly Known[],
): readonly { readonly texts: Texts; readonly known: Known | undefined }[] {
  if (elements.length === 0 || !texts.some((text) => text !== undefined && isTemplated(text)))
    return [{ texts, known: undefined }];
  return elements.map((known) => ({
    texts: texts.map((text) => (text === undefined ? text : filledIn(text, known))) as unknown as Texts,
    known,
  }));
}
