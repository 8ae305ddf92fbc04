// The chart table, row by row: the chart composes what we write to one reference with that digest.
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import type { ChartImages, ChartRow } from "../../lib/charts/chart-row.js";
import { PUBLISHERS } from "../../lib/charts/publishers.js";
import { CHART_ROWS } from "../../lib/charts/table.js";
import { plan } from "../../lib/pinning/plan.js";
import { parseReference } from "../../lib/reference/reference.js";
import { compose, type Keys } from "./compose.js";
import { digestOf, fieldsOf, pinAll } from "../images/fields-of.js";
import { settingsOf } from "../support/settings.js";

const D = digestOf("a");
const OTHER = `sha256:${"b".repeat(64)}`;

/** For each row, what changes in a user's mapping by `eslint --fix`, or why nothing is fixed. */
const WRITTEN: readonly (readonly [images: string, written: string])[] = [
  ["bitnami/*: **", "digest"],
  ["bjw-s/app-template: controllers.*.containers.*.image", "tag"],
  ["prometheus-community/kube-prometheus-stack: prometheus.prometheusSpec.image", "sha, bare"],
  ["prometheus-community/kube-prometheus-stack: **", "sha, bare"],
  ["prometheus-community/prometheus-node-exporter: image", "digest"],
  ["prometheus-community/prometheus-node-exporter: kubeRBACProxy.image", "sha, bare"],
  ["prometheus-community/prometheus: server.image", "digest"],
  ["prometheus-community/prometheus-nginx-exporter: image", "none chart-breaks"],
  ["prometheus-community/prometheus-redis-exporter: image", "none chart-breaks"],
  ["prometheus-community/prometheus-operator-admission-webhook: image", "digest, bare"],
  ["grafana/grafana: testFramework.image", "tag"],
  ["grafana/grafana: **", "sha, bare"],
  ["stable/grafana: **", "sha, bare"],
  ["grafana/loki: **", "digest"],
  ["grafana/grafana-agent-operator: image", "suggest chart-breaks"],
  ["ingress-nginx/ingress-nginx: controller.image", "digest"],
  ["ingress-nginx/ingress-nginx: **", "digest"],
  ["jetstack/cert-manager: image", "digest"],
  ["cilium/cilium: **", "digest, useDigest"],
  ["argo/argo-cd: global.image", "suggest chart-breaks"],
  ["argo/argo-cd: **", "tag"],
  ["aws/aws-efa-k8s-device-plugin: **", "tag"],
  ["aws/appmesh-controller: sidecar.image", "suggest chart-breaks"],
  ["aws/appmesh-controller: **", "tag"],
  ["kubernetes-sigs/aws-ebs-csi-driver: **", "tag"],
  ["elastic/elasticsearch: **", "tag"],
  ["elastic/kibana: **", "tag"],
  ["nvidia/gpu-operator: driver.manager", "version"],
  ["nvidia/gpu-operator: driver", "none no-digest-slot"],
  ["nvidia/gpu-operator: **", "version"],
  ["istio/istiod: pilot.image", "inline"],
  ["istio/istiod: **", "none chart-breaks"],
  ["dynamo/dynamo-operator: controllerManager.manager.image", "suggest chart-breaks"],
  ["dynamo/dynamo-operator: **", "tag"],
  ["open-telemetry/opentelemetry-operator: manager.image", "none chart-breaks"],
  ["open-telemetry/opentelemetry-operator: **", "tag"],
  ["codecentric/keycloakx: **", "digest"],
  ["codecentric/keycloak: image", "none chart-breaks"],
  ["codecentric/mailhog: image", "none chart-breaks"],
  ["kedacore/external-scaler-azure-cosmos-db: image", "none chart-breaks"],
  ["datadog/observability-pipelines-worker: image", "none chart-breaks"],
  ["datadog/cloudprem: image", "suggest chart-breaks"],
  ["stable/datadog: agents.image", "none chart-breaks"],
  ["stable/nginx-ingress: controller.image", "digest"],
  ["stable/nginx-ingress: **", "digest"],
  ["stable/pachyderm: pachd.image", "suggest chart-breaks"],
  ["stable/pachyderm: **", "tag"],
  ["stable/prometheus-operator: prometheusOperator.image", "sha, bare"],
  ["stable/prometheus-operator: prometheus.prometheusSpec.image", "none chart-breaks"],
  ["stable/prometheus-operator: **", "sha, bare"],
  ["stable/metrics-server: image", "suggest chart-breaks"],
  ["sonarsource/sonarqube: image", "none chart-breaks"],
  ["sonarsource/sonarqube-dce: searchNodes.image", "none chart-breaks"],
  ["jenkins/jenkins: agent.image", "suggest chart-breaks"],
  ["jenkins/jenkins: **", "tag"],
  ["jupyterhub/jupyterhub: **", "suggest chart-breaks"],
  ["kubernetes-dashboard/kubernetes-dashboard: auth.image", "none chart-breaks"],
  ["kubernetes-dashboard/kubernetes-dashboard: **", "tag"],
  ["nats/nats-operator: cluster.configReload", "suggest chart-breaks"],
  ["nats/nats-operator: **", "tag"],
  ["aqua/trivy-operator: trivy.image", "suggest chart-breaks"],
  ["aqua/trivy-operator: **", "tag"],
  ["falcosecurity/falco-talon: image", "none chart-breaks"],
  ["opensearch/opensearch: image", "none chart-breaks"],
  ["opensearch/opensearch: **", "tag"],
  ["redpanda/connectors: image", "none chart-breaks"],
  ["fairwinds/insights-agent: **", "suggest chart-breaks"],
  ["fairwinds/fairwinds-insights: cronjobImage", "suggest chart-breaks"],
  ["gravitee/ae: engine.image", "none chart-breaks"],
  ["gravitee/cockpit: api.image", "none chart-breaks"],
  ["jfrog/insight: elasticsearch.image", "suggest chart-breaks"],
  ["mysql/mysql-operator: image", "none chart-breaks"],
];

const ROWS = CHART_ROWS.flatMap((row) =>
  row.images.map((images) => ({
    row,
    images,
    name: `${row.publisher}/${row.chart}: ${images.path[0]?.join(".") ?? ""}`,
  })),
);

/** A path that a pattern of wildcards stands for. */
function concrete(images: ChartImages): readonly string[] {
  return (images.path[0] ?? [])
    .map((step) => (step.startsWith("*") ? "anywhere" : step))
    .concat(images.path[0]?.at(-1) === "**" ? ["image"] : []);
}

/** What a consumer writes who lets the chart choose the rest. */
function partsOf({ composition }: ChartImages): Keys {
  if (composition === "{image}") return {};
  const parts: Record<string, string> = {};
  if (composition.includes("{hub}")) return { hub: "docker.io/istio", image: "pilot", tag: "v1.2.3" };
  if (composition.includes("{version}"))
    return { repository: "nvcr.io/nvidia", image: "tool", version: "v1.2.3" };
  return Object.assign(parts, {
    repository: "quay.io/corp/tool",
    tag: "v1.2.3",
    ...(composition.includes("{name}") ? { name: "part" } : {}),
  });
}

function valuesOf(images: ChartImages): string {
  const path = concrete(images);
  const parts = partsOf(images);
  const leaf =
    Object.keys(parts).length === 0
      ? "docker.io/corp/tool:v1.2.3"
      : `\n${Object.entries(parts)
          .map(([key, value]) => `${"  ".repeat(path.length)}${key}: ${value}`)
          .join("\n")}`;
  return `${path.map((key, depth) => `${"  ".repeat(depth)}${key}:`).join("\n")} ${leaf}\n`.replace(
    / \n/g,
    "\n",
  );
}

function settingsFor(row: ChartRow) {
  return settingsOf({
    charts: [
      { files: "mine.yaml", chart: `${row.publisher}/${row.chart === "*" ? "some-chart" : row.chart}` },
    ],
    files: [{ files: "mine.yaml", kind: "values" }],
  });
}

function mappingIn(text: string, images: ChartImages): Keys | string {
  let value: unknown = load(text);
  for (const step of concrete(images)) value = (value as Record<string, unknown>)[step];
  return value as Keys | string;
}

/** `useDigest` is no text. */
function textsOf(mapping: Readonly<Record<string, unknown>>): Keys {
  return Object.fromEntries(Object.entries(mapping).map(([key, value]) => [key, String(value)]));
}

/** Which keys changed, in the words of {@link WRITTEN}. */
function changes(before: Keys | string, after: Keys | string): string {
  if (typeof before === "string" || typeof after === "string") return before === after ? "" : "inline";
  const keys = Object.keys(after)
    .filter((key) => after[key] !== before[key])
    .sort();
  return keys.map((key) => (/^[0-9a-f]{64}$/.test(String(after[key])) ? `${key}, bare` : key)).join(", ");
}

describe("the chart table", () => {
  it("has a line in this test for each of its rows, and no other", () => {
    expect(WRITTEN.map(([images]) => images)).toEqual(ROWS.map(({ name }) => name));
  });

  it("names publishers that it knows", () => {
    expect(CHART_ROWS.filter((row) => !Object.hasOwn(PUBLISHERS, row.publisher))).toEqual([]);
  });

  it.each(ROWS.map((row, index) => ({ ...row, written: WRITTEN[index]?.[1] ?? "" })))(
    "$name is written as it takes it: $written",
    ({ row, images, written }) => {
      const text = valuesOf(images);
      const settings = settingsFor(row);
      const [field, ...others] = fieldsOf(text, "mine.yaml", settings);
      expect(others).toEqual([]);
      if (!field) throw new Error("no field");
      const { kind, reason } = plan(field, settings);
      if (kind !== "fix") {
        expect(`${kind} ${reason ?? ""}`).toBe(written);
        expect(pinAll(text, "mine.yaml", D, settings)).toBe(text);
        return;
      }
      const after = pinAll(text, "mine.yaml", D, settings);
      expect(changes(mappingIn(text, images), mappingIn(after, images))).toBe(written);
      const mapping = mappingIn(after, images);
      const composed = typeof mapping === "string" ? mapping : compose(images.composition, textsOf(mapping));
      const result = parseReference(composed);
      expect(result).toMatchObject({ ok: true, reference: { digest: D } });
      if (result.ok) expect(["v1.2.3", undefined]).toContain(result.reference.tag);
      const [again] = fieldsOf(after, "mine.yaml", settings);
      expect(again).toMatchObject({ state: "pinned", field: field.field });
      expect(again?.at[0]).toBe(field.at[0]);
    },
  );
});

const SEMVER = /^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;
const LABEL = /^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
const PINNED_TAG = `v1.2.3@${D}`;

/** Whether a use of a tag fails: each must fail for a tag with a digest, and not for the tag alone. */
const FAILS: Readonly<
  Record<NonNullable<ChartImages["tagIs"]>[number], (images: ChartImages, tag: string) => boolean>
> = {
  semver: (_, tag) => !SEMVER.test(tag),
  label: (_, tag) => !LABEL.test(tag),
  argument: (_, tag) => tag.includes("@"),
  digest: ({ composition }, tag) =>
    !parseReference(compose(composition, { repository: "quay.io/corp/tool", tag, digest: OTHER })).ok,
  shared: ({ composition }, tag) => {
    const keys = {
      repository: "quay.io/corp",
      hub: "quay.io/corp",
      image: "tool",
      tag,
      version: tag,
      os: "ubuntu24.04",
    };
    const composed = ["one", "two"].map((image) =>
      parseReference(
        compose(composition, {
          ...keys,
          image,
          ...(composition.includes("{image}") ? {} : { repository: `quay.io/corp/${image}` }),
        }),
      ),
    );
    // One digest for two images, or one that does not end the reference.
    return composed.some((result) => !result.ok || result.reference.digest !== undefined);
  },
};

describe("rows that break on a digest in the tag", () => {
  const breaking = ROWS.flatMap(({ images, name }) =>
    (images.tagIs ?? []).map((use) => ({ name, images, use })),
  );
  it.each(breaking)("$name: $use", ({ images, use }) => {
    expect(FAILS[use](images, PINNED_TAG)).toBe(true);
    expect(FAILS[use](images, "v1.2.3")).toBe(false);
    expect(images.digest.to).not.toBe("tag");
  });

  it("composes a suffix behind the digest", () => {
    const suffixed = ROWS.filter(({ images }) => /-\{(?:distroless|os)\}/.test(images.composition));
    expect(suffixed.length).toBeGreaterThan(0);
    for (const { images } of suffixed) {
      const keys = {
        repository: "quay.io/corp",
        image: "tool",
        tag: PINNED_TAG,
        version: PINNED_TAG,
        distroless: "distroless",
        os: "ubuntu24.04",
      };
      expect(parseReference(compose(images.composition, keys)).ok).toBe(false);
    }
  });
});
