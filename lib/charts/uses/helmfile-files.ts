// Which files of a tree are helmfiles: by their names, by their keys, and by other helmfiles that name them.
import { matchesPath } from "../../exempt.js";
import { itemsAt, textAt, type YamlNode } from "./document.js";
import { fileNamed, folderOf } from "./paths.js";
import type { Survey } from "./survey.js";

const BY_NAME = /(?:^|\/)(?:helmfile[^/]*\.ya?ml(?:\.gotmpl)?|helmfile\.d\/[^/]+\.ya?ml(?:\.gotmpl)?)$/;
const YAML_NAME = /\.ya?ml(?:\.gotmpl)?$/;

/** Whether a text has the keys of a helmfile: it may have any name, and be given to the command by it. */
export function looksLikeHelmfile(text: string): boolean {
  return /^repositories:/m.test(text) && /^releases:/m.test(text);
}

/** A helmfile. */
export interface Helmfile {
  /** The folder from which its paths are read. */
  readonly folder: string;
  /** Its own documents, and before them those of its bases, of which it takes repositories and templates. */
  readonly own: readonly YamlNode[];
  readonly parts: readonly YamlNode[];
}

/**
 * The helmfiles of a tree.
 *
 * @returns those with such a name or such keys, and those that `helmfiles` of others name, each once
 */
export function helmfilesOf(survey: Survey): readonly Helmfile[] {
  const seen = new Set([
    ...survey.files.filter((file) => BY_NAME.test(file)),
    ...survey.lookingLike("helmfile"),
  ]);
  const waiting = [...seen];
  const found: Helmfile[] = [];
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    const own = survey.documents(file);
    const folder = folderOf(file);
    const bases = own
      .flatMap((part) => itemsAt(part, "bases"))
      .flatMap((item) => filesNamed(survey, folder, textAt(item)));
    found.push({ folder, own, parts: [...bases.flatMap((base) => survey.documents(base)), ...own] });
    const others = own
      .flatMap((part) => itemsAt(part, "helmfiles"))
      .flatMap((item) => filesNamed(survey, folder, textAt(item) ?? textAt(item, "path")));
    for (const other of others)
      if (!seen.has(other)) {
        seen.add(other);
        waiting.push(other);
      }
  }
  return found;
}

/** The files of a path, a glob or a folder. */
function filesNamed(survey: Survey, folder: string, path: string | undefined): readonly string[] {
  const place = path === undefined ? undefined : fileNamed(folder, path.replaceAll("*", "{{*}}"));
  if (!place || place.kind === "inline") return [];
  if (place.kind === "pattern")
    return survey.files.filter((file) => YAML_NAME.test(file) && matchesPath(file, [place.glob]));
  if (survey.has(place.file)) return [place.file];
  return survey.filesIn(place.file).filter((file) => YAML_NAME.test(file));
}
