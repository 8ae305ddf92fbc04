// What the templates of the chart beside some values do with an image's tag. A tag takes no digest if it also
// stands where no image is named: in a label, a version, an argument.
import type { Neighbour } from "../neighbour.js";
import type { Segment } from "../vocabulary/path.js";
import { DERIVED, templateLines, type TemplateLine } from "./template-lines.js";

/** The templates of one chart. */
export interface ChartTemplates {
  /**
   * The template that uses a tag for something besides the image.
   *
   * @param path of the image's mapping, from the chart's values' root
   * @param tagKey the key that holds its tag
   * @param nameKey the key that holds its repository
   * @returns the path of the template that writes the tag without the repository, that makes a version or a
   *   label of the whole mapping, or that prints the mapping, or one above it, as text; `undefined` where
   *   none does
   */
  usingTag(path: readonly Segment[], tagKey: string, nameKey: string): string | undefined;
  /**
   * The template that splits a reference into its parts.
   *
   * @param path of a reference in one string, from the chart's values' root
   * @returns the template's path; `undefined` where none does
   */
  splitting(path: readonly Segment[]): string | undefined;
  /** Whether a template puts `sha256:` before a digest: then the values may have to hold the digits alone. */
  readonly addSha256: boolean;
}

/** Of a larger chart, only so many files and so many characters in all are read. */
const MAX_FILES = 200;
const MAX_LENGTH = 4_000_000;

const TEMPLATE_FILE = /\.(?:ya?ml|tpl)$/;

/** `@sha256:` before an action, or before what `printf` fills in. */
const ADDS_SHA256 = /@sha256:(?:\{\{|%s)/;

/** A line that writes nothing: it asks whether there is a tag, assigns it to a variable, or is a comment. */
const WRITES_NOTHING = /^\s*(?:#|\{\{-?\s*(?:if|else|with|fail|\/\*|\$\w+\s*:?=))/;

/** Functions by which such a line still depends on what the tag is, and not only on whether it is there. */
const TRANSFORMS_TAG = /semver|trunc|replace|label|split|regex/i;

/** A question with an output on the same line. */
const ASKS_AND_WRITES = /\{\{-?\s*(?:if|else)[^}]*\}\}.*\{\{/;

/** What prints a mapping as text when it stands before the mapping's name: `toYaml .Values.agent`. */
const PRINTED_BEFORE = /\bto(?:Yaml|Json|PrettyJson|RawJson|Toml)[\s(]*$/;

/** The same behind the name, in a pipe: `.Values.agent | toYaml`. */
const PRINTED_AFTER = /^[\s)]*(?:\|(?!\s*to[YJPRT])[^|{}]*)*\|\s*to(?:Yaml|Json|PrettyJson|RawJson|Toml)\b/;

/** What makes a version or a label of a whole mapping: `common.images.version` and the like. */
const VERSION_OR_LABEL = /[.-]version\b|label/;

/** What takes a part out of a reference in one string. */
const SPLITS_REFERENCE = /semver|trunc|label|version:|split|regex/i;

/**
 * Reads the templates of the chart in a folder, as far as they name values.
 *
 * @param neighbour reads files; a path that ends in `/` lists a folder's files, one a line
 * @param folder where the chart is, empty or ending in `/`
 */
export function chartTemplates(neighbour: Neighbour, folder: string): ChartTemplates {
  const files = readTemplates(neighbour, `${folder}templates/`);
  const lines = templateLines(files);
  const firstFile = (fits: (text: string) => boolean): string | undefined => {
    const found = lines.find(({ text }) => fits(text));
    return found && fileOf(found);
  };
  return {
    addSha256: [...files.values()].some((text) => ADDS_SHA256.test(text)),
    usingTag(path, tagKey, nameKey) {
      const mapping = valueName(path);
      if (mapping === undefined) return undefined;
      const above = path.map((_, count) => [".Values", ...path.slice(0, count)].join("."));
      const holders = [...above, mapping];
      const tag = `${mapping}.${tagKey}`;
      const repository = `${mapping}.${nameKey}`;
      return firstFile(
        (text) =>
          usesTagAlone(text, mapping, tag, repository) ||
          (namesWhole(text, mapping) && VERSION_OR_LABEL.test(text)) ||
          holders.some((holder) => printsWhole(text, holder)),
      );
    },
    splitting(path) {
      const image = valueName(path);
      if (image === undefined) return undefined;
      return firstFile((text) => namesWhole(text, image) && SPLITS_REFERENCE.test(text));
    },
  };
}

function fileOf({ file }: TemplateLine): string {
  return `templates/${file}`;
}

/** How a template names a value; `undefined` for one in a list, which no template names. */
function valueName(path: readonly Segment[]): string | undefined {
  return path.every((step) => typeof step === "string") ? [".Values", ...path].join(".") : undefined;
}

/** Whether a line writes, or computes with, the tag and not the repository beside it. */
function usesTagAlone(text: string, mapping: string, tag: string, repository: string): boolean {
  if (!names(text, tag) || namesWhole(text, mapping) || names(text, repository)) return false;
  return !WRITES_NOTHING.test(text) || TRANSFORMS_TAG.test(text) || ASKS_AND_WRITES.test(text);
}

/** Whether a line names a value, or something below it. */
function names(text: string, value: string): boolean {
  return endsOf(text, value).some((end) => !/[\w-]/.test(text.charAt(end)));
}

/** Whether a line names a value itself, and nothing below it. */
function namesWhole(text: string, value: string): boolean {
  return wholeEndsOf(text, value).length > 0;
}

/** Whether a line prints all that a mapping holds as text. */
function printsWhole(text: string, mapping: string): boolean {
  return wholeEndsOf(text, mapping).some(
    (end) => PRINTED_BEFORE.test(text.slice(0, end - mapping.length)) || PRINTED_AFTER.test(text.slice(end)),
  );
}

/** The ends of a value's name where it is not part of a longer name, and where the value itself is meant. */
function wholeEndsOf(text: string, value: string): readonly number[] {
  return endsOf(text, value).filter(
    (end) => !/[\w.-]/.test(text.charAt(end)) && !text.startsWith(DERIVED, end),
  );
}

/** The offsets behind each place where a text holds a value's name. */
function endsOf(text: string, value: string): readonly number[] {
  const ends: number[] = [];
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) ends.push(at + value.length);
  return ends;
}

/** The templates in a folder, by their paths below it. */
function readTemplates(neighbour: Neighbour, folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let left = MAX_LENGTH;
  const files = (neighbour(folder) ?? "").split("\n").filter((name) => TEMPLATE_FILE.test(name));
  for (const file of files.slice(0, MAX_FILES)) {
    const text = neighbour(folder + file) ?? "";
    left -= text.length;
    if (left < 0) break;
    found.set(file, text);
  }
  return found;
}
