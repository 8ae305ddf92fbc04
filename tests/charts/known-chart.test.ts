// Where a known chart takes its digest.
import { describe, expect, it } from "vitest";
import { plan } from "../../lib/pinning/plan.js";
import { fieldsOf, pinAll, summary } from "../images/fields-of.js";
import { settingsOf } from "../support/settings.js";
import { D, HEX, IMAGE } from "./values.js";

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
