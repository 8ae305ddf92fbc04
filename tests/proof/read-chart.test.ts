// What a chart's templates say of its images without Helm, and what its schema says against it.
import { expect, it } from "vitest";
import { chartImages } from "../../lib/proof/chart-images.js";
import { readChart } from "../../lib/proof/read-chart.js";
import { chartOf } from "../support/chart.js";
import { lines } from "../support/lines.js";
import { settingsOf } from "../support/settings.js";

const FILES = {
  "values.yaml": "image:\n  repository: quay.io/acme/web\n  tag: v1\n",
  "templates/pod.yaml": lines(
    "kind: Pod",
    "spec:",
    "  containers:",
    '    - image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"',
  ),
};

function factsOf(files: Readonly<Record<string, string>>): ReturnType<typeof readChart> {
  const chart = chartOf(files);
  return readChart(chart, chartImages(chart.values, chart.appVersion, settingsOf()));
}

it("templates that print the tag take a digest behind it", () => {
  expect(factsOf(FILES)).toEqual([
    { path: "image", reference: "{repository}:{tag}", digest: { to: "tag" }, evidence: "read" },
  ]);
});

it("a schema that refuses it is stronger", () => {
  const tag = { type: "string", pattern: "^v?[0-9][0-9A-Za-z._-]*$" };
  const schema = { properties: { image: { properties: { tag } } } };
  expect(factsOf({ ...FILES, "values.schema.json": JSON.stringify(schema) })).toEqual([
    {
      path: "image",
      reference: "{repository}:{tag}",
      digest: {
        to: "none",
        reason: "chart-breaks",
        message: "the chart's values.schema.json refuses a digest in `tag`",
      },
      evidence: "read",
    },
  ]);
});
