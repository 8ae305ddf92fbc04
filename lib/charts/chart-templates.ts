// What the templates of the chart beside some values do with a tag: one that also stands where no image is named (a label,
// a version, an argument) takes no digest.
import type { Neighbour } from "../neighbour.js";
import type { Segment } from "../vocabulary/path.js";
import { MADE_OF, templateLines, type Line } from "./template-lines.js";

export interface ChartTemplates {
  /**
   * @param path of the mapping, from the chart's values' root
   * @param tagKey the key that holds its tag
   * @param nameKey the key that holds its repository
   * @returns the template in which the tag stands without its repository, or that takes the mapping whole for something that is
   *   no image; `undefined` where none does
   */
  elsewhere(path: readonly Segment[], tagKey: string, nameKey: string): string | undefined;
  /**
   * @param path of a reference in one string
   * @returns the template that takes it apart; `undefined` where none does
   */
  takesApart(path: readonly Segment[]): string | undefined;
  /** Whether a template puts `sha256:` before a digest, so that one in the values may have to be bare. */
  readonly bareDigests: boolean;
}

/** Charts larger than this are judged by what was read. */
const MAX_FILES = 200;
const MAX_LENGTH = 4_000_000;
const TEMPLATE = /\.(?:ya?ml|tpl)$/;
/** A line that only asks whether there is a tag, keeps it for later, or is a comment. */
const ASKS = /^\s*(?:#|\{\{-?\s*(?:if|else|with|fail|\/\*|\$\w+\s*:?=))/;
/** … unless it makes something else of the tag. */
const MAKES = /semver|trunc|replace|label|split|regex/i;
const DEFINES = /\{\{-?\s*(?:if|else)[^}]*\}\}.*\{\{/;
/** What makes one text of a whole mapping, before it and behind it. */
const WHOLE_OF = /\bto(?:Yaml|Json|PrettyJson|RawJson|Toml)[\s(]*$/;
const TO_WHOLE = /^[\s)]*(?:\|(?!\s*to[YJPRT])[^|{}]*)*\|\s*to(?:Yaml|Json|PrettyJson|RawJson|Toml)\b/;
/** What makes a version or a label of a whole mapping: `common.images.version` and the like. */
const OF_MAPPING = /[.-]version\b|label/;
const PARTS = /semver|trunc|label|version:|split|regex/i;

/**
 * Reads the templates of the chart in a folder, as far as they name values.
 *
 * @param neighbour reads files; a path that ends in `/` lists a folder's files, one a line
 * @param folder where the chart is, empty or ending in `/`
 */
export function chartTemplates(neighbour: Neighbour, folder: string): ChartTemplates {
  const files = read(neighbour, `${folder}templates/`);
  const lines = templateLines(files);
  const fileOf = (found: Line | undefined): string | undefined => found && `templates/${found.file}`;
  return {
    bareDigests: [...files.values()].some((text) => /@sha256:(?:\{\{|%s)/.test(text)),
    elsewhere(path, tagKey, nameKey) {
      if (!path.every((step) => typeof step === "string")) return undefined;
      const mapping = [".Values", ...path].join(".");
      const above = path.map((_, count) => [".Values", ...path.slice(0, count)].join("."));
      return fileOf(
        lines.find(({ text }) => {
          const all = asWhole(text, mapping);
          const alone = !all && names(text, `${mapping}.${tagKey}`) && !names(text, `${mapping}.${nameKey}`);
          if (alone && (!ASKS.test(text) || MAKES.test(text) || DEFINES.test(text))) return true;
          return (
            (all && OF_MAPPING.test(text)) ||
            [...above, mapping].some((holder) => asWhole(text, holder, true))
          );
        }),
      );
    },
    takesApart(path) {
      if (!path.every((step) => typeof step === "string")) return undefined;
      const image = [".Values", ...path].join(".");
      return fileOf(lines.find(({ text }) => asWhole(text, image) && PARTS.test(text)));
    },
  };
}

function names(text: string, value: string): boolean {
  return placesOf(text, value).some((end) => !/[\w-]/.test(text.charAt(end)));
}

/** Whether a text names a value and nothing below it; `inText`: to make one text of all that it holds. */
function asWhole(text: string, value: string, inText = false): boolean {
  return placesOf(text, value).some((end) => {
    if (/[\w.-]/.test(text.charAt(end)) || text.startsWith(MADE_OF, end)) return false;
    return !inText || WHOLE_OF.test(text.slice(0, end - value.length)) || TO_WHOLE.test(text.slice(end));
  });
}

/** Where a value's name ends. */
function placesOf(text: string, value: string): readonly number[] {
  const ends: number[] = [];
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) ends.push(at + value.length);
  return ends;
}

function read(neighbour: Neighbour, folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let left = MAX_LENGTH;
  const files = (neighbour(folder) ?? "").split("\n").filter((name) => TEMPLATE.test(name));
  for (const file of files.slice(0, MAX_FILES)) {
    const text = neighbour(folder + file) ?? "";
    left -= text.length;
    if (left < 0) break;
    found.set(file, text);
  }
  return found;
}
