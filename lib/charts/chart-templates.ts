// What the templates of the chart beside some values do with an image's keys. A digest is right where they
// make the image of them, and nothing else.
import type { Neighbour } from "../neighbour.js";
import type { Segment } from "../vocabulary/path.js";
import { parsed } from "./chart-yaml.js";
import { chartTree, otherFiles, templatesAmong, type ChartTree } from "./chart-tree.js";
import { chartUses, type ChartUses, type TemplateText } from "./templates/chart-uses.js";
import {
  imageUses,
  referenceUses,
  type ImageKeys,
  type ImageUses,
  type ReferenceUses,
} from "./templates/image-uses.js";
import { NO_VALUES, at, knownValues, type KnownValues } from "./templates/known-values.js";
import type { Conditions } from "./templates/condition.js";
import { isPath } from "./templates/lines.js";
import { isSame as isSamePath } from "./templates/paths.js";
import type { UsedLine } from "./templates/seen-uses.js";
import type { ValuePath } from "./templates/value.js";
import { TooMuch, Work, pay } from "./templates/work.js";

/** The templates of one chart, its subcharts' included. */
export interface ChartTemplates {
  /** Whether all of them are read: else nothing is known for sure of any image. */
  readonly isRead: boolean;
  /**
   * What they do with an image that stands in several keys.
   *
   * @param path of the image's mapping, from the chart's values' root
   * @param keys of the image
   * @returns what was seen, with the templates' paths in the chart; `undefined` where there are no templates
   */
  image(path: readonly Segment[], keys: ImageKeys): ImageUses | undefined;
  /**
   * What they do with a reference in one string.
   *
   * @param path of the string, from the chart's values' root
   * @returns the same
   */
  reference(path: readonly Segment[]): ReferenceUses | undefined;
  /**
   * When the templates print a value.
   *
   * @param path of the value, from the chart's values' root
   * @returns each condition once; none where too much is to be looked at
   */
  printing(path: readonly Segment[]): Conditions;
}

/** For the questions of one reading of the values, in steps; see {@link Work}. */
const MOST_WORK = 1_000_000;

/** What was read last: in an editor, the same chart is asked at every keystroke. */
let last: KeptUses | undefined;

interface KeptUses {
  readonly templates: readonly TemplateText[];
  readonly values: readonly TemplateText[];
  /** The chart's other files, where they were asked for. */
  readonly files: readonly TemplateText[] | undefined;
  readonly isWhole: boolean;
  readonly uses: ChartUses;
}

/**
 * Reads the templates of the chart in a folder.
 *
 * @param neighbour reads files; a path that ends in `/` lists a folder's files, one a line
 * @param text the values at hand
 */
export function chartTemplates(neighbour: Neighbour, text: string): ChartTemplates {
  const tree = chartTree(neighbour);
  if (tree.templates.length === 0)
    return { isRead: true, image: () => undefined, reference: () => undefined, printing: () => [] };
  // Of what is too large, nothing is known.
  const nothing = { isComposed: false, isWhole: false, isKnown: false };
  if (!tree.isWhole)
    return { isRead: false, image: () => nothing, reference: () => nothing, printing: () => [] };
  const own = parsed(text);
  const uses = usesOf(tree, own, neighbour);
  const known = valuesOf(tree, own);
  const work = new Work(MOST_WORK);
  const within = <T>(ask: () => T): T | typeof nothing => {
    try {
      return work.do(() => {
        // Nothing is looked for where nothing is left.
        pay();
        return ask();
      });
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error;
      return nothing;
    }
  };
  /** Whether a subchart that is not there could do something with a value. */
  const isReached = (path: ValuePath): boolean =>
    tree.missing.length > 0 &&
    (path[0] === "global" || tree.missing.some((base) => base.every((key, index) => key === path[index])));
  return {
    isRead: uses.unread.length === 0,
    image(path, keys) {
      const its = within(() => imageUses(uses, path.map(String), keys, known));
      return { ...its, isKnown: its.isKnown && !isReached(path.map(String)) };
    },
    reference(path) {
      const its = within(() => referenceUses(uses, path.map(String), known));
      return { ...its, isKnown: its.isKnown && !isReached(path.map(String)) };
    },
    printing(path) {
      const its = path.map(String);
      const lines = within(() => uses.linesWith([its]));
      return "isKnown" in lines ? [] : conditionsOf(lines, its);
    },
  };
}

/** The conditions of those lines that hold a value, and not only depend on it. */
function conditionsOf(lines: readonly UsedLine[], path: ValuePath): Conditions {
  const holding = lines.filter(({ atoms }) => atoms.some((atom) => isPath(atom) && isSamePath(atom, path)));
  return [...new Set(holding.map(({ when }) => when))];
}

function valuesOf({ values }: ChartTree, own: unknown): KnownValues {
  if (typeof own !== "object" || own === null) return NO_VALUES;
  const isRoot = ({ base }: { readonly base: ValuePath }): boolean => base.length === 0;
  return knownValues({
    own: [own, ...values.filter(isRoot).map(({ content }) => content)],
    // What a chart says of its subchart counts before what the subchart says.
    subcharts: values.filter((each) => !isRoot(each)).reverse(),
  });
}

function usesOf(tree: ChartTree, own: unknown, neighbour: Neighbour): ChartUses {
  const values = [
    ...templatesAmong("values.yaml", [], own),
    ...tree.values.flatMap(({ base, content }) => templatesAmong("values.yaml", base, content)),
    // In a subchart's section, `.Values` is the subchart's.
    ...tree.folders.flatMap(({ base }) =>
      base.length === 0 ? [] : templatesAmong("values.yaml", base, at(own, base)),
    ),
  ];
  const isWhole = tree.missing.length === 0;
  if (last?.isWhole === isWhole && isSame(last.templates, tree.templates) && isSame(last.values, values)) {
    if (!last.files || isSame(last.files, otherFiles(tree, neighbour))) return last.uses;
  }
  let files: readonly TemplateText[] | undefined;
  const uses = chartUses({
    templates: tree.templates,
    isWhole,
    values: () => values,
    files: () => (files = otherFiles(tree, neighbour)),
  });
  last = { templates: tree.templates, values, files, isWhole, uses };
  return uses;
}

function isSame(one: readonly TemplateText[], other: readonly TemplateText[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ file, text, base }, index) => {
      const its = other[index];
      return its?.file === file && its.text === text && String(its.base) === String(base);
    })
  );
}
