// Which chart values are for, and what that and everything beside them lowers or decides.
import { describe, expect, it } from "vitest";
import { plan } from "../../lib/pinning/plan.js";
import { digestOf, fieldsOf, pinAll, settingsOf, summary } from "../images/fields-of.js";

const D = digestOf("a");
const HEX = "a".repeat(64);
const IMAGE = "image:\n  repository: quay.io/corp/tool\n  tag: v1.2.3\n";
const BITNAMI =
  "apiVersion: v2\nname: nginx\nsources:\n  - https://github.com/bitnami/charts/tree/main/bitnami/nginx\n";

/** The files beside a values file. */
const beside =
  (files: Readonly<Record<string, string>>) =>
  (path: string): string | undefined =>
    Object.hasOwn(files, path) ? files[path] : undefined;
const indent = (text: string, by: number): string => text.replace(/^(?=.)/gm, " ".repeat(by));
const chartOf = (
  text: string,
  filename = "values.yaml",
  settings = settingsOf(),
  neighbour?: (path: string) => string | undefined,
) => fieldsOf(text, filename, settings, neighbour).map((field) => field.chart);

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
    const parent =
      "name: ours\ndependencies:\n  - name: redis\n    alias: cache\n    repository: https://charts.bitnami.com/bitnami\n  - name: kube-state-metrics\n    repository: https://prometheus-community.github.io/helm-charts\n";
    const values = `cache:\n${indent(IMAGE, 2)}redis:\n${indent(IMAGE, 2)}kube-state-metrics:\n${indent(IMAGE, 2)}`;
    expect(chartOf(values, "values.yaml", settingsOf(), beside({ "Chart.yaml": parent }))).toEqual([
      "bitnami/redis",
      undefined,
      "prometheus-community/kube-state-metrics",
    ]);
  });
  it("is the unpacked subchart's own", () => {
    const files = {
      "Chart.yaml": "name: ours\ndependencies:\n  - name: nginx\n",
      "charts/nginx/Chart.yaml": BITNAMI,
    };
    expect(chartOf(`nginx:\n${indent(IMAGE, 2)}`, "values.yaml", settingsOf(), beside(files))).toEqual([
      "bitnami/nginx",
    ]);
  });
  it("is a subchart's that the table knows of", () => {
    const text = `grafana:\n${indent(IMAGE, 2)}kube-state-metrics:\n${indent(IMAGE, 2)}prometheusOperator:\n${indent(IMAGE, 2)}`;
    expect(chartOf(text, "apps/a/values.yaml", charts("prometheus-community/kube-prometheus-stack"))).toEqual(
      [
        "grafana/grafana",
        "prometheus-community/kube-state-metrics",
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

describe("which chart the values in a resource are for", () => {
  const release = (spec: string, more = ""): string =>
    `${more}apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: a }\nspec:\n${indent(spec, 2)}  values:\n${indent(IMAGE, 4)}`;
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
        "chart: { spec: { chart: kube-prometheus-stack, sourceRef: { kind: HelmRepository, name: charts } } }\n",
      ),
      "prometheus-community/kube-prometheus-stack",
    ],
    [
      "HelmRelease, its source in the same file",
      release(
        "chart: { spec: { chart: nginx, sourceRef: { kind: HelmRepository, name: ours } } }\n",
        "apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: { name: ours }\nspec: { url: oci://registry-1.docker.io/bitnamicharts }\n---\n",
      ),
      "bitnami/nginx",
    ],
    [
      "HelmRelease, chartRef to a source in the same file",
      release(
        "chartRef: { kind: OCIRepository, name: x }\n",
        "apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: { name: x }\nspec: { url: oci://ghcr.io/prometheus-community/charts/kube-prometheus-stack }\n---\n",
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
        `source:\n  chart: nginx\n  repoURL: registry-1.docker.io/bitnamicharts\n  helm:\n    valuesObject:\n${indent(IMAGE, 6)}`,
      ),
      "bitnami/nginx",
    ],
    [
      "Application, sources",
      application(
        `sources:\n  - repoURL: https://example.com/git\n  - chart: argo-cd\n    repoURL: https://argoproj.github.io/argo-helm\n    helm:\n      valuesObject:\n${indent(IMAGE, 8)}`,
      ),
      "argo/argo-cd",
    ],
    [
      "Application, values in a string",
      application(
        `source:\n  chart: nginx\n  repoURL: https://charts.bitnami.com/bitnami\n  helm:\n    values: |\n${indent(IMAGE, 6)}`,
      ),
      "bitnami/nginx",
    ],
    [
      "Application, a chart in a folder",
      application(
        `source:\n  path: charts/nginx\n  repoURL: https://github.com/bitnami/charts\n  helm:\n    valuesObject:\n${indent(IMAGE, 6)}`,
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

describe("a known chart", () => {
  const named = (chart: string, more: object = {}) =>
    settingsOf({ ...more, charts: [{ files: "values.yaml", chart }] });
  const pin = (text: string, chart: string): string => pinAll(text, "values.yaml", D, named(chart));

  it("gets its key where the user's file lacks it", () => {
    expect(pin(IMAGE, "bitnami/nginx")).toBe(`${IMAGE}  digest: ${D}\n`);
    expect(pin(IMAGE, "prometheus-community/kube-prometheus-stack")).toBe(`${IMAGE}  sha: "${HEX}"\n`);
    expect(pin(IMAGE, "prometheus-community/kube-state-metrics")).toBe(`${IMAGE}  sha: ${D}\n`);
    expect(pin("image: { repository: quay.io/corp/tool, tag: v1 }\n", "bitnami/nginx")).toBe(
      `image: { repository: quay.io/corp/tool, tag: v1, digest: ${D} }\n`,
    );
    expect(pin("image: { repository: quay.io/corp/tool, tag: v1 }\n", "grafana/grafana")).toBe(
      `image: { repository: quay.io/corp/tool, tag: v1, sha: "${HEX}" }\n`,
    );
  });
  it("gets what its key needs beside it", () => {
    expect(pin(IMAGE, "cilium/cilium")).toBe(`${IMAGE}  useDigest: true\n  digest: ${D}\n`);
    expect(pin(`${IMAGE}  useDigest: false\n`, "cilium/cilium")).toBe(
      `${IMAGE}  digest: ${D}\n  useDigest: true\n`,
    );
    expect(pin(`${IMAGE}  useDigest: true\n  digest: ""\n`, "cilium/cilium")).toBe(
      `${IMAGE}  useDigest: true\n  digest: "${D}"\n`,
    );
    expect(pin("image: { repository: quay.io/corp/tool, tag: v1 }\n", "cilium/cilium")).toBe(
      `image: { repository: quay.io/corp/tool, tag: v1, useDigest: true, digest: ${D} }\n`,
    );
  });
  it("keeps a number beside its new key as it reads", () => {
    expect(pin(IMAGE.replace("v1.2.3", "1.25"), "bitnami/nginx")).toBe(
      `${IMAGE.replace("v1.2.3", '"1.25"')}  digest: ${D}\n`,
    );
  });
  it("takes bare digits in a key of any name, and reads them back as pinned", () => {
    const text = `${IMAGE}  digest: ""\n`;
    const after = pin(text, "prometheus-community/prometheus-operator-admission-webhook");
    expect(after).toBe(`${IMAGE}  digest: "${HEX}"\n`);
    expect(
      fieldsOf(after, "values.yaml", named("prometheus-community/prometheus-operator-admission-webhook")).map(
        (field) => summary(field),
      ),
    ).toEqual([`quay.io/corp/tool:v1.2.3@${D} pinned`]);
  });
  it("knows a triplet's place, and the driver's that has none", () => {
    const triplet = (name: string): string =>
      `${name}:\n  repository: nvcr.io/nvidia\n  image: tool\n  version: v1\n`;
    expect(pin(triplet("toolkit") + triplet("driver"), "nvidia/gpu-operator")).toBe(
      triplet("toolkit").replace("v1\n", `v1@${D}\n`) + triplet("driver"),
    );
  });
  it("is fixed also where unknown charts are only suggested", () => {
    const settings = named("aws/aws-efa-k8s-device-plugin", { unknownCharts: "suggest" });
    const [field] = fieldsOf(IMAGE, "values.yaml", settings);
    expect(field && plan(field, settings)).toEqual({ kind: "fix" });
    const [other] = fieldsOf(IMAGE, "other-values.yaml", settings);
    expect(other && plan(other, settings)).toMatchObject({ kind: "suggest", reason: "chart-unknown" });
  });
  it("says what a digest in the tag does", () => {
    const [field] = fieldsOf(
      IMAGE.replace("v1.2.3", `v1.2.3@${D}`),
      "values.yaml",
      named("prometheus-community/prometheus-node-exporter"),
    );
    expect(field).toMatchObject({ state: "pinned", tagBreaks: "the chart compares the tag as a version" });
  });
});

describe("what lowers a fix", () => {
  it.each(["distroless: false", "variant: alpine", "flavour: ''", "tagSuffix: -x", "chroot: true"])(
    "%s beside the tag",
    (key) => {
      expect(fieldsOf(`${IMAGE}  ${key}\n`).map((field) => summary(field))).toEqual([
        "quay.io/corp/tool:v1.2.3 unpinned suggest chart-breaks",
      ]);
    },
  );
  it("a suffix beside a digest key that changes which image runs", () => {
    expect(fieldsOf(`${IMAGE}  distroless: true\n  digest: ''\n`).map((field) => summary(field))).toEqual([
      "quay.io/corp/tool:v1.2.3 unpinned suggest suffixed-tag",
    ]);
    expect(fieldsOf(`${IMAGE}  distroless: false\n  digest: ''\n`).map((field) => summary(field))).toEqual([
      "quay.io/corp/tool:v1.2.3 unpinned",
    ]);
  });
  it("an image of a chart that takes its digest elsewhere, in a tag alone", () => {
    const text = "image:\n  repository: quay.io/prometheus/node-exporter\n  tag: v1\n";
    expect(fieldsOf(text).map((field) => summary(field))).toEqual([
      "quay.io/prometheus/node-exporter:v1 unpinned suggest chart-unknown",
    ]);
    expect(fieldsOf(`${text}  digest: ''\n`).map((field) => summary(field))).toEqual([
      "quay.io/prometheus/node-exporter:v1 unpinned",
    ]);
  });
  it("a tag that the chart's images share", () => {
    expect(
      fieldsOf("global:\n  repository: quay.io/corp/tool\n  tag: v1\n").map((field) => summary(field)),
    ).toEqual(["quay.io/corp/tool:v1 unpinned suggest chart-breaks"]);
  });
});

describe("`sha` of an unknown chart", () => {
  const sha = (value: string): string => `${IMAGE}  sha: ${value}\n`;
  const two = (value: string): string => `a:\n${indent(sha(value), 2)}b:\n${indent(sha("''"), 2)}`;
  it("is written as the file's others are", () => {
    expect(pinAll(two(HEX))).toBe(`a:\n${indent(sha(HEX), 2)}b:\n${indent(sha(`'${HEX}'`), 2)}`);
    expect(pinAll(two(D))).toBe(`a:\n${indent(sha(D), 2)}b:\n${indent(sha(`'${D}'`), 2)}`);
  });
  it("is suggested in both styles where the file shows none or both", () => {
    expect(fieldsOf(sha("''")).map((field) => summary(field))).toEqual([
      "quay.io/corp/tool:v1.2.3 unpinned suggest sha-style",
    ]);
    const both = `c:\n${indent(sha(D), 2)}${two(HEX)}`;
    expect(
      fieldsOf(both)
        .map((field) => summary(field))
        .at(-1),
    ).toBe("quay.io/corp/tool:v1.2.3 unpinned suggest sha-style");
  });
});

describe("a values.schema.json beside the values", () => {
  const schema = (image: object): string =>
    JSON.stringify({ properties: { image: { $ref: "#/$defs/image" } }, $defs: { image } });
  const found = (image: object, text = IMAGE): readonly string[] =>
    fieldsOf(text, "values.yaml", settingsOf(), beside({ "values.schema.json": schema(image) })).map(
      (field) => summary(field),
    );
  const fixed = ["quay.io/corp/tool:v1.2.3 unpinned"];
  const refused = ["quay.io/corp/tool:v1.2.3 unpinned none chart-breaks"];

  it.each([
    ["that says nothing of it", {}, fixed],
    ["that wants a string", { properties: { tag: { type: "string" } } }, fixed],
    ["of several types", { properties: { tag: { type: ["null", "string"] } } }, fixed],
    ["whose pattern fits", { properties: { tag: { pattern: "^v[0-9.]+(@sha256:[0-9a-f]{64})?$" } } }, fixed],
    ["whose pattern refuses", { properties: { tag: { pattern: "^v[0-9.]+$" } } }, refused],
    ["whose pattern may be slow", { properties: { tag: { pattern: "^(v|[a-z0-9.:@]+)+$" } } }, refused],
    ["whose pattern is none", { properties: { tag: { pattern: "(" } } }, refused],
    ["with a length", { properties: { tag: { maxLength: 63 } } }, refused],
    ["with a list of tags", { properties: { tag: { enum: ["v1.2.3"] } } }, refused],
  ] as const)("%s", (_, image, summaries) => {
    expect(found(image)).toEqual(summaries);
  });
  it("refuses a key that it does not know, and a digest that is not of its pattern", () => {
    expect(
      found(
        { additionalProperties: false, properties: { repository: {}, tag: {} } },
        `${IMAGE}  digest: ''\n`,
      ),
    ).toEqual(refused);
    expect(
      found({ properties: { digest: { pattern: "^sha256:[a-f0-9]{64}$" } } }, `${IMAGE}  digest: ''\n`),
    ).toEqual(fixed);
    expect(
      found({ properties: { digest: { pattern: "^[a-f0-9]{64}$" } } }, `${IMAGE}  digest: ''\n`),
    ).toEqual(refused);
  });
  it("refuses a digest in one string", () => {
    const neighbour = beside({
      "values.schema.json": JSON.stringify({ properties: { image: { maxLength: 40 } } }),
    });
    expect(
      fieldsOf("image: quay.io/corp/tool:v1\n", "values.yaml", settingsOf(), neighbour).map((field) =>
        summary(field),
      ),
    ).toEqual(["quay.io/corp/tool:v1 unpinned none chart-breaks"]);
  });
  it.each([
    "",
    "[]",
    "{",
    '{"$ref":"#"}',
    '{"properties":{"image":{"$ref":"#/properties/image"}}}',
    '{"properties":{"image":{"$ref":"https://example.com"}}}',
  ])("is none where it is %j", (text) => {
    expect(
      fieldsOf(IMAGE, "values.yaml", settingsOf(), beside({ "values.schema.json": text })).map((field) =>
        summary(field),
      ),
    ).toEqual(fixed);
  });
});

describe("the templates of the chart beside the values", () => {
  const found = (template: string, text = IMAGE, folder = ""): readonly string[] =>
    fieldsOf(
      text,
      "values.yaml",
      settingsOf(),
      beside({
        "Chart.yaml": "name: ours\n",
        [`${folder}templates/`]: "NOTES.txt\na.yaml",
        [`${folder}templates/a.yaml`]: template,
      }),
    ).map((field) => summary(field));
  const fixed = ["quay.io/corp/tool:v1.2.3 unpinned"];
  const suggested = ["quay.io/corp/tool:v1.2.3 unpinned suggest chart-breaks"];

  it.each([
    ["the image alone", 'image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"', fixed],
    ["a label", "app.kubernetes.io/version: {{ .Values.image.tag | quote }}", suggested],
    ["a comparison", '{{- if semverCompare ">=1.0.0" .Values.image.tag }}', suggested],
    ["an argument", "- --version={{ .Values.image.tag }}", suggested],
    ["another image", 'image: "corp/other:{{ .Values.image.tag }}"', suggested],
    ["a question whether it is there", "{{- if not .Values.image.tag }}", fixed],
    ["a variable", "{{- $tag := .Values.image.tag | default .Chart.AppVersion }}", fixed],
    ["another key", "x: {{ .Values.image.tagged }}{{ .Values.other.image.tag }}", fixed],
    [
      "a label, by a variable",
      "{{- $tag := .Values.image.tag | default .Chart.AppVersion }}\nversion: {{ $tag }}",
      suggested,
    ],
    [
      "the image, by variables",
      '{{- $name := .Values.image.repository }}\n{{- $tag := .Values.image.tag }}\nimage: "{{ $name }}:{{ $tag }}"',
      fixed,
    ],
    [
      "a label, by `with`",
      "{{- with .Values.image }}\napp.kubernetes.io/version: {{ .tag }}\n{{- end }}",
      suggested,
    ],
    [
      "the image, by `with`",
      '{{- with .Values.image }}\nimage: "{{ .repository }}:{{ .tag }}"\n{{- end }}',
      fixed,
    ],
    [
      "something else behind a `with`",
      "{{- with .Values.other }}{{ .x }}{{ end }}\nversion: {{ .tag }}",
      fixed,
    ],
    [
      "a label, by a template's argument",
      '{{- define "ours.version" }}\nversion: {{ .tag }}\n{{- end }}\n{{ include "ours.version" .Values.image }}',
      suggested,
    ],
    [
      "the image, by a template's argument",
      '{{- define "ours.image" }}\n{{ .repository }}:{{ .tag }}\n{{- end }}\nimage: {{ include "ours.image" .Values.image }}',
      fixed,
    ],
    [
      "a label, by a template's dict",
      '{{- define "ours.version" }}\nversion: {{ .of.tag }}\n{{- end }}\n{{ include "ours.version" (dict "of" .Values.image "context" $) }}',
      suggested,
    ],
    [
      "the image, by a template's dict",
      '{{- define "ours.image" }}\n{{ .of.repository }}:{{ .of.tag }}\n{{- end }}\nimage: {{ include "ours.image" (dict "of" .Values.image "version" .Chart.AppVersion) }}',
      fixed,
    ],
    [
      "a version, by a library's template",
      'x: {{ include "common.images.version" (dict "imageRoot" .Values.image "chart" .Chart) }}',
      suggested,
    ],
    ["an id, hashed with all that is beside it", "id: {{ sha256sum (toYaml .Values.image) }}", suggested],
    [
      "a Secret of all values",
      "{{- $values := merge dict .Values }}\nvalues.yaml: {{ $values | toYaml | b64enc }}",
      suggested,
    ],
    [
      "nothing, beside a text of another key",
      "x: {{ toYaml .Values.image.pullSecrets }}{{ toYaml .Values.imagery }}",
      fixed,
    ],
  ] as const)("that use the tag for %s", (_, template, summaries) => {
    expect(found(template)).toEqual(summaries);
  });
  it("that put `sha256:` before a digest make both styles suggestions", () => {
    const bare = ["quay.io/corp/tool:v1.2.3 unpinned suggest sha-style"];
    expect(found("image: {{ $name }}@sha256:{{ $digest }}", `${IMAGE}  digest: ''\n`)).toEqual(bare);
    expect(found('image: {{ printf "%s@sha256:%s" $name $digest }}', `${IMAGE}  digest: ''\n`)).toEqual(bare);
    expect(found("image: {{ $name }}@{{ $digest }}", `${IMAGE}  digest: ''\n`)).toEqual(fixed);
  });
  it.each([
    ["the image", 'image: "{{ .Values.image }}"', ["quay.io/corp/tool:v1.2.3 unpinned"]],
    ["a label of its tag", 'version: {{ .Values.image | splitList ":" | last }}', suggested],
    ["a comparison", '{{ if semverCompare ">1" (split ":" .Values.image)._1 }}', suggested],
  ] as const)("that use a reference in one string for %s", (_, template, summaries) => {
    expect(found(template, "image: quay.io/corp/tool:v1.2.3\n")).toEqual(summaries);
  });
  it.each([
    [
      "calls itself",
      '{{- define "a" }}{{ include "a" (dict "x" (list .x.b .x.c)) }}{{- end }}{{ include "a" (dict "x" .Values.image) }}',
    ],
    ["never ends an action", `{{${" ".repeat(1900)}`],
    ["pipes without end", `{{ .Values.image${" |   ".repeat(380)}`],
    ["ends what it never began", "{{ end }}{{ end }}{{ else }}{{ define }}{{ with }}"],
  ])("may be hostile: one that %s", (_, template) => {
    expect(found(`${template}\n`.repeat(50))).toEqual(fixed);
  });
  it("are a subchart's where they are unpacked", () => {
    expect(found("version: {{ .Values.image.tag }}", `sub:\n${indent(IMAGE, 2)}`, "charts/sub/")).toEqual(
      suggested,
    );
  });
  it("are not asked where there is no chart", () => {
    const neighbour = beside({
      "templates/": "a.yaml",
      "templates/a.yaml": "version: {{ .Values.image.tag }}",
    });
    expect(fieldsOf(IMAGE, "values.yaml", settingsOf(), neighbour).map((field) => summary(field))).toEqual(
      fixed,
    );
  });
});
