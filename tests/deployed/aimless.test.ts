// A patch of operations whose target is none of the resources: nothing deploys the image that it brings.
import { describe, expect, it } from "vitest";
import { deployment, fateOf } from "./trees.js";

const OPERATIONS = "- {op: replace, path: /spec/template/spec/containers/0/image, value: 'q.io/p:v1'}\n";
const TARGET = "{kind: Deployment, name: web}";

const inPlace = (target: string): string =>
  `patches:\n- target: ${target}\n  patch: |-\n    ${OPERATIONS.trimEnd()}\n`;

/** What becomes of the image in the patch of an overlay. */
const kindOf = (target: string, base: string, more: Readonly<Record<string, string>> = {}): unknown =>
  fateOf(
    {
      "base/kustomization.yaml": "resources: [web.yaml]\n",
      "base/web.yaml": base,
      "over/kustomization.yaml": `resources: [../base]\n${inPlace(target)}`,
      ...more,
    },
    "over/kustomization.yaml",
    ["patches", 0, "patch", 0, "value"],
    "q.io/p:v1",
  )?.kind;

describe("an image in a patch", () => {
  it.each([
    ["has its target", TARGET, deployment("q.io/a:v1")],
    ["has a target that is a pattern", "{kind: Deploy.*, name: other}", deployment("q.io/a:v1")],
    ["has a target of any kind", "{name: other}", deployment("q.io/a:v1")],
    ["has a target by a pattern of names", "{kind: Deployment, name: w.*}", deployment("q.io/a:v1")],
  ])("stays where it %s", (_, target, base) => {
    expect(kindOf(target, base)).toBe("stays");
  });

  it.each([
    ["another name", TARGET, deployment("q.io/a:v1", "db")],
    ["another kind", "{kind: DaemonSet, name: web}", deployment("q.io/a:v1")],
  ])("is not deployed where all resources have %s", (_, target, base) => {
    expect(kindOf(target, base)).toBe("replaced");
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    [
      "a base is remote",
      { "base/kustomization.yaml": "resources: [web.yaml, 'https://example.com/x.yaml']\n" },
    ],
    ["a base gives names a prefix", { "base/kustomization.yaml": "resources: [db.yaml]\nnamePrefix: w\n" }],
    [
      "a base changes the kind",
      {
        "base/kustomization.yaml":
          "resources: [db.yaml]\n" +
          "patches: [{target: {name: db}, patch: '- {op: replace, path: /kind, value: X}'}]\n",
      },
    ],
    [
      "a component brings it",
      {
        "over/kustomization.yaml": `resources: [../base]\ncomponents: [../part]\n${inPlace(TARGET)}`,
        "part/kustomization.yaml": "kind: Component\nresources: [web.yaml]\n",
        "part/web.yaml": deployment("q.io/a:v1"),
      },
    ],
  ])("stays where %s", (_, more) => {
    const base = { "base/db.yaml": deployment("q.io/a:v1", "db") };
    expect(kindOf(TARGET, deployment("q.io/a:v1", "db"), { ...base, ...more })).toBe("stays");
  });

  it("in a file is judged by all that use the file", () => {
    const using = (target: string): string =>
      `resources: [../base]\npatches: [{path: ../p.yaml, target: ${target}}]\n`;
    const fate = (files: Readonly<Record<string, string>>): unknown =>
      fateOf(
        {
          "base/kustomization.yaml": "resources: [web.yaml]\n",
          "base/web.yaml": deployment("q.io/a:v1"),
          "p.yaml": OPERATIONS,
          ...files,
        },
        "p.yaml",
        [0, "value"],
      );
    const right = { "right/kustomization.yaml": using(TARGET) };
    const aimless = { "aimless/kustomization.yaml": using("{kind: Deployment, name: other}") };
    expect(fate(aimless)).toEqual({ kind: "replaced", by: "aimless/kustomization.yaml" });
    expect(fate({ ...aimless, ...right })).toMatchObject({ kind: "stays" });
  });
});
