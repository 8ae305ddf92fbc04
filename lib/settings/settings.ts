// The types of the validated settings.
import type { ChartFacts } from "./chart-facts.js";

export type Resolve = "auto" | "cache" | "registry" | "background";
type FileKind = "values" | "manifest" | "compose" | "none";

export interface Exemption {
  readonly image?: readonly string[];
  readonly files?: readonly string[];
  readonly field?: readonly string[];
  readonly reason: string;
}

interface FileRule {
  readonly files: readonly string[];
  readonly kind: FileKind;
}

/** Says which chart the values in some files are for. */
export interface ChartRule {
  readonly files: readonly string[];
  /** `name` or `publisher/name`. */
  readonly chart: string;
  /** `https://…`, or `oci://…` without the chart's name. */
  readonly repository?: string;
  /** A version, or a range of versions. */
  readonly version?: string;
}

/**
 * Describes a file of the user's own that lists charts. Keys are paths with dots, from an item of the list.
 */
export interface ChartCatalogue {
  /** Globs over the path from the project's root. */
  readonly file: readonly string[];
  /** The path of the list, or of the mapping, from the file's root. */
  readonly list: string;
  /** Holds `name` or `repository/name`; `$key` is an item's own key in a mapping. */
  readonly chart: string;
  readonly repository?: string;
  readonly version?: string;
  /** Globs over the values files, from the file's folder, with `{key}` for what an item has at that key. */
  readonly values: readonly string[];
}

/** A shape that the user describes: which keys of a mapping hold an image, and where its digest goes. */
export interface FieldRule {
  /** The kinds of the resources; without it, any document. */
  readonly kind?: readonly string[];
  readonly files?: readonly string[];
  /**
   * The paths of the mapping that holds the keys, as steps: `*` is any key, `#` any index, `**` any number of
   * both.
   */
  readonly path?: readonly (readonly string[])[];
  readonly keys: {
    readonly registry?: string;
    readonly repository: string;
    readonly tag?: string;
    readonly digest?: string;
  };
  /** Whether the digest key holds `sha256:` and the digits, or only the digits. */
  readonly digestFormat: "sha256:" | "hex";
  /** Where the digest is written: after the reference, after the tag, into its own key, or nowhere. */
  readonly write: "inline" | "tag" | "digest" | "none";
}

/**
 * The validated settings: complete and correct. They are plain data, which can be sent to a thread.
 */
export interface Settings {
  /** When a lookup may happen. */
  readonly resolve: Resolve;
  /**
   * Registries that are trusted beside the built-in public list: `host` or `host:port`, in lower case. `*`
   * stands for one label.
   */
  readonly registries: readonly string[];
  /** Registries that are trusted and asked without TLS. */
  readonly insecureRegistries: readonly string[];
  /** For a domain, the URL of the registry to ask instead, without a slash at the end. */
  readonly mirrors: Readonly<Record<string, string>>;
  /** For a registry, the hosts of other token servers that may get its credentials. */
  readonly tokenHosts: Readonly<Record<string, readonly string[]>>;
  /** A file with certificate authorities to trust beside those of Node. */
  readonly caFile?: string;
  /** Whether the mirrors in the registries.conf of Podman and its kin are asked first. */
  readonly registriesConf: boolean;
  readonly exempt: readonly Exemption[];
  readonly files: readonly FileRule[];
  readonly charts: readonly ChartRule[];
  /** What the user's own file of facts says of charts. */
  readonly chartFacts: ChartFacts;
  /** The user's own files that list charts. */
  readonly chartCatalogues: readonly ChartCatalogue[];
  /** Shapes that the user describes. */
  readonly fields: readonly FieldRule[];
  /** What to do with an image of values where nothing proves what their chart does. */
  readonly unknownCharts: "fix" | "suggest";
  /** How many seconds a cached answer counts. */
  readonly maxAge: number;
  /** The folder of the cache; without it, the user's own cache folder. */
  readonly cacheDirectory?: string;
  /** How many milliseconds the lookup of one reference may take. */
  readonly timeout: number;
}
