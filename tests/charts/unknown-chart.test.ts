// What makes a fix a suggestion if the chart is not known, and how its `sha` is written.
import { describe, expect, it } from "vitest";
import { fieldsOf, pinAll, summary } from "../images/fields-of.js";
import { D, HEX, IMAGE, indent } from "./values.js";

describe("a fix becomes a suggestion by", () => {
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
