// An entry of `images` of which nothing is left to match: a base has given its image another name.
import { describe, expect, it } from "vitest";
import { deployment, fateOf } from "./trees.js";

const renaming = (name: string, newName: string): string =>
  `images:\n- name: ${name}\n  newName: ${newName}\n  newTag: v1\n`;

/** What becomes of the overlay's entry. */
const entry = (base: string, overlay: string, more: Readonly<Record<string, string>> = {}): unknown =>
  fateOf(
    {
      "base/kustomization.yaml": `resources: [web.yaml]\n${base}`,
      "base/web.yaml": deployment("controller:latest"),
      "over/kustomization.yaml": `resources: [../base]\n${overlay}`,
      ...more,
    },
    "over/kustomization.yaml",
    ["images", 0],
    "q.io/a:v1",
  )?.kind;

describe("an entry of an overlay", () => {
  it("is not deployed where the base's entry has renamed its image", () => {
    const base = renaming("controller", "q.io/operator");
    expect(entry(base, renaming("controller", "q.io/a"))).toBe("replaced");
    const withNames = `configurations: [names.yaml]\n${base}`;
    const more = { "base/names.yaml": "nameReference:\n- kind: Service\n" };
    expect(entry(withNames, renaming("controller", "q.io/a"), more)).toBe("replaced");
  });

  it.each([
    ["names the new name", renaming("controller", "q.io/operator"), renaming("q.io/operator", "q.io/a")],
    ["names what the base leaves", renaming("other", "q.io/operator"), renaming("controller", "q.io/a")],
    [
      "names what the base only tags",
      "images: [{name: controller, newTag: v2}]\n",
      renaming("controller", "q.io/a"),
    ],
  ])("is deployed where it %s", (_, base, overlay) => {
    expect(entry(base, overlay)).toBe("stays");
  });

  it("is deployed where another base still has the image", () => {
    const overlay = renaming("controller", "q.io/a");
    const more = {
      "over/kustomization.yaml": `resources: [../base, ../other]\n${overlay}`,
      "other/kustomization.yaml": "resources: [db.yaml]\n",
      "other/db.yaml": deployment("controller:v2", "db"),
    };
    expect(entry(renaming("controller", "q.io/operator"), overlay, more)).toBe("stays");
  });

  it("of a component is deployed: it comes before the entries of what uses it", () => {
    const files = {
      "web.yaml": deployment("controller:latest"),
      "kustomization.yaml": `resources: [web.yaml]\ncomponents: [part]\n${renaming("controller", "q.io/b")}`,
      "part/kustomization.yaml": `kind: Component\n${renaming("controller", "q.io/a")}`,
    };
    expect(fateOf(files, "part/kustomization.yaml", ["images", 0], "q.io/a:v1")?.kind).toBe("stays");
  });
});
