// Which chart the values in a resource are for.
import { describe, expect, it } from "vitest";
import { fieldsOf } from "../images/fields-of.js";
import { lines } from "../support/lines.js";
import { IMAGE, indent } from "./values.js";

describe("which chart the values in a resource are for", () => {
  const release = (spec: string, before = ""): string => {
    const head = lines("apiVersion: helm.toolkit.fluxcd.io/v2", "kind: HelmRelease", "metadata: { name: a }");
    return `${before}${head}spec:\n${indent(spec, 2)}  values:\n${indent(IMAGE, 4)}`;
  };
  const application = (source: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n${indent(source, 2)}`;
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    [
      "HelmRelease, chart and a source of a publisher's name",
      release("chart: { spec: { chart: nginx, sourceRef: { kind: HelmRepository, name: bitnami } } }\n"),
      "bitnami/nginx",
    ],
    [
      "HelmRelease, a source of no known name",
      release(
        lines(
          "chart:",
          "  spec: { chart: kube-prometheus-stack, sourceRef: { kind: HelmRepository, name: charts } }",
        ),
      ),
      "prometheus-community/kube-prometheus-stack",
    ],
    [
      "HelmRelease, its source in the same file",
      release(
        "chart: { spec: { chart: nginx, sourceRef: { kind: HelmRepository, name: ours } } }\n",
        lines(
          "apiVersion: source.toolkit.fluxcd.io/v1",
          "kind: HelmRepository",
          "metadata: { name: ours }",
          "spec: { url: oci://registry-1.docker.io/bitnamicharts }",
          "---",
        ),
      ),
      "bitnami/nginx",
    ],
    [
      "HelmRelease, chartRef to a source in the same file",
      release(
        "chartRef: { kind: OCIRepository, name: x }\n",
        lines(
          "apiVersion: source.toolkit.fluxcd.io/v1",
          "kind: OCIRepository",
          "metadata: { name: x }",
          "spec: { url: oci://ghcr.io/prometheus-community/charts/kube-prometheus-stack }",
          "---",
        ),
      ),
      "prometheus-community/kube-prometheus-stack",
    ],
    [
      "HelmRelease, chartRef to a source elsewhere",
      release("chartRef: { kind: OCIRepository, name: kube-prometheus-stack }\n"),
      undefined,
    ],
    [
      "HelmRelease, a chart in a folder",
      release("chart: { spec: { chart: ./charts/kube-prometheus-stack } }\n"),
      undefined,
    ],
    [
      "Application, source",
      application(
        lines(
          "source:",
          "  chart: nginx",
          "  repoURL: registry-1.docker.io/bitnamicharts",
          "  helm:",
          "    valuesObject:",
        ) + indent(IMAGE, 6),
      ),
      "bitnami/nginx",
    ],
    [
      "Application, sources",
      application(
        lines(
          "sources:",
          "  - repoURL: https://example.com/git",
          "  - chart: argo-cd",
          "    repoURL: https://argoproj.github.io/argo-helm",
          "    helm:",
          "      valuesObject:",
        ) + indent(IMAGE, 8),
      ),
      "argo/argo-cd",
    ],
    [
      "Application, values in a string",
      application(
        lines(
          "source:",
          "  chart: nginx",
          "  repoURL: https://charts.bitnami.com/bitnami",
          "  helm:",
          "    values: |",
        ) + indent(IMAGE, 6),
      ),
      "bitnami/nginx",
    ],
    [
      "Application, a chart in a folder",
      application(
        lines(
          "source:",
          "  path: charts/nginx",
          "  repoURL: https://github.com/bitnami/charts",
          "  helm:",
          "    valuesObject:",
        ) + indent(IMAGE, 6),
      ),
      undefined,
    ],
  ];
  it.each(cases)("%s", (_, text, chart) => {
    expect(
      fieldsOf(text, "app.yaml")
        .filter(({ field }) => field.endsWith("image"))
        .map((field) => field.chart),
    ).toEqual([chart]);
  });
});
