// Values that are made up where a chart says what it needs.
import { expect, it } from "vitest";
import { neededValues } from "../../lib/proof/needed-values.js";
import type { Values } from "../../lib/proof/values.js";
import { chartOf } from "../support/chart.js";
import { lines } from "../support/lines.js";

/** What is made up where `templates/all.yaml` stops at its second line. */
function needed(template: string, values: Values = {}, column = 4): Values | undefined {
  const chart = chartOf({ "templates/all.yaml": lines("kind: Secret", template) });
  const message = `Error: execution error at (web/templates/all.yaml:2:${String(column)}): it is needed`;
  return neededValues(message, chart, values);
}

it.each([
  ['{{ required "it is needed" .Values.db.host }}', {}, { db: { host: "example.com" } }],
  ['{{ .Values.db.port | required "it is needed" | quote }}', {}, { db: { port: 8080 } }],
  ['{{ required "it is needed" $.Values.key }}', { key: "" }, { key: "example" }],
  ['{{ if not .Values.on }}{{ fail "it is needed" }}{{ end }}', { on: false }, { on: true }],
  [
    '{{ with .Values.db }}{{ required "it is needed" .url }}{{ end }}',
    { db: { url: null } },
    { db: { url: "https://example.com" } },
  ],
  [
    '{{ if not (or .Values.a .Values.b) }}{{ fail "it is needed" }}{{ end }}',
    { a: [], b: [] },
    { a: ["example"] },
  ],
])("%s", (template, values, expected) => {
  expect(needed(template, values, template.lastIndexOf("{{ required") > 0 ? 30 : 4)).toEqual(expected);
});

it("nothing is made up for a value that is there, or where nothing says which one is needed", () => {
  expect(needed('{{ required "it is needed" .Values.key }}', { key: "here" })).toBeUndefined();
  expect(needed("{{ .Values.key }}")).toBeUndefined();
  expect(neededValues("Error: no template", chartOf({}), {})).toBeUndefined();
  expect(
    neededValues("execution error at (other/templates/all.yaml:1:1): x", chartOf({}), {}),
  ).toBeUndefined();
});

it("a helper says it with the same words as the template that Helm names", () => {
  const chart = chartOf({
    "templates/_helpers.tpl": lines(
      '{{ define "host" }}',
      '{{ if .Values.db.host }}{{ .Values.db.host }}{{ else }}{{ fail "no host" }}{{ end }}',
      "{{ end }}",
    ),
    "templates/all.yaml": 'host: {{ include "host" . }}\n',
  });
  expect(neededValues("execution error at (web/templates/all.yaml:1:9): no host", chart, { db: {} })).toEqual(
    {
      db: { host: "example.com" },
    },
  );
});

it("a subchart's values stand at its key", () => {
  const chart = chartOf({
    "charts/db/Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.0.0\n",
    "charts/db/templates/all.yaml": '{{ required "no key" .Values.key }}\n',
  });
  expect(
    neededValues("execution error at (web/charts/db/templates/all.yaml:1:3): no key", chart, {}),
  ).toEqual({
    db: { key: "example" },
  });
});
