// What stands around an image and changes what it means, as data: a chart's values inside another document, resources that
// name images they do not run, and what a cluster wrote.
import type { Where } from "./fields.js";

/** Where in another document the values of a chart stand, as a mapping, or as YAML in a string. */
export const VALUES_PLACES: readonly (Where & { readonly source: string })[] = [
  {
    documents: ["manifest"],
    kinds: ["HelmRelease"],
    path: [["spec", "values"]],
    source: "Flux, HelmRelease",
  },
  {
    documents: ["manifest"],
    kinds: ["Application"],
    path: ["valuesObject", "values"].flatMap((key) => [
      ["spec", "source", "helm", key],
      ["spec", "sources", "#", "helm", key],
    ]),
    source: "Argo CD, Application",
  },
  {
    documents: ["manifest"],
    kinds: ["ApplicationSet"],
    path: [
      ["**", "helm", "valuesObject"],
      ["**", "helm", "values"],
    ],
    source: "Argo CD, ApplicationSet",
  },
  {
    documents: ["manifest"],
    group: "helm.cattle.io",
    path: [["spec", "valuesContent"]],
    source: "k3s and RKE2, HelmChart and HelmChartConfig",
  },
  {
    documents: ["manifest"],
    kinds: ["Release"],
    path: [["spec", "forProvider", "values"]],
    source: "Crossplane provider-helm, Release",
  },
  {
    documents: ["manifest"],
    kinds: ["HelmChartProxy"],
    path: [["spec", "valuesTemplate"]],
    source: "Cluster API add-on provider for Helm",
  },
  {
    documents: ["manifest"],
    kinds: ["ClusterProfile", "Profile", "ClusterPromotion", "EventTrigger"],
    path: [["**", "helmCharts", "#", "values"]],
    source: "Sveltos",
  },
  {
    documents: ["kustomization"],
    path: [
      ["helmCharts", "#", "valuesInline"],
      ["helmChartInflationGenerator", "#", "values"],
    ],
    source: "kustomize, HelmChart.valuesInline",
  },
  {
    documents: ["manifest"],
    kinds: ["HelmChartInflationGenerator"],
    path: [["valuesInline"]],
    source: "kustomize, HelmChartInflationGenerator",
  },
  { documents: ["other"], path: [["releases", "#", "values", "#"]], source: "Helmfile, releases" },
  {
    documents: ["other"],
    path: [
      ["helm", "values"],
      ["targetCustomizations", "#", "helm", "values"],
    ],
    source: "Rancher Fleet, fleet.yaml",
  },
];

/** Resources that name images they do not run: scanned, built, matched or replaced ones. */
export const NOT_RUN: readonly { readonly group?: string; readonly kinds?: readonly string[] }[] = [
  { group: "image.toolkit.fluxcd.io" },
  { group: "skaffold" },
  { group: "kuik.enix.io" },
  { group: "kbld.k14s.io" },
  // A schema; kustomize leaves what stands in one alone too.
  { kinds: ["CustomResourceDefinition"] },
  { kinds: ["ImageStreamTag", "ImageStreamImport", "OCIRepository", "HelmRepository"] },
];

/** Where a test says what it expects to find in the cluster. */
export const EXPECTED: readonly Where[] = [
  {
    group: "chainsaw.kyverno.io",
    path: [
      ["**", "assert"],
      ["**", "error"],
    ],
  },
];

/** How a key begins that is an expression: an assertion of Kyverno and Chainsaw. */
export const ASSERTION = "(";

/** Below these a cluster or a tool writes, and nobody pins. */
export const GENERATED_PATHS: readonly (readonly string[])[] = [
  ["status", "**"],
  ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration", "**"],
];

/** Mappings of these names hold a repository and a tag of something else. */
export const NOT_IMAGE_MAPPINGS = /^(?:charts?|helm|git|gitRepository|source|release)$/;

/** The group of kinds that no other API has, for documents that leave out their `apiVersion`. */
export const GROUP_OF_KIND: ReadonlyMap<string, string> = new Map(
  ["Task", "ClusterTask", "TaskRun", "Pipeline", "PipelineRun", "StepAction", "TriggerTemplate"].map(
    (kind) => [kind, "tekton.dev"],
  ),
);
