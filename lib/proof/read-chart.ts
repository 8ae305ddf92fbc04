// What a chart's templates say of its images, without Helm.
import { chartTemplates, type ChartTemplates } from "../charts/chart-templates.js";
import type { FactDigest, ImageFact } from "../settings/chart-facts.js";
import type { ImageUses } from "../charts/templates/image-uses.js";
import type { Neighbour } from "../neighbour.js";
import { textOf, type ChartContent } from "./chart-content.js";
import type { ChartFiles } from "./chart-files.js";
import type { ChartImage, PartKeys } from "./chart-images.js";

/** Larger templates are not read: they hold data. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Reads the templates of a chart.
 *
 * @param chart its content
 * @param images in its values
 * @returns a fact for each image of which the templates leave no doubt
 */
export function readChart(chart: ChartContent, images: readonly ChartImage[]): readonly ImageFact[] {
  const neighbour = neighbourIn(chart.files);
  const own = chartTemplates(neighbour, "");
  const below = new Map<string, ChartTemplates>();
  const folders = foldersOf(chart.files);
  return images.flatMap(({ field, path, keys }) => {
    // A text in one string needs no evidence, and templates that take it apart are seen by Helm.
    if (!keys) return [];
    const [first] = path;
    const name = typeof first === "string" ? chart.subcharts[first] : undefined;
    const folder = name === undefined ? undefined : folders.get(name);
    if (folder !== undefined && !below.has(folder)) below.set(folder, chartTemplates(neighbour, folder));
    const its = folder === undefined ? undefined : below.get(folder);
    const digest = digestOf(keys, (wanted) => {
      const one = own.image(path, wanted);
      const other = its?.image(path.slice(1), wanted);
      return [one, other].filter((each) => each !== undefined);
    });
    return digest ? [{ path: field, reference: referenceOf(keys, digest), digest, evidence: "read" }] : [];
  });
}

type Wanted = Parameters<ChartTemplates["image"]>[1];

function digestOf(keys: PartKeys, ask: (keys: Wanted) => readonly ImageUses[]): FactDigest | undefined {
  const names = keys.digest === undefined ? ["digest", "sha"] : [keys.digest];
  for (const key of names) {
    const all = ask({ repository: keys.repository, tag: keys.tag, digest: key });
    if (all.length === 0 || all.some(({ isKnown }) => !isKnown)) return undefined;
    const style = all.map(({ digest }) => digest).find((each) => each !== undefined);
    if (style !== undefined && all.every(({ digestElsewhere }) => digestElsewhere === undefined))
      return { to: "key", key, style };
  }
  const all = ask({ repository: keys.repository, tag: keys.tag });
  if (all.some(({ elsewhere, isKnown }) => elsewhere !== undefined || !isKnown)) return undefined;
  return all.some(({ isComposed }) => isComposed) ? { to: "tag" } : undefined;
}

function referenceOf({ registry, repository, tag }: PartKeys, digest: FactDigest): string {
  const start = `${registry === undefined ? "" : `[{${registry}}/]`}{${repository}}:{${tag}}`;
  if (digest.to !== "key") return start;
  return `${start}[@${digest.style === "bare" ? "sha256:" : ""}{${digest.key}}]`;
}

/** Reads a chart's files as if they stood beside its values. */
function neighbourIn(files: ChartFiles): Neighbour {
  return (path) => {
    if (!path.endsWith("/")) {
      const size = files.get(path)?.length ?? Infinity;
      return size > MAX_BYTES ? undefined : textOf(files, path);
    }
    const names = [...files.keys()].filter((file) => file.startsWith(path));
    return names.length === 0 ? undefined : names.map((file) => file.slice(path.length)).join("\n");
  };
}

/** The folders of the charts in `charts/`, by the charts' names. */
function foldersOf(files: ChartFiles): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  for (const path of files.keys()) {
    const [, folder] = /^(charts\/[^/]+\/)Chart\.yaml$/.exec(path) ?? [];
    if (folder === undefined) continue;
    const [, name] = /^name:\s*["']?([\w.-]+)/m.exec(textOf(files, path) ?? "") ?? [];
    if (name !== undefined) folders.set(name, folder);
  }
  return folders;
}
