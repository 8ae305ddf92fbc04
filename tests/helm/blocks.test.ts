// Which arms a template's chains have, and which of them hold an offset.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { armFinder, arms } from "../../lib/helm/blocks.js";
import { scan } from "../../lib/helm/scan.js";

function armsOf(text: string) {
  return arms(scan(text).actions, text.length);
}

function described(text: string): readonly string[] {
  return armsOf(text).map(
    (arm) => `${String(arm.chain)}.${String(arm.index)} ${arm.keyword} ${text.slice(arm.start, arm.end)}`,
  );
}

describe("arms", () => {
  it.each([
    ["if and else", "{{if a}}1{{else if b}}2{{else}}3{{end}}4", ["0.0 if 1", "0.1 if 2", "0.2 if 3"]],
    ["chains beside each other", "{{if a}}1{{end}}{{with b}}2{{end}}", ["0.0 if 1", "1.0 with 2"]],
    [
      "a chain in an arm",
      "{{if a}}1{{range b}}2{{end}}3{{else}}4{{end}}",
      ["0.0 if 1{{range b}}2{{end}}3", "1.0 range 2", "0.1 if 4"],
    ],
    ["a chain without end", "{{if a}}1{{else}}2", ["0.0 if 1", "0.1 if 2"]],
    ["end without a chain", "1{{end}}2{{else}}3{{if a}}4{{end}}", ["0.0 if 4"]],
    ["an empty arm", "{{if a}}{{end}}", ["0.0 if "]],
  ])("pairs %s", (_name, text, expected) => {
    expect(described(text)).toEqual(expected);
  });
});

describe("armFinder", () => {
  it("names the arms around an offset, outermost first", () => {
    const text = "0{{if a}}1{{range b}}2{{end}}3{{else}}4{{end}}5";
    const at = armFinder(armsOf(text));
    const around = (character: string) =>
      at(text.indexOf(character)).map((arm) => `${String(arm.chain)}.${String(arm.index)}`);
    expect(["0", "1", "2", "3", "4", "5"].map(around)).toEqual([
      [],
      ["0.0"],
      ["0.0", "1.0"],
      ["0.0"],
      ["0.1"],
      [],
    ]);
  });

  it("finds what looking at every arm finds", () => {
    const piece = fc.constantFrom("{{if a}}", "{{range b}}", "{{else}}", "{{end}}", "x");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        const all = armsOf(text);
        const at = armFinder(all);
        for (let offset = 0; offset < text.length; offset++) {
          expect(at(offset)).toEqual(all.filter((arm) => arm.start <= offset && offset < arm.end));
        }
      }),
    );
  });

  it("stays fast where chains are nested very deep", () => {
    const text = "{{if a}}".repeat(50_000);
    expect(armFinder(armsOf(text))(text.length - 1).length).toBeLessThanOrEqual(100);
  });
});
