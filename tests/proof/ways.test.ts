// The values that are tried where a chart does not render an image as it is.
import { expect, it } from "vitest";
import { chartImages } from "../../lib/proof/chart-images.js";
import { templatesOf } from "../../lib/proof/read-chart.js";
import type { Values } from "../../lib/proof/values.js";
import { waysToShow } from "../../lib/proof/ways.js";
import { chartOf } from "../support/chart.js";
import { lines } from "../support/lines.js";
import { settingsOf } from "../support/settings.js";

/** The ways to show the image at `path`. */
function waysOf(path: string, files: Readonly<Record<string, string>>): readonly Values[] {
  const chart = chartOf(files);
  const image = chartImages(chart.values, "1.0.0", settingsOf()).find(({ field }) => field === path);
  if (!image) throw new Error(`no image at ${path}`);
  const templates = templatesOf(chart);
  return waysToShow(image, chart, chart.values, (its) => templates.printing(its));
}

it("a switch that stands elsewhere, and one that must be off", () => {
  const ways = waysOf("pods.worker.image", {
    "values.yaml": lines(
      "agent: { worker: { enabled: false }, target: { enabled: true } }",
      "pods: { worker: { image: { repository: quay.io/acme/worker, tag: v1 } } }",
    ),
    "templates/all.yaml": lines(
      "kind: Pod",
      "{{- if and .Values.agent.worker.enabled (not .Values.agent.target.enabled) }}",
      "image: {{ .Values.pods.worker.image.repository }}:{{ .Values.pods.worker.image.tag }}",
      "{{- end }}",
    ),
  });
  expect(ways).toEqual([{ agent: { worker: { enabled: true }, target: { enabled: false } } }]);
});

it("each of some switches, and a value that must be another one", () => {
  const ways = waysOf("image", {
    "values.yaml": lines(
      "image: { repository: quay.io/acme/web, tag: v1 }",
      "volume: { create: false, custom: {} }",
      "mode: none",
    ),
    "templates/all.yaml": lines(
      '{{- if and (eq .Values.mode "job") (or .Values.volume.create .Values.volume.custom) }}',
      "image: {{ .Values.image.repository }}:{{ .Values.image.tag }}",
      "{{- end }}",
    ),
  });
  expect(ways).toContainEqual({ mode: "job", volume: { create: true } });
});

it("what the chart's dependencies ask for, down to the subchart's subchart", () => {
  const dependency = (key: string, condition: string): string =>
    lines("dependencies:", `  - { name: ${key}, version: 1.0.0, condition: "${condition}" }`);
  const about = (name: string): string => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`;
  const ways = waysOf("kafka.zookeeper.image", {
    "Chart.yaml": about("web") + dependency("kafka", "global.kafka,queue.on"),
    "values.yaml": "global: { kafka: false }\nqueue: { on: false }\n",
    "charts/kafka/Chart.yaml": about("kafka") + dependency("zookeeper", "zoo"),
    "charts/kafka/values.yaml": "zoo: false\n",
    "charts/kafka/charts/zookeeper/Chart.yaml": about("zookeeper"),
    "charts/kafka/charts/zookeeper/values.yaml": "image: { repository: quay.io/acme/zoo, tag: v1 }\n",
    "charts/kafka/charts/zookeeper/templates/all.yaml":
      "image: {{ .Values.image.repository }}:{{ .Values.image.tag }}\n",
  });
  expect(ways).toEqual([{ global: { kafka: true }, queue: { on: true }, kafka: { zoo: true } }]);
});
