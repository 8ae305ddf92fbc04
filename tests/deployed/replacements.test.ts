// Images that the `replacements` of a kustomization write into.
import { describe, expect, it } from "vitest";
import { deployment, fateOf } from "./trees.js";

const OVER = "over/kustomization.yaml";
const BASE = {
  "base/kustomization.yaml": "resources:\n- web.yaml\n",
  "base/web.yaml": deployment("app:v1"),
};
const overlay = (rest: string): Record<string, string> => ({ [OVER]: `resources:\n- ../base\n${rest}` });

describe("an image that `replacements` write into", () => {
  const over = (target: string): Record<string, string> => ({
    ...BASE,
    ...overlay(`replacements:\n- ${SOURCE}\n  targets:\n  - ${target}\n`),
  });
  const SOURCE = "source: {kind: ConfigMap, name: c, fieldPath: data.v}";
  const PATH = "spec.template.spec.containers";
  const filled = { kind: "stays", filledBy: OVER };
  it.each([
    `{select: {kind: Deployment}, fieldPaths: ["${PATH}.[name=app].image"]}`,
    `{select: {kind: Deployment, name: web}, fieldPaths: ["${PATH}[name=app].image"]}`,
    `{select: {name: web}, fieldPaths: [a, "${PATH}.0.image"], options: {delimiter: ":", index: 1}}`,
    `{select: {kind: Deploy.*}, fieldPaths: ["${PATH}.*.image"]}`,
    `{select: {kind: Deployment, labelSelector: "a in (b)"}, fieldPaths: ["${PATH}.*.image"]}`,
    `{select: {group: apps}, fieldPaths: ["${PATH}"]}`,
    `{select: {kind: Deployment}, reject: [{name: other}], fieldPaths: ["${PATH}.*.image"]}`,
  ])("is marked: %s", (target) => {
    expect(fateOf(over(target), "base/web.yaml")).toEqual(filled);
  });

  it("is marked where a path is too long to be read", () => {
    const target = `{select: {kind: Deployment}, fieldPaths: ["${"[".repeat(200_000)}"]}`;
    expect(fateOf(over(target), "base/web.yaml")).toEqual(filled);
  });

  it.each([
    `{select: {kind: Deployment}, fieldPaths: ["${PATH}.[name=other].image"]}`,
    `{select: {kind: Deployment}, fieldPaths: ["${PATH}.1.image"]}`,
    `{select: {kind: Deployment}, fieldPaths: ["${PATH}.0.name"]}`,
    `{select: {kind: Deployment}}`,
    `{select: {kind: StatefulSet}, fieldPaths: ["${PATH}.*.image"]}`,
    `{select: {kind: Deployment}, reject: [{name: web}], fieldPaths: ["${PATH}.*.image"]}`,
  ])("stays where they are for another: %s", (target) => {
    expect(fateOf(over(target), "base/web.yaml")).toEqual({ kind: "stays" });
  });

  it("is marked by those in a file, alone or in a list, and by a transformer", () => {
    const target = `{select: {kind: Deployment}, fieldPaths: ["${PATH}.0.image"]}`;
    const files = { ...over(target), ...overlay("replacements:\n- path: r.yaml\n") };
    for (const text of [`targets: [${target}]\n`, `- targets: [${target}]\n`])
      expect(fateOf({ ...files, "over/r.yaml": text }, "base/web.yaml")).toEqual(filled);
    const transformer = `kind: ReplacementTransformer\nreplacements: [{targets: [${target}]}]\n`;
    const transforming = {
      ...files,
      ...overlay("transformers:\n- t.yaml\n"),
      "over/t.yaml": transformer,
    };
    expect(fateOf(transforming, "base/web.yaml")).toEqual({
      kind: "stays",
      filledBy: "over/t.yaml",
    });
  });

  it("is replaced where something replaces it anyhow", () => {
    const target = `{select: {kind: Deployment}, fieldPaths: ["${PATH}.0.image"]}`;
    const files = over(target);
    const both = `${files[OVER] ?? ""}images:\n- name: app\n  newTag: v2\n`;
    expect(fateOf({ ...files, [OVER]: both }, "base/web.yaml")).toEqual({ kind: "replaced", by: OVER });
  });
});
