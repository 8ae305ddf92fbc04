// Trees that somebody made to break the search: it ends, says what it left out, and never leaves the tree.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  documentsOf,
  entriesAt,
  itemsAt,
  lineOf,
  textAt,
  type YamlNode,
} from "../../../lib/charts/uses/document.js";
import { valuesFilesOf } from "../../../lib/charts/uses/values-files.js";
import { found, lines } from "./tree.js";

/** Ten levels, each of ten aliases of the one before. */
const BOMB = Array.from({ length: 10 }, (_, level) =>
  level === 0
    ? "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"
    : `a${String(level)}: &a${String(level)} [${Array(10)
        .fill(`*a${String(level - 1)}`)
        .join(", ")}]`,
).join("\n");

describe("hostile trees", () => {
  it.each([
    ["aliases of aliases", `${BOMB}\nreleases: *a9\nhelmCharts: *a9\n`],
    ["a node in itself", "a: &a {releases: *a, <<: *a, helmCharts: [*a], name: x}\n"],
    ["a merge of itself", "releases: &r [{<<: *r, chart: x}]\n<<: &b {<<: *b}\n"],
    ["an alias of nothing", "releases: *nothing\n"],
    ["a list", "- a\n- b\n"],
    ["a text", "text"],
    ["null", "null"],
    ["nothing", ""],
    ["no YAML", "a: [\n"],
    ["a NUL", "a: \0\n"],
    ["deep nesting", "[".repeat(5_000)],
    ["an unclosed action", "releases:\n- chart: {{ x\n"],
  ])("ends with %s", (_, text) => {
    const texts = {
      "Chart.yaml": text,
      "values.yaml": text,
      "requirements.yaml": text,
      "helmfile.yaml": text,
      "kustomization.yaml": text,
      "fleet.yaml": text,
      "skaffold.yaml": `apiVersion: skaffold/v1\n${text}`,
      "all.yaml": ["HelmRelease", "Application", "ApplicationSet", "HelmChart", "HelmOp", "OCIRepository"]
        .map((kind) => `kind: ${kind}\napiVersion: argoproj.io/v1\nspec: &s\n${text.replaceAll(/^/gm, "  ")}`)
        .join("\n---\n"),
    };
    expect(() => found(texts)).not.toThrow();
  });

  it("stops where aliases make more releases than can be looked at, and says so", () => {
    const values = `[${Array.from({ length: 2_000 }, () => "*v").join(", ")}]`;
    const releases = `[${Array.from({ length: 2_000 }, () => "*r").join(", ")}]`;
    const text = `v: &v {tag: 1}\nr: &r {name: x, chart: a/x, values: ${values}}\nreleases: ${releases}\n`;
    const { uses, problems } = found({ "helmfile.yaml": text });
    expect(uses.length).toBeLessThanOrEqual(2_000);
    expect(problems).toEqual([
      "helmfile.yaml:1 is read in part only: its aliases lead to more than can be looked at",
    ]);
  });

  it("does not read a file that is too long, and says so", () => {
    const text = `kind: HelmRelease\n${"#".repeat(2_500_000)}`;
    expect(found({ "a.yaml": text, "b.yaml": "kind: HelmRelease" }).problems).toEqual([
      "a.yaml:1 is not read: it is longer than 2500000 characters",
    ]);
  });

  it("says no more than 200 things, each in one printable line", () => {
    const release = (name: string): string =>
      `kind: HelmRelease\nspec: {chart: {spec: {chart: "\\e[31m${name}\\n/"}}}\n`;
    const text = Array.from({ length: 500 }, (_, index) => release(String(index))).join("---\n");
    const { problems } = found({ "a\n::b.yaml": text });
    expect(problems).toHaveLength(201);
    for (const problem of problems) expect(problem).toMatch(/^[\x20-\x7e…]+$/);
    expect(problems.at(-1)).toBe("… and more that is not told");
  });

  it("leaves out files and paths outside the tree", () => {
    const texts = {
      "/etc/helmfile.yaml": "releases: [{chart: a/x}]",
      "../helmfile.yaml": "releases: [{chart: a/x}]",
      "a/../helmfile.yaml": "releases: [{chart: a/x}]",
      "d/helmfile.yaml": [
        "releases:",
        "- chart: a/x",
        "  values: [/etc/passwd, ../../x, ../in.yaml, 'C:\\x', ~/x, 'https://x.example/v.yaml', '{{x}}/../../../y']",
      ].join("\n"),
    };
    expect(lines(texts)).toEqual(["helmfile d/helmfile.yaml:2: x - from ? | in.yaml"]);
  });

  it("makes globs of few stars of a path with many actions", () => {
    const path = `${"{{a}}x".repeat(100)}/${"{{path}}/".repeat(50)}v.yaml`;
    const [use] = found({ "helmfile.yaml": `releases: [{chart: a/x, values: ['${path}']}]` }).uses;
    expect(use?.values).toEqual([{ kind: "pattern", glob: `*/**/**/${"*/".repeat(48)}v.yaml` }]);
    expect(use && valuesFilesOf(use, [`${"x".repeat(250)}/${"y/".repeat(60)}z.yaml`])).toEqual([]);
  });

  it("walks any text without an error", () => {
    const piece = fc.constantFrom(
      "a: ",
      "&a ",
      "*a",
      "<<: ",
      "- ",
      "{{ x }}",
      "{{",
      "\n",
      "  ",
      "[",
      "]",
      "|",
      "'",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        let left = 300;
        const visit = (node: YamlNode): void => {
          if (left-- <= 0) return;
          expect(lineOf(node)).toBeGreaterThan(0);
          textAt(node);
          for (const item of itemsAt(node)) visit(item);
          for (const [, value] of entriesAt(node)) visit(value);
        };
        for (const node of documentsOf("a.yaml", pieces.join("")).nodes) visit(node);
      }),
    );
  });
});
