// A use of a chart: which chart, from where, in which version, with which values, and what names it.

/** The place that names a chart for some values. */
export interface ChartUse {
  /** The `name` of its Chart.yaml. */
  readonly chart: string;
  /** Where the chart comes from; `undefined` where nothing says it. */
  readonly from:
    | {
        readonly kind: "repository";
        /** `https://…`, or `oci://…` without the chart's name. */ readonly url: string;
      }
    | { readonly kind: "git"; readonly url: string; readonly path: string; readonly ref?: string }
    /** A folder with a Chart.yaml, or an archive, in the tree: relative to its root, with `/`. */
    | { readonly kind: "tree"; readonly path: string }
    | undefined;
  /** As it is written there: a version, a range, or `undefined`. */
  readonly version: string | undefined;
  /** What holds values for it. */
  readonly values: readonly ValuesPlace[];
  /** What names it: the tool's kind, and the place. */
  readonly namedBy: { readonly mechanism: Mechanism; readonly file: string; readonly line: number };
}

/** Values for a chart. */
export type ValuesPlace =
  /** A file of the tree; it may not be there. */
  | { readonly kind: "file"; readonly file: string }
  /** Files whose path is a template of another tool: a glob. */
  | { readonly kind: "pattern"; readonly glob: string }
  /** Values inside a document of this file, at this path. */
  | { readonly kind: "inline"; readonly file: string; readonly path: readonly (string | number)[] };

/** By what a chart is named. */
export type Mechanism =
  | "Chart.yaml"
  | "HelmRelease"
  | "Application"
  | "ApplicationSet"
  | "helmfile"
  | "kustomize"
  | "Fleet"
  | "skaffold"
  | "HelmChart"
  | "catalogue"
  | "settings";
