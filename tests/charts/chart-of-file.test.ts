// Which chart a values file is for: what the settings say, and a Chart.yaml beside it.
import { describe, expect, it } from "vitest";
import { plan } from "../../lib/pinning/plan.js";
import { fieldsOf } from "../images/fields-of.js";
import { settingsOf } from "../support/settings.js";
import { lines } from "../support/lines.js";
import { beside, chartOf, IMAGE, imagesAt } from "./values.js";

const BITNAMI =
  "apiVersion: v2\nname: nginx\nsources:\n  - https://github.com/bitnami/charts/tree/main/bitnami/nginx\n";

describe("which chart a values file is for", () => {
  const charts = (chart: string) => settingsOf({ charts: [{ files: "apps/*/values.yaml", chart }] });

  it("is said by `settings.charts`, which comes first", () => {
    expect(chartOf(IMAGE, "x/apps/a/values.yaml", charts("bitnami/nginx"))).toEqual(["bitnami/nginx"]);
    expect(
      chartOf(IMAGE, "x/apps/a/values.yaml", charts("grafana/grafana"), beside({ "Chart.yaml": BITNAMI })),
    ).toEqual(["grafana/grafana"]);
    expect(chartOf(IMAGE, "x/other/values.yaml", charts("bitnami/nginx"))).toEqual([undefined]);
  });
  it("is said by the owner of the chart's repository, too", () => {
    expect(chartOf(IMAGE, "apps/a/values.yaml", charts("argoproj/argo-cd"))).toEqual(["argo/argo-cd"]);
    expect(chartOf(IMAGE, "apps/a/values.yaml", charts("some-corp/grafana"))).toEqual([undefined]);
  });
  it("is of the publisher whose repository `settings.charts` names", () => {
    const from = (repository: string, chart: string) =>
      chartOf(
        IMAGE,
        "apps/a/values.yaml",
        settingsOf({ charts: [{ files: "apps/*/values.yaml", chart, repository }] }),
      );
    expect(from("https://charts.bitnami.com/bitnami", "nginx")).toEqual(["bitnami/nginx"]);
    expect(from("https://charts.bitnami.com/bitnami", "grafana/nginx")).toEqual(["bitnami/nginx"]);
    expect(from("https://charts.acme.example", "bitnami/nginx")).toEqual(["bitnami/nginx"]);
    expect(from("https://charts.acme.example", "nginx")).toEqual([undefined]);
  });
  it("is said by a Chart.yaml beside it", () => {
    expect(chartOf(IMAGE, "values.yaml", settingsOf(), beside({ "Chart.yaml": BITNAMI }))).toEqual([
      "bitnami/nginx",
    ]);
    expect(chartOf(IMAGE, "values.yaml", settingsOf(), beside({ "Chart.yaml": "name: nginx\n" }))).toEqual([
      undefined,
    ]);
  });
  it("is not said by what a Chart.yaml depends on", () => {
    const umbrella =
      "name: ours\ndependencies:\n  - name: redis\n    repository: https://charts.bitnami.com/bitnami\n";
    expect(chartOf(IMAGE, "values.yaml", settingsOf(), beside({ "Chart.yaml": umbrella }))).toEqual([
      undefined,
    ]);
  });
  it("is a subchart's in a parent's values, by its name or its alias", () => {
    const parent = lines(
      "name: ours",
      "dependencies:",
      "  - name: redis",
      "    alias: cache",
      "    repository: https://charts.bitnami.com/bitnami",
      "  - name: prometheus-node-exporter",
      "    repository: https://prometheus-community.github.io/helm-charts",
    );
    const values = imagesAt("cache", "redis", "prometheus-node-exporter");
    expect(chartOf(values, "values.yaml", settingsOf(), beside({ "Chart.yaml": parent }))).toEqual([
      "bitnami/redis",
      undefined,
      "prometheus-community/prometheus-node-exporter",
    ]);
  });
  it("is the unpacked subchart's own", () => {
    const files = {
      "Chart.yaml": "name: ours\ndependencies:\n  - name: nginx\n",
      "charts/nginx/Chart.yaml": BITNAMI,
    };
    expect(chartOf(imagesAt("nginx"), "values.yaml", settingsOf(), beside(files))).toEqual(["bitnami/nginx"]);
  });
  it("is a subchart's that the table knows of", () => {
    const text = imagesAt("grafana", "prometheus-node-exporter", "prometheusOperator");
    expect(chartOf(text, "apps/a/values.yaml", charts("prometheus-community/kube-prometheus-stack"))).toEqual(
      [
        "grafana/grafana",
        "prometheus-community/prometheus-node-exporter",
        "prometheus-community/kube-prometheus-stack",
      ],
    );
  });
  it("is proven by no folder and by no image", () => {
    expect(chartOf(IMAGE, "bitnami/nginx/values.yaml")).toEqual([undefined]);
    expect(chartOf("image:\n  repository: docker.io/bitnami/nginx\n  tag: v1\n")).toEqual([undefined]);
  });
  it("is a suggestion where several publishers have a chart of that name", () => {
    const [field] = fieldsOf(IMAGE, "apps/a/values.yaml", charts("grafana"));
    expect(field && plan(field, settingsOf())).toMatchObject({ kind: "suggest", reason: "chart-unknown" });
    const [sure] = fieldsOf(IMAGE, "apps/a/values.yaml", charts("kube-prometheus-stack"));
    expect(sure && plan(sure, settingsOf())).toEqual({ kind: "fix" });
  });
  it.each(["[", "name: [1]", "name: ../../x", "dependencies: 1\nname: a", "name: a\nsources: {a: 1}"])(
    "takes a Chart.yaml for none that is %j",
    (text) => {
      expect(chartOf(IMAGE, "values.yaml", settingsOf(), beside({ "Chart.yaml": text }))).toEqual([
        undefined,
      ]);
    },
  );
});
