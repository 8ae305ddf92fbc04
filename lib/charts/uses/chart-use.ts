// A use of a chart: which chart, from where, in which version, with which values, and what names it.

/** Where a chart comes from. */
export type ChartSource =
  | {
      readonly kind: "repository";
      /** `https://…`, `oci://…` without the chart's name, or the URL of an archive, which ends in `.tgz`. */
      readonly url: string;
    }
  | { readonly kind: "git"; readonly url: string; readonly path: string; readonly ref?: string }
  /**
   * A folder with a Chart.yaml, or an archive, in the tree: relative to its root, with `/`; `.` is the root.
   */
  | { readonly kind: "tree"; readonly path: string };

/** The place that names a chart for some values. */
export interface ChartUse {
  /** The `name` of its Chart.yaml. */
  readonly chart: string;
  /** Where the chart comes from; `undefined` where nothing says it. */
  readonly from: ChartSource | undefined;
  /** As it is written there: a version, a range, or `undefined`. */
  readonly version: string | undefined;
  /** What holds values for it; nothing, where it is used as it comes. */
  readonly values: readonly ValuesPlace[];
  /** Whether it surely gets no others: from a Secret, a parameter, a file that is not there. */
  readonly isWhole: boolean;
  /**
   * What names it: the tool's kind, and the place. For a user's setting the file is `settings.charts`, and
   * the
   * line is the entry's number, from 1.
   */
  readonly namedBy: { readonly mechanism: Mechanism; readonly file: string; readonly line: number };
}

/** Values for a chart. */
export type ValuesPlace =
  /** A file of the tree; it may not be there. */
  | { readonly kind: "file"; readonly file: string }
  /** Files whose path is a template of another tool: a glob over paths from the tree's root. */
  | { readonly kind: "pattern"; readonly glob: string }
  /** Values inside a document of this file, at this path: a mapping, or a text that holds YAML. */
  | {
      readonly kind: "inline";
      readonly file: string;
      readonly path: readonly (string | number)[];
      /** Which document of the file, from 0. Left out for the first. */
      readonly document?: number;
    };

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
