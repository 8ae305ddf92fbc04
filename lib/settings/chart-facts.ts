// What is known for sure of charts: one type for what ships with the plugin, what the command
// `container-images charts` finds out, and what a user writes by hand (schemas/charts.schema.json).

/** What else a chart does with a tag, for which a digest in the tag is wrong. */
export type TagUse = "semver" | "label" | "argument" | "shared" | "digest";

/** Where an image's digest goes. */
export type FactDigest =
  /** Behind the reference, in its one scalar. */
  | { readonly to: "reference" }
  /** Behind the tag: `tag: v1@sha256:…`. */
  | { readonly to: "tag" }
  /** In a key, which is added where the user's values lack it. */
  | {
      readonly to: "key";
      readonly key: string;
      /** With `sha256:` before the digits, or without. */
      readonly style: "prefixed" | "bare";
      /** Other keys, and the values that they must hold, for the digest to count. */
      readonly with?: Readonly<Record<string, string>>;
    }
  /** Nowhere. `message`: the end of "… is not pinned by digest: ". */
  | { readonly to: "none"; readonly reason: "chart-breaks" | "no-digest-slot"; readonly message: string };

/** What is known of some images of a chart. */
export interface ImageFact {
  /**
   * The path of the mapping or scalar in the chart's own values: `controller.image`; empty for an image whose
   * parts stand at their root. `*` is any key, `[*]` any index, `**` any number of both, as in the setting
   * `fields`.
   */
  readonly path: string;
  /**
   * The reference that the chart composes: `[{registry}/]{repository}[:{tag}|@{digest}]`. `{key}` is that
   * key's value beside the image, `{a.b|c}` the first of several that is set, a dotted one from the values'
   * root. `[…]` is written only where every key in it holds something; of `[a|b]`, the first that is so.
   */
  readonly reference: string;
  /**
   * What the chart's own values hold for keys of `reference`, but for the tag. It counts where the user's
   * values leave the key out: the chart prints it then. With a repository, a tag alone is an image.
   */
  readonly defaults?: Readonly<Record<string, string>>;
  readonly digest: FactDigest;
  /** What else the chart does with the tag. */
  readonly tagIs?: readonly TagUse[];
  /** `rendered` by Helm before and after, `read` in the templates, or said by the `user`. */
  readonly evidence: "rendered" | "read" | "user";
}

/** What is known of one chart. */
export interface ChartFact {
  /** The `name` of its Chart.yaml; `*` for all charts of the source that have no fact of their own. */
  readonly chart: string;
  /** Its repository: `https://…`, `oci://…` without the chart's name, or a folder of this tree. */
  readonly source?: string;
  /** The version that was looked at, or a range of which both ends were: `1.2.3`, `1.0.0 - 1.2.3`. */
  readonly versions?: string;
  readonly images: readonly ImageFact[];
  /** What made the fact: `container-images 0.2.0, helm 3.22.0`. */
  readonly by?: string;
}

/** Says for which chart the values in some files are. */
export interface FactUse {
  /** Globs over the end of the path. */
  readonly files: readonly string[];
  readonly chart: string;
  readonly source?: string;
  /** The version in use. */
  readonly version?: string;
  /** Set where these files are all values that the chart gets there. */
  readonly whole?: true;
}

/** The content of a file of facts, which a user commits beside the ESLint configuration. */
export interface ChartFacts {
  readonly uses: readonly FactUse[];
  readonly charts: readonly ChartFact[];
  /** Repositories that publish the same charts: each list begins with the one that the facts name. */
  readonly sources?: readonly (readonly string[])[];
}
