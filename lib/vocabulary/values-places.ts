// Where other documents hold a chart's values.
import type { Where } from "./row-types.js";

/** Paths at which a chart's values stand in another document, as a mapping or as YAML in a string. */
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
    path: [
      ["spec", "source", "helm", "valuesObject"],
      ["spec", "sources", "#", "helm", "valuesObject"],
      ["spec", "source", "helm", "values"],
      ["spec", "sources", "#", "helm", "values"],
    ],
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
