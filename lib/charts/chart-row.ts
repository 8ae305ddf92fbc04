// What a row of the chart table may say of a chart's images.
import type { FactDigest, TagUse } from "../settings/chart-facts.js";
import type { PathPattern } from "../vocabulary/path.js";

/** Where a known chart takes an image's digest. `suggest`: behind the tag, as a guess to be checked. */
export type ChartDigest =
  Exclude<FactDigest, { readonly to: "reference" }> | { readonly to: "suggest"; readonly message: string };

/** Some images of a chart. */
export interface ChartImages {
  /** Paths of their mappings in the chart's own values. The first of a chart's entries that fits decides. */
  readonly path: readonly PathPattern[];
  readonly digest: ChartDigest;
  /**
   * How the chart writes the image: `[{registry}/]{repository}[:{tag}|@{digest}]`. `{key}` is that key's
   * value. `[…]` is written only where every key in it holds something; of `[a|b]`, the first that is so.
   */
  readonly composition: string;
  /** What else the chart does with the tag. */
  readonly tagIs?: readonly TagUse[];
}

/** One chart of one publisher. */
export interface ChartRow {
  /** The `name` of its Chart.yaml; `*` for all charts of the publisher that have no row of their own. */
  readonly chart: string;
  /** A key of `PUBLISHERS`. */
  readonly publisher: string;
  readonly images: readonly ChartImages[];
  /** Its subcharts, by the name or alias under which the chart's values hold theirs. */
  readonly subcharts?: Readonly<Record<string, string>>;
  /** Publishers without a row that have a chart of this name, too. The bare name then proves nothing. */
  readonly namesakes?: readonly string[];
  /**
   * Globs over `domain/repository` of this chart's images. In values of an unknown chart, a digest for such
   * an image is suggested and not fixed.
   */
  readonly lowers?: readonly string[];
  /** The file of the chart that says so. */
  readonly source: string;
}
