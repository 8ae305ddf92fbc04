// What a chart's templates say of its images, without Helm.
import { chartTemplates, type ChartTemplates } from "../charts/chart-templates.js";
import type { FactDigest, ImageFact } from "../settings/chart-facts.js";
import { valuesSchema } from "../charts/values-schema.js";
import type { ImageUses } from "../charts/templates/image-uses.js";
import type { Neighbour } from "../neighbour.js";
import type { Segment } from "../vocabulary/path.js";
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
  const templates = templatesOf(chart);
  if (!templates.isRead) return [];
  const schema = valuesSchema(neighbourIn(chart.files));
  return images.flatMap(({ field, path, keys, tag, hex }) => {
    // Before a reference in one string, templates may put a registry that is empty in the chart's own values
    // and not in those of its users: only Helm shows it.
    const found = keys && placeIn(templates, path, keys);
    if (!found) return [];
    const { digest, uses } = found;
    const [key, text] =
      digest.to === "key"
        ? [digest.key, digest.style === "bare" ? hex : `sha256:${hex}`]
        : [keys.tag, `${tag}@sha256:${hex}`];
    if (schema?.verdict(path, key, text) === "refused")
      return [refused(field, referenceOf(keys, digest), key)];
    const reference = uses.composition ?? referenceOf(keys, digest);
    return [{ path: field, reference, digest, evidence: "read" }];
  });
}

/** A chart's templates, read with its own values. */
export function templatesOf({ files }: ChartContent): ChartTemplates {
  return chartTemplates(neighbourIn(files), textOf(files, "values.yaml") ?? "");
}

/** Helm refuses values that the chart's schema refuses. */
function refused(path: string, reference: string, key: string): ImageFact {
  const message = `the chart's values.schema.json refuses a digest in \`${key}\``;
  return { path, reference, digest: { to: "none", reason: "chart-breaks", message }, evidence: "read" };
}

interface Found {
  readonly digest: FactDigest;
  readonly uses: ImageUses;
}

function placeIn(
  templates: ChartTemplates,
  path: readonly Segment[],
  { repository, tag, digest }: PartKeys,
): Found | undefined {
  for (const key of digest === undefined ? ["digest", "sha"] : [digest]) {
    const uses = templates.image(path, { repository, tag, digest: key });
    if (!uses?.isKnown) return undefined;
    if (uses.digest !== undefined && uses.digestElsewhere === undefined)
      return { digest: { to: "key", key, style: uses.digest }, uses };
  }
  const uses = templates.image(path, { repository, tag });
  const isSure = uses?.isKnown === true && uses.elsewhere === undefined && uses.isComposed;
  return isSure ? { digest: { to: "tag" }, uses } : undefined;
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
