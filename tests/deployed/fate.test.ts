// What becomes of an image that kustomizations reach.
import { describe, expect, it } from "vitest";
import { deployment, fateOf, IMAGE } from "./trees.js";

const BASE = { "base/kustomization.yaml": "resources:\n- web.yaml\n", "base/web.yaml": deployment("app") };
const overlay = (name: string, rest: string): Record<string, string> => ({
  [`overlays/${name}/kustomization.yaml`]: `resources:\n- ../../base\n${rest}`,
});
const NEW_TAG = "images:\n- name: app\n  newTag: v2\n";
const by = (name: string): object => ({ kind: "replaced", by: `overlays/${name}/kustomization.yaml` });

describe("an image", () => {
  it("stays where nothing reaches its file", () => {
    expect(fateOf({ "web.yaml": deployment("app") }, "web.yaml")).toBeUndefined();
  });

  it("stays where a kustomization changes something else", () => {
    expect(
      fateOf({ ...BASE, ...overlay("a", "images:\n- name: other\n  newTag: v2\n") }, "base/web.yaml"),
    ).toEqual({
      kind: "stays",
    });
  });

  it("is replaced by the kustomization beside it", () => {
    const files = { ...BASE, "base/kustomization.yaml": `resources: [web.yaml]\n${NEW_TAG}` };
    expect(fateOf(files, "base/web.yaml")).toEqual({ kind: "replaced", by: "base/kustomization.yaml" });
  });

  it.each(["../base", "../base/", "./../base", "../x/../base", "../../tree/base"])(
    "is found at %s",
    (path) => {
      const files = { ...BASE, "a/kustomization.yaml": `resources:\n- ${path}\n${NEW_TAG}` };
      expect(fateOf(files, "base/web.yaml")).toEqual({ kind: "replaced", by: "a/kustomization.yaml" });
    },
  );

  it("is replaced where every overlay replaces it, though the base alone does not", () => {
    expect(fateOf({ ...BASE, ...overlay("a", NEW_TAG), ...overlay("b", NEW_TAG) }, "base/web.yaml")).toEqual(
      by("a"),
    );
  });

  it("stays where one overlay does not replace it, and that one is named", () => {
    expect(fateOf({ ...BASE, ...overlay("a", NEW_TAG), ...overlay("b", "") }, "base/web.yaml")).toEqual({
      kind: "stays",
      in: "overlays/b/kustomization.yaml",
    });
  });

  it("is replaced by a component, which is nothing by itself", () => {
    const component = `kind: Component\n${NEW_TAG}`;
    const files = { ...BASE, ...overlay("a", "components:\n- ../../c\n"), "c/kustomization.yaml": component };
    expect(fateOf(files, "base/web.yaml")).toEqual({ kind: "replaced", by: "c/kustomization.yaml" });
  });

  it("of a component is replaced where the component is used", () => {
    const files = {
      "c/kustomization.yaml": "kind: Component\nresources:\n- web.yaml\n",
      "c/web.yaml": deployment("app"),
      "kustomization.yaml": `components:\n- c\n${NEW_TAG}`,
    };
    expect(fateOf(files, "c/web.yaml")).toEqual({ kind: "replaced", by: "kustomization.yaml" });
  });

  it("keeps its tag under another name", () => {
    const renaming = overlay("a", "images:\n- name: app\n  newName: quay.io/app\n");
    const files = { ...BASE, "base/web.yaml": deployment("app:v1") };
    expect(fateOf({ ...files, ...renaming }, "base/web.yaml")).toEqual({
      kind: "stays",
      as: ["quay.io/app:v1"],
    });
    expect(fateOf({ ...files, ...renaming, ...overlay("b", "") }, "base/web.yaml")).toEqual({
      kind: "stays",
      as: ["app:v1", "quay.io/app:v1"],
    });
  });

  it("is matched by the new name that a base has given it", () => {
    const base = {
      ...BASE,
      "base/kustomization.yaml": "resources: [web.yaml]\nimages:\n- name: app\n  newName: b\n",
    };
    const files = { ...base, ...overlay("a", "images:\n- name: b\n  digest: sha256:1\n") };
    expect(fateOf(files, "base/web.yaml")).toEqual(by("a"));
    expect(fateOf({ ...base, ...overlay("a", NEW_TAG) }, "base/web.yaml")).toEqual({
      kind: "stays",
      as: ["b"],
    });
  });

  it("of an entry is replaced by the overlay's entry", () => {
    const base = { ...BASE, "base/kustomization.yaml": `resources: [web.yaml]\n${NEW_TAG}` };
    const files = { ...base, ...overlay("a", "images:\n- name: app\n  newTag: v3\n") };
    expect(fateOf(files, "base/kustomization.yaml", ["images", 0], "app:v2")).toEqual(by("a"));
  });

  it("of an entry that matches nothing is not deployed", () => {
    const entry = (name: string, rest = ""): unknown =>
      fateOf(
        { ...BASE, ...overlay("a", `${rest}images:\n- name: ${name}\n  newTag: v3\n`) },
        "overlays/a/kustomization.yaml",
        ["images", 0],
        `${name}:v3`,
      );
    expect(entry("other")).toEqual(by("a"));
    expect(entry("app")).toEqual({ kind: "stays" });
    // A dot is any character.
    expect(entry("ap.")).toEqual({ kind: "stays" });
    expect(entry("o..")).toEqual(by("a"));
    expect(entry("oth.*")).toEqual({ kind: "stays" });
    // The name of a container, and what stands in a longer word.
    expect(entry("web")).toEqual(by("a"));
    expect(entry("pp")).toEqual(by("a"));
    // What they bring is not known.
    expect(entry("other", "- github.com/a/b\n")).toEqual({ kind: "stays" });
    expect(entry("other", "- missing.yaml\n")).toBeUndefined();
    expect(entry("other", "helmCharts:\n- name: x\n")).toEqual({ kind: "stays" });
  });

  it("of an entry is not deployed where kustomize does not look", () => {
    const files = {
      "kustomization.yaml": `resources: [x.yaml]\n${NEW_TAG}`,
      "x.yaml":
        "apiVersion: a.b/v1\nkind: Tool\nmetadata: {name: x}\nspec:\n  container:\n    image: app:v1\n",
    };
    const fate = (more: Record<string, string>): unknown =>
      fateOf({ ...files, ...more }, "kustomization.yaml", ["images", 0], "app:v2");
    expect(fate({})).toEqual({ kind: "replaced", by: "kustomization.yaml" });
    const same = NEW_TAG.replace("newTag", "newName: app\n  newTag");
    expect(fate({ "kustomization.yaml": `resources: [x.yaml]\n${same}` })).toEqual(fate({}));
    expect(
      fate({
        "kustomization.yaml": `resources: [x.yaml]\nconfigurations: [c.yaml]\n${NEW_TAG}`,
        "c.yaml": "images:\n- path: spec/tool/image\n",
      }),
    ).toEqual({ kind: "stays" });
    expect(fate({ "x.yaml": '{"spec": {"containers": [{"image" : "app"}]}}' })).toEqual({ kind: "stays" });
    expect(fate({ "x.yaml": "a: &x app\nspec:\n  containers:\n  - image: *x\n" })).toEqual({ kind: "stays" });
    expect(fate({ "x.yaml": "spec:\n  containers:\n  - image:\n      app:v1\n" })).toEqual({ kind: "stays" });
    // Nothing is built of it.
    expect(fate({ "kustomization.yaml": NEW_TAG })).toEqual({ kind: "stays" });
  });

  it("stays in a file of which everything that reaches it is a circle", () => {
    const files = {
      "a/kustomization.yaml": `resources: [../b]\n${NEW_TAG}`,
      "b/kustomization.yaml": "resources: [../a, web.yaml]\n",
      "b/web.yaml": deployment("app"),
    };
    expect(fateOf(files, "b/web.yaml")).toBeUndefined();
  });

  it("is replaced at a place that `configurations` name", () => {
    const files = {
      "kustomization.yaml": `resources: [x.yaml]\nconfigurations: [c.yaml]\n${NEW_TAG}`,
      "c.yaml": "images:\n- path: spec/tool/image\n  kind: Tool\n",
      "x.yaml": "apiVersion: a.b/v1\nkind: Tool\nmetadata: {name: x}\nspec:\n  tool:\n    image: app\n",
    };
    const at = ["spec", "tool", "image"];
    expect(fateOf(files, "x.yaml", at)).toEqual({ kind: "replaced", by: "kustomization.yaml" });
    expect(fateOf({ ...files, "c.yaml": "" }, "x.yaml", at)).toEqual({ kind: "stays" });
  });

  it("takes remote bases for nothing", () => {
    const files = { ...BASE, ...overlay("a", `- https://github.com/a/b//c?ref=v1\n${NEW_TAG}`) };
    expect(fateOf(files, "base/web.yaml")).toEqual(by("a"));
  });

  it("takes no time that grows with the ways to it", () => {
    const files: Record<string, string> = {
      "n0/kustomization.yaml": "resources: [web.yaml]\n",
      "n0/web.yaml": deployment("app"),
    };
    for (let n = 1; n < 35; n++)
      files[`n${String(n)}/kustomization.yaml`] =
        `resources: [../n${String(n - 1)}, ../n${String(n - 1)}/../n${String(n - 1)}]\n`;
    expect(fateOf(files, "n0/web.yaml")).toEqual({ kind: "stays" });
  });
});

describe("Skaffold", () => {
  const skaffold = "apiVersion: skaffold/v4beta1\nkind: Config\nbuild:\n  artifacts:\n  - image: app\n";
  it("builds its artifacts, whose images are in no registry", () => {
    expect(
      fateOf({ "skaffold.yaml": skaffold, "k8s/web.yaml": deployment("app:v1") }, "k8s/web.yaml"),
    ).toEqual({
      kind: "built",
    });
  });

  it("builds nothing else, nothing pinned, and nothing above its folder", () => {
    expect(fateOf({ "skaffold.yaml": skaffold, "web.yaml": deployment("other") }, "web.yaml")).toEqual({
      kind: "stays",
    });
    expect(fateOf({ "skaffold.yaml": skaffold, "web.yaml": deployment("app@sha256:1") }, "web.yaml")).toEqual(
      { kind: "stays" },
    );
    expect(
      fateOf({ "dev/skaffold.yaml": skaffold, "web.yaml": deployment("app") }, "web.yaml"),
    ).toBeUndefined();
  });

  it("builds the artifacts of profiles too, and reads no other file of that name", () => {
    const profile = "apiVersion: skaffold/v2\nprofiles:\n- build:\n    artifacts:\n    - image: app\n";
    expect(fateOf({ "skaffold.yaml": profile, "web.yaml": deployment("app") }, "web.yaml")).toEqual({
      kind: "built",
    });
    const other = "build:\n  artifacts:\n  - image: app\n";
    expect(fateOf({ "skaffold.yaml": other, "web.yaml": deployment("app") }, "web.yaml")).toEqual({
      kind: "stays",
    });
  });
});

describe("a patch", () => {
  const patched = (rest: string, more: Record<string, string> = {}): unknown =>
    fateOf({ ...BASE, ...overlay("a", rest), ...more }, "base/web.yaml");
  const merge = (body: string, name = "web"): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec: {template: {spec: {${body}}}}\n`;
  const inline = (text: string): string => `    ${text.trimEnd().replaceAll("\n", "\n    ")}\n`;

  it.each([
    ["of its container", merge("containers: [{name: app, image: b}]"), by("a")],
    ["of another container", merge("containers: [{name: b, image: b}]"), { kind: "stays" }],
    ["of another resource", merge("containers: [{name: app, image: b}]", "db"), { kind: "stays" }],
    ["that deletes its container", merge("containers: [{name: app, $patch: delete}]"), by("a")],
    ["that deletes the template", merge("$patch: delete"), by("a")],
    ["that replaces all containers", merge("containers: [{name: b}, {$patch: replace}]"), by("a")],
    ["of something else", merge("nodeName: n"), { kind: "stays" }],
  ])("by merge %s", (_, text, fate) => {
    expect(patched(`patchesStrategicMerge:\n- |-\n${inline(text)}`)).toEqual(fate);
    expect(patched(`patches:\n- patch: |-\n${inline(text)}`)).toEqual(fate);
    const there = patched("patches:\n- path: p.yaml\n", { "overlays/a/p.yaml": text });
    expect(there).toEqual("by" in fate ? { ...fate, by: "overlays/a/p.yaml" } : fate);
  });

  it.each([
    ["replace", `- {op: replace, path: /${IMAGE.join("/")}, value: b}`, by("a")],
    ["another", "- {op: replace, path: /spec/template/spec/containers/1/image, value: b}", { kind: "stays" }],
    [
      "container",
      "- {op: replace, path: /spec/template/spec/containers/0, value: {name: b, image: b}}",
      by("a"),
    ],
    ["remove", "- {op: remove, path: /spec/template/spec/containers/0}", by("a")],
    [
      "before",
      "- {op: add, path: /spec/template/spec/containers/0, value: {name: b, image: b}}",
      { kind: "stays" },
    ],
    [
      "behind",
      "- {op: add, path: /spec/template/spec/containers/-, value: {name: b, image: b}}",
      { kind: "stays" },
    ],
    [
      "shifted",
      "- {op: add, path: /spec/template/spec/containers/0, value: {name: b}}\n" +
        "- {op: replace, path: /spec/template/spec/containers/1/image, value: c}",
      by("a"),
    ],
  ])("of operations: %s", (_, text, fate) => {
    expect(
      patched(`patches:\n- target: {kind: Deployment, name: w.*}\n  patch: |-\n${inline(text)}`),
    ).toEqual(fate);
    expect(patched(`patches:\n- target: {kind: Job}\n  patch: |-\n${inline(text)}`)).toEqual({
      kind: "stays",
    });
    expect(patched(`patches:\n- target: {labelSelector: app=web}\n  patch: |-\n${inline(text)}`)).toEqual(
      fate,
    );
    expect(patched(`patches:\n- target: {labelSelector: app=db}\n  patch: |-\n${inline(text)}`)).toEqual({
      kind: "stays",
    });
  });

  it("finds a resource by the name that a prefix has given it", () => {
    const files = {
      ...BASE,
      "base/kustomization.yaml": "namePrefix: x-\nresources: [web.yaml]\n",
      ...overlay(
        "a",
        `patches:\n- patch: |-\n${inline(merge("containers: [{name: app, image: b}]", "x-web"))}`,
      ),
    };
    expect(fateOf(files, "base/web.yaml")).toEqual(by("a"));
  });

  it("brings an image that an entry replaces", () => {
    const patch = merge("containers: [{name: app, image: b}]");
    const path = IMAGE;
    const files = { ...BASE, "overlays/a/p.yaml": patch };
    const uses = (rest: string): Record<string, string> => overlay("a", `patches:\n- path: p.yaml\n${rest}`);
    expect(fateOf({ ...files, ...uses("") }, "overlays/a/p.yaml", path)).toEqual({ kind: "stays" });
    expect(
      fateOf({ ...files, ...uses("images:\n- name: b\n  newTag: v1\n") }, "overlays/a/p.yaml", path),
    ).toEqual(by("a"));
  });
});
