// What kustomize does not build counts as if it were not there.
import { describe, expect, it } from "vitest";
import { BESIDE, FORMS } from "./forms.js";
import { fateOf } from "./trees.js";

const kindOf = (text: string, more: Readonly<Record<string, string>> = {}): string | undefined =>
  fateOf({ ...BESIDE, "app/kustomization.yaml": text, ...more }, "app/web.yaml")?.kind;

/** Three lists, one in the other, whose items are aliases of their first ones. */
function aliases(count: number): string {
  const reject = ["&c {}", ...Array<string>(count).fill("*c")].join(", ");
  const target = `{select: {}, reject: [${reject}]}`;
  const targets = [`&b ${target}`, ...Array<string>(count).fill("*b")].join(", ");
  return `replacements:\n- &a {sourceValue: x, targets: [${targets}]}\n${"- *a\n".repeat(count)}`;
}

describe("a kustomization", () => {
  it.each(Object.entries(FORMS))("%s", (_, [text, isBuilt]) => {
    expect(kindOf(text)).toBe(isBuilt ? "replaced" : undefined);
  });

  it("is none beside another one in its folder", () => {
    const [text] = FORMS["nothing special"] ?? [""];
    expect(kindOf(text, { "app/kustomization.yml": text })).toBeUndefined();
  });

  it("of a wrong form leaves what it would replace to the others", () => {
    const over = (name: string, rest: string): Record<string, string> => ({
      [`${name}/kustomization.yaml`]: `resources: [../app]\n${rest}`,
    });
    const right = over("right", "images: [{name: q.io/a, newTag: v2}]\n");
    const wrong = over("wrong2", "images: {}\n");
    expect(kindOf("resources: [web.yaml]\n", { ...right, ...wrong })).toBe("replaced");
    expect(kindOf("resources: [web.yaml]\n", { ...right, ...over("kept", "") })).toBe("stays");
  });

  it("is refused with aliases that make it endless, or so large that nobody can go through it", () => {
    const [right] = FORMS["nothing special"] ?? [""];
    expect(kindOf(right + aliases(2))).toBe("replaced");
    expect(kindOf(right + aliases(1000))).toBeUndefined();
    expect(kindOf(`${right}helmCharts: [{name: x, valuesInline: &a {b: *a}}]\n`)).toBeUndefined();
  });

  it("stands above any number of others", () => {
    const more: Record<string, string> = {};
    for (let n = 0; n < 20_000; n++)
      more[`n${String(n)}/kustomization.yaml`] = `resources: [../${n === 0 ? "app" : `n${String(n - 1)}`}]\n`;
    expect(kindOf("resources: [web.yaml]\n", more)).toBeDefined();
  });
});
