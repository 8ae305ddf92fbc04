// What the templates of the chart beside some values do with a tag: one that also stands where no image is named (a label,
// a version, an argument) takes no digest.
import type { Neighbour } from "./document-kind.js";
import type { Segment } from "./path.js";

export interface ChartTemplates {
  /**
   * @param path of the mapping, from the chart's values' root
   * @param tagKey the key that holds its tag
   * @param nameKey the key that holds its repository
   * @returns the template in which the tag stands without its repository; `undefined` where none does
   */
  elsewhere(path: readonly Segment[], tagKey: string, nameKey: string): string | undefined;
  /** Whether a template puts `sha256:` before a digest, so that one in the values may have to be bare. */
  readonly bareDigests: boolean;
}

/** Charts larger than this are judged by what was read. */
const MAX_FILES = 200;
const MAX_LENGTH = 4_000_000;
const MAX_LINE = 2000;
const TEMPLATE = /\.(?:ya?ml|tpl)$/;
/** A line that only asks whether there is a tag, keeps it for later, or is a comment. */
const ASKS = /^\s*(?:#|\{\{-?\s*(?:if|else|with|fail|\/\*|\$\w+\s*:?=))/;
/** … unless it makes something else of the tag. */
const MAKES = /semver|trunc|replace|label/i;
const DEFINES = /\{\{-?\s*(?:if|else)[^}]*\}\}.*\{\{/;

interface Line {
  readonly file: string;
  readonly text: string;
}

/**
 * Reads the templates of the chart in a folder, as far as they name values.
 *
 * @param neighbour reads files; a path that ends in `/` lists a folder's files, one a line
 * @param folder where the chart is, empty or ending in `/`
 */
export function chartTemplates(neighbour: Neighbour, folder: string): ChartTemplates {
  const { lines, bareDigests } = read(neighbour, `${folder}templates/`);
  return {
    bareDigests,
    elsewhere(path, tagKey, nameKey) {
      if (!path.every((step) => typeof step === "string")) return undefined;
      const mapping = [".Values", ...path].join(".");
      const found = lines.find(({ text }) => names(text, `${mapping}.${tagKey}`) && !names(text, `${mapping}.${nameKey}`) && (!ASKS.test(text) || MAKES.test(text) || DEFINES.test(text)));
      return found?.file;
    },
  };
}

function names(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    if (!/[\w-]/.test(text.charAt(at + value.length))) return true;
  }
  return false;
}

function read(neighbour: Neighbour, folder: string): { readonly lines: readonly Line[]; readonly bareDigests: boolean } {
  const lines: Line[] = [];
  let bareDigests = false;
  let left = MAX_LENGTH;
  const files = (neighbour(folder) ?? "").split("\n").filter((name) => TEMPLATE.test(name));
  for (const file of files.slice(0, MAX_FILES)) {
    const text = neighbour(folder + file) ?? "";
    left -= text.length;
    if (left < 0) break;
    bareDigests ||= /@sha256:(?:\{\{|%s)/.test(text);
    for (const line of text.split("\n")) if (line.includes(".Values.") && line.length <= MAX_LINE) lines.push({ file: `templates/${file}`, text: line });
  }
  return { lines, bareDigests };
}
