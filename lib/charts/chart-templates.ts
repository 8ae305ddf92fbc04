// What the templates of the chart beside some values do with an image's keys. A tag takes no digest if it
// also stands where no image is named: in a label, a version, an argument.
import type { Neighbour } from "../neighbour.js";
import type { Segment } from "../vocabulary/path.js";
import { chartUses, type ChartUses } from "./templates/chart-uses.js";
import { imageUses, takingApart, type ImageKeys, type ImageUses } from "./templates/image-uses.js";
import type { ValuePath } from "./templates/value.js";

/** The templates of one chart. */
export interface ChartTemplates {
  /**
   * What they do with an image that stands in several keys.
   *
   * @param path of the image's mapping, from the chart's values' root
   * @param keys of the image
   * @returns what was seen, with the templates' paths in the chart; `undefined` where nothing was, or in a
   *   list, whose items no template names
   */
  image(path: readonly Segment[], keys: ImageKeys): ImageUses | undefined;
  /**
   * The template that splits a reference into its parts, or adds something to it.
   *
   * @param path of a reference in one string, from the chart's values' root
   * @returns the template's path; `undefined` where none does
   */
  splitting(path: readonly Segment[]): string | undefined;
}

/** Of a larger chart, only so many files and so many characters in all are read. */
const MAX_FILES = 200;
const MAX_LENGTH = 4_000_000;

/** Helm renders every file; `NOTES.txt` is shown and not deployed. */
const TEMPLATE_FILE = /^(?!(?:.*\/)?NOTES\.txt$)./;
const LIBRARY_FILE = /^[^/]+\/templates\/.*\.tpl$/;

/** The chart that was read last: in an editor, the same one is asked at every keystroke. */
let last: KeptUses | undefined;

const NOTHING: { readonly uses: ChartUses } = { uses: { uses: [], unread: [] } };

interface KeptUses {
  readonly files: ReadonlyMap<string, string>;
  /** The templates of the libraries, where they were asked for. */
  readonly libraries: ReadonlyMap<string, string> | undefined;
  readonly uses: ChartUses;
}

/**
 * Reads the templates of the chart in a folder.
 *
 * @param neighbour reads files; a path that ends in `/` lists a folder's files, one a line
 * @param folder where the chart is, empty or ending in `/`; its libraries are below `charts/` of the first
 *   chart
 */
export function chartTemplates(neighbour: Neighbour, folder: string): ChartTemplates {
  const { files, isWhole } = readTemplates(neighbour, `${folder}templates/`, TEMPLATE_FILE);
  // A folder without templates, as most keys name, must not take the chart's place.
  const { uses } =
    files.size === 0 ? NOTHING : (last = isCurrent(last, files, neighbour) ? last : read(neighbour, files));
  const inChart = (file: string | undefined): string | undefined => file && `templates/${file}`;
  return {
    image(path, keys) {
      const at = keysOf(path);
      if (!at || files.size === 0) return undefined;
      const its = imageUses(uses, at, keys);
      return {
        ...its,
        elsewhere: inChart(its.elsewhere),
        digestElsewhere: inChart(its.digestElsewhere),
        isKnown: its.isKnown && isWhole,
      };
    },
    splitting(path) {
      const at = keysOf(path);
      return at && inChart(takingApart(uses, at));
    },
  };
}

function read(neighbour: Neighbour, files: ReadonlyMap<string, string>): KeptUses {
  let libraries: ReadonlyMap<string, string> | undefined;
  const uses = chartUses(files, () => [...(libraries = librariesBeside(neighbour)).values()]);
  return { files, libraries, uses };
}

function librariesBeside(neighbour: Neighbour): ReadonlyMap<string, string> {
  return readTemplates(neighbour, "charts/", LIBRARY_FILE).files;
}

function isCurrent(
  kept: KeptUses | undefined,
  files: ReadonlyMap<string, string>,
  neighbour: Neighbour,
): kept is KeptUses {
  if (!isSame(kept?.files, files)) return false;
  return !kept?.libraries || isSame(kept.libraries, librariesBeside(neighbour));
}

function isSame(one: ReadonlyMap<string, string> | undefined, other: ReadonlyMap<string, string>): boolean {
  return one?.size === other.size && [...other].every(([file, text]) => one.get(file) === text);
}

/** The keys down to a value; `undefined` for one in a list, which no template names. */
function keysOf(path: readonly Segment[]): ValuePath | undefined {
  const keys = path.filter((step) => typeof step === "string");
  return keys.length === path.length ? keys : undefined;
}

interface TemplateFiles {
  /** By their paths below the folder. */
  readonly files: ReadonlyMap<string, string>;
  /** Whether there are no more. */
  readonly isWhole: boolean;
}

function readTemplates(neighbour: Neighbour, folder: string, isWanted: RegExp): TemplateFiles {
  const files = new Map<string, string>();
  let left = MAX_LENGTH;
  const names = (neighbour(folder) ?? "").split("\n").filter((name) => isWanted.test(name));
  for (const name of names.slice(0, MAX_FILES)) {
    const text = neighbour(folder + name) ?? "";
    left -= text.length;
    if (left < 0) return { files, isWhole: false };
    files.set(name, text);
  }
  return { files, isWhole: names.length <= MAX_FILES };
}
