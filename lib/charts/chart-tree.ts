// The templates and values of a chart and of its subcharts: below `charts/`, unpacked or in archives, or in a
// folder of the tree that its Chart.yaml names.
import type { Neighbour } from "../neighbour.js";
import type { TemplateText } from "./templates/chart-uses.js";
import { at } from "./templates/known-values.js";
import type { ValuePath } from "./templates/value.js";
import { DEEPEST_SUBCHART } from "./chart.js";
import { dependenciesIn, parsed } from "./chart-yaml.js";

/** All that is read of a chart. */
export interface ChartTree {
  /** Those of subcharts first: of two templates of a name, the chart's own counts. */
  readonly templates: readonly TemplateText[];
  /** The `values.yaml` of each chart, parsed, with the key that its values stand at. */
  readonly values: readonly { readonly base: ValuePath; readonly content: unknown }[];
  /** The folder of each chart, with the same key. */
  readonly folders: readonly { readonly base: ValuePath; readonly folder: string }[];
  /** The keys of subcharts that are not there. */
  readonly missing: readonly ValuePath[];
  /** Whether there are no more templates than are looked at. */
  readonly isWhole: boolean;
}

/** Of a larger chart, only so many files and so many characters in all are read. */
const MAX_FILES = 1500;
const MAX_LENGTH = 4_000_000;
const MAX_CHARTS = 100;

/** Shown and not deployed, but Helm knows what it defines. It renders every other file. */
const NOTES = /(?:^|\/)NOTES\.txt$/;
const DEFINES = /\{\{-?\s*(?:define|block)\b/;

/** A folder of the tree that a dependency may name: one or two up, and down from there. */
const SIBLING = /^file:\/\/((?:\.\.\/){1,2}|\.\/)((?:[A-Za-z0-9][\w.-]*\/)*[A-Za-z0-9][\w.-]*)\/?$/;

/**
 * Reads a chart.
 *
 * @param neighbour reads files beside the values
 * @returns what is there; without a `Chart.yaml`, nothing
 */
export function chartTree(neighbour: Neighbour): ChartTree {
  const reader = new TreeReader(neighbour);
  if (neighbour("Chart.yaml") !== undefined) reader.read("", [], 0);
  return reader;
}

class TreeReader implements ChartTree {
  readonly templates: TemplateText[] = [];
  readonly values: { readonly base: ValuePath; readonly content: unknown }[] = [];
  readonly folders: { readonly base: ValuePath; readonly folder: string }[] = [];
  readonly missing: ValuePath[] = [];
  isWhole = true;
  readonly #neighbour: Neighbour;
  #files = MAX_FILES;
  #length = MAX_LENGTH;
  #charts = MAX_CHARTS;

  constructor(neighbour: Neighbour) {
    this.#neighbour = neighbour;
  }

  read(folder: string, base: ValuePath, depth: number): void {
    if (--this.#charts < 0) this.isWhole = false;
    if (!this.isWhole) return;
    this.folders.push({ base, folder });
    const chart = parsed(this.#neighbour(`${folder}Chart.yaml`));
    this.#subcharts(chart, folder, base, depth);
    const values = this.#neighbour(`${folder}values.yaml`);
    if (values !== undefined) this.values.push({ base, content: parsed(values) });
    const isLibrary = at(chart, ["type"]) === "library";
    const names = this.#names(`${folder}templates/`);
    this.#files -= names.length;
    if (this.#files < 0) this.isWhole = false;
    for (const name of names) {
      if (!this.isWhole) return;
      const text = this.#neighbour(`${folder}templates/${name}`) ?? "";
      this.#length -= text.length;
      if (this.#length < 0) this.isWhole = false;
      const isNotes = NOTES.test(name);
      if (isNotes && !DEFINES.test(text)) continue;
      this.templates.push({
        file: `${folder}templates/${name}`,
        text,
        base,
        ...((isLibrary || isNotes) && { isLibrary: true }),
      });
    }
  }

  #names(folder: string): readonly string[] {
    return (this.#neighbour(folder) ?? "").split("\n").filter((name) => name !== "");
  }

  #subcharts(chart: unknown, folder: string, base: ValuePath, depth: number): void {
    const below = this.#names(`${folder}charts/`);
    const dependencies = dependenciesIn(chart, () => parsed(this.#neighbour(`${folder}requirements.yaml`)));
    const named = new Set(dependencies.map(({ name }) => name));
    // Helm takes each chart that is there.
    for (const name of new Set(below.map((file) => file.split("/", 1)[0] ?? "")))
      if (below.includes(`${name}/Chart.yaml`) && !named.has(name))
        dependencies.push({ name, key: name, version: undefined, repository: "", conditions: [], tags: [] });
    for (const file of below) {
      const isNamed = dependencies.some(({ name }) => file.startsWith(`${name}-`));
      if (/^[^/]+\.tgz$/.test(file) && !isNamed) this.missing.push([...base, file]);
    }
    for (const { name, key, repository } of dependencies) {
      const its = depth < DEEPEST_SUBCHART ? this.#folderOf(name, repository, folder, below) : undefined;
      if (its === undefined) this.missing.push([...base, key]);
      else this.read(its, [...base, key], depth + 1);
    }
  }

  /** Where a dependency is. */
  #folderOf(name: string, repository: string, folder: string, below: readonly string[]): string | undefined {
    const archives = below.filter((file) => file.startsWith(`${name}-`) && /^[^/]+\.tgz$/.test(file));
    const [, up, path] = SIBLING.exec(repository) ?? [];
    const candidates = [
      `${folder}charts/${name}/`,
      ...archives.map((file) => `${folder}charts/${file}/${name}/`),
      ...(up !== undefined && path !== undefined ? [`${folder}${up}${path}/`] : []),
    ];
    return candidates.find((each) => at(parsed(this.#neighbour(`${each}Chart.yaml`)), ["name"]) === name);
  }
}

/** Files of a chart that no template reads as a template. */
const NO_FILE = /^(?:templates|charts|ci|tests|\.git|node_modules)\/|(?:^|\/)(?:Chart|values)[^/]*$/;
const NO_TEMPLATE = /\.(?:md|md\.gotmpl|tgz|png|svg)$/;

/**
 * The other files of the charts of a tree that may be templates: a template can read and evaluate them.
 *
 * @param tree the charts
 * @param neighbour reads files
 */
export function otherFiles({ folders }: ChartTree, neighbour: Neighbour): readonly TemplateText[] {
  let left = MAX_LENGTH;
  return folders.flatMap(({ base, folder }) =>
    (neighbour(`${folder}./`) ?? "").split("\n").flatMap((name) => {
      if (name === "" || NO_FILE.test(name) || NO_TEMPLATE.test(name) || left <= 0) return [];
      const text = neighbour(folder + name) ?? "";
      left -= text.length;
      return text.includes("{{") ? [{ file: folder + name, text, base }] : [];
    }),
  );
}

const MOST_STRINGS = 2000;

/** The strings of values that may be templates. */
export function templatesAmong(file: string, base: ValuePath, values: unknown): readonly TemplateText[] {
  const found: TemplateText[] = [];
  const waiting: unknown[] = [values];
  for (let next = waiting.pop(); waiting.length > 0 || next !== undefined; next = waiting.pop()) {
    if (typeof next === "string" && next.includes("{{")) found.push({ file, text: next, base });
    else if (typeof next === "object" && next !== null) waiting.push(...(Object.values(next) as unknown[]));
    if (found.length >= MOST_STRINGS) break;
  }
  return found;
}
