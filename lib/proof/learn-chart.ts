// Finds out what the images of one chart take: by Helm where it renders the chart, else in its templates.
import type { FactDigest, ImageFact } from "../settings/chart-facts.js";
import type { Settings } from "../settings/settings.js";
import type { ChartContent } from "./chart-content.js";
import { chartImages, type ChartImage } from "./chart-images.js";
import type { Proof } from "./prove.js";
import { readChart } from "./read-chart.js";
import { renderedChart, type UserValues } from "./rendered-chart.js";
import type { Helm } from "./run-helm.js";
import { joinValues } from "./values.js";
import type { WorkFolder } from "./work-folder.js";

/** What was found out of a chart. */
export interface LearntChart {
  readonly images: readonly ImageFact[];
  /** Paths of images of which nothing is known for sure. */
  readonly unknown: readonly string[];
  /** One line each: values with which Helm cannot render the chart, or why it renders nothing at all. */
  readonly problems: readonly string[];
  /** One line each: Helm shows that the templates were read wrongly. */
  readonly disagreements: readonly string[];
}

/** With what a chart is looked at. */
export interface Tools {
  /** Without it, the chart is only read. */
  readonly helm: Helm | undefined;
  readonly work: WorkFolder;
  readonly settings: Settings;
}

/**
 * Finds out what the images of a chart take.
 *
 * @param chart its content
 * @param users the values with which it is used
 * @param tools with what
 * @returns what is known; never throws
 */
export async function learnChart(
  chart: ChartContent,
  users: readonly UserValues[],
  tools: Tools,
): Promise<LearntChart> {
  const all = imagesOf(chart, users, tools.settings);
  const read = readChart(chart, all);
  const { helm } = tools;
  const rendered = helm ? await renderSafely(chart, users, { ...tools, helm }) : undefined;
  const proven = typeof rendered === "object" ? rendered.images : [];
  const images = [...proven, ...read.filter(({ path }) => !proven.some((each) => each.path === path))].sort(
    (one, other) => (one.path < other.path ? -1 : 1),
  );
  const known = new Set(images.map(({ path }) => path));
  return {
    images,
    unknown: all.map(({ field }) => field).filter((field) => !known.has(field)),
    problems: rendered === undefined ? [] : typeof rendered === "string" ? [rendered] : rendered.problems,
    disagreements: typeof rendered === "object" ? read.flatMap((fact) => disagreement(fact, rendered)) : [],
  };
}

async function renderSafely(
  chart: ChartContent,
  users: readonly UserValues[],
  tools: Tools & { readonly helm: Helm },
): Promise<Awaited<ReturnType<typeof renderedChart>>> {
  try {
    return await renderedChart(chart, users, tools);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return "its files cannot be written to a temporary folder";
  }
}

/** The images in the chart's own values and in those of its users, each path once. */
function imagesOf(
  chart: ChartContent,
  users: readonly UserValues[],
  settings: Settings,
): readonly ChartImage[] {
  const images = new Map<string, ChartImage>();
  for (const values of [{}, ...users.map((user) => user.values)])
    for (const image of chartImages(joinValues(chart.values, values), chart.appVersion, settings))
      if (!images.has(image.field)) images.set(image.field, image);
  return [...images.values()];
}

/** Where the templates say for sure what Helm does not do. */
function disagreement(read: ImageFact, { images, refuted }: Proof): readonly string[] {
  const { digest, path } = read;
  const isRefuted = (refuted.get(path) ?? []).some((each) => isSamePlace(each, digest));
  const its = images.find((each) => each.path === path);
  return isRefuted && its
    ? [`${path}: templates put a digest ${placeName(digest)}, Helm renders it ${placeName(its.digest)}`]
    : [];
}

function isSamePlace(one: FactDigest, other: FactDigest): boolean {
  if (one.to === "key" && other.to === "key") return one.key === other.key && one.style === other.style;
  return one.to === other.to;
}

/** Where an image's digest goes, in a few words. */
function placeName(digest: FactDigest): string {
  switch (digest.to) {
    case "none":
      return "nowhere";
    case "key":
      return `in \`${digest.key}\`${digest.style === "bare" ? " (digits alone)" : ""}`;
    default:
      return `behind the ${digest.to}`;
  }
}
