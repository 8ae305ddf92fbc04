// A container that a patch adds, and where later patches find it.
import { describe, expect, it } from "vitest";
import { deployment, fateOf } from "./trees.js";

const CONTAINERS = "/spec/template/spec/containers";
const TARGET = "- target: {kind: Deployment, name: web}\n";

/** What becomes of the container that the base adds in front of its own, with patches in an overlay. */
function fate(patches: string): unknown {
  const added = { op: "add", path: `${CONTAINERS}/0`, value: { name: "b", image: "b" } };
  const files = {
    "base/kustomization.yaml": `resources: [web.yaml]\npatches:\n${TARGET}  path: add.json\n`,
    "base/web.yaml": deployment("app"),
    "base/add.json": JSON.stringify([added]),
    "over/kustomization.yaml": `resources: [../base]\npatches:\n${patches}`,
  };
  return fateOf(files, "base/add.json", [0, "value", "image"], "b");
}

const replaceFirst = `${TARGET}  patch: |-\n    - {op: replace, path: ${CONTAINERS}/0/image, value: c}\n`;
const merge = [
  "- patch: |-",
  "    apiVersion: apps/v1",
  "    kind: Deployment",
  "    metadata: {name: web}",
  "    spec: {template: {spec: {containers: [{name: app, image: d}]}}}",
  "",
].join("\n");

describe("a container that a patch adds in front", () => {
  it("is replaced as the first one", () => {
    expect(fate(replaceFirst)).toEqual({ kind: "replaced", by: "over/kustomization.yaml" });
  });
  it("stays where a merge has put another one before it", () => {
    expect(fate(merge + replaceFirst)).toEqual({ kind: "stays" });
  });
});
