// The values with which a chart is used, as Helm would get them.
import { loadAll } from "js-yaml";
import picomatch from "picomatch";
import type { ChartUse, ValuesPlace } from "../charts/uses/chart-use.js";
import type { FileTree } from "../charts/uses/survey.js";
import type { UserValues } from "../proof/rendered-chart.js";
import { joinValues, plainValues, readValues, valueAt, type Values } from "../proof/values.js";

/** How many files one pattern stands for. */
const MAX_FILES = 20;

/**
 * The values of some uses of one chart.
 *
 * @param uses of the chart
 * @param tree the files
 * @returns each use's values once, and a line for what cannot be read
 */
export function valuesOf(
  uses: readonly ChartUse[],
  tree: FileTree,
): { readonly users: readonly UserValues[]; readonly problems: readonly string[] } {
  const users = new Map<string, UserValues>();
  const problems = new Set<string>();
  const add = (name: string, values: Values): void => {
    const key = JSON.stringify(values);
    if (key !== "{}" && !users.has(key)) users.set(key, { name, values });
  };
  for (const use of uses) {
    const read = placesOf(use, tree).flatMap(({ name, values }) => {
      if (typeof values !== "string") return [{ name, values }];
      problems.add(`${name}: ${values}`);
      return [];
    });
    // Beside a chart stand files for one installation each; elsewhere, a tool joins what it names.
    if (use.namedBy.mechanism === "Chart.yaml" || use.namedBy.mechanism === "settings")
      for (const { name, values } of read) add(name, values);
    else
      add(
        read.map(({ name }) => name).join(" + "),
        read.reduce<Values>((joined, { values }) => joinValues(joined, values), {}),
      );
  }
  return { users: [...users.values()], problems: [...problems] };
}

interface ReadPlace {
  readonly name: string;
  readonly values: Values | string;
}

function placesOf({ values, from }: ChartUse, tree: FileTree): readonly ReadPlace[] {
  return values.flatMap((place): readonly ReadPlace[] => {
    if (place.kind === "inline") return [inline(place, tree)];
    const own = from?.kind === "tree" ? `${from.path}/values.yaml` : undefined;
    return filesOf(place, tree)
      .filter((file) => file !== own)
      .flatMap((file) => {
        const text = tree.read(file);
        return text === undefined ? [] : [{ name: file, values: readValues(text) }];
      });
  });
}

/**
 * The files that hold values.
 *
 * @param place a file or a pattern
 * @param tree the files
 */
function filesOf(place: ValuesPlace, tree: FileTree): readonly string[] {
  if (place.kind === "inline") return [];
  if (place.kind === "file") return [place.file];
  const fits = picomatch(place.glob, { dot: true, noextglob: true });
  return tree.files.filter((file) => fits(file)).slice(0, MAX_FILES);
}

function inline(place: ValuesPlace & { readonly kind: "inline" }, tree: FileTree): ReadPlace {
  const { file, path, document = 0 } = place;
  const name = file;
  try {
    const value = valueAt(loadAll(tree.read(file) ?? "")[document], path);
    if (typeof value === "string") return { name, values: readValues(value) };
    return { name, values: plainValues(value) };
  } catch {
    return { name, values: "it is not YAML" };
  }
}
