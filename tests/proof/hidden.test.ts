// Images that a chart does not render as it is: which values are tried, and how often.
import { expect, it } from "vitest";
import { chartImages } from "../../lib/proof/chart-images.js";
import { showHidden, type Shown } from "../../lib/proof/hidden.js";
import type { Looked } from "../../lib/proof/marked.js";
import { joinValues, valueAt, type Values } from "../../lib/proof/values.js";
import { settingsOf } from "../support/settings.js";

const image = (name: string): Values => ({ image: { repository: `quay.io/acme/${name}`, tag: "v1" } });
const VALUES: Values = { mode: "none", a: image("a"), b: image("b"), c: image("c") };

/** A chart that renders the image that `mode` names; `c` asks for a password. */
function chart(tried: Values[]): Looked {
  return {
    values: VALUES,
    images: chartImages(VALUES, "1.0.0", settingsOf()),
    needs: (message) => (message === "a password is needed" ? { password: "example" } : undefined),
    render(over) {
      tried.push(over);
      const values = joinValues(VALUES, over);
      const mode = String(values["mode"]);
      if (mode === "c" && values["password"] === undefined)
        return Promise.resolve({ ok: false, message: "a password is needed" });
      const [repository, tag] = ["repository", "tag"].map((key) =>
        String(valueAt(values, [mode, "image", key])),
      );
      return Promise.resolve({ ok: true, documents: [`image: ${String(repository)}:${String(tag)}\n`] });
    },
  };
}

const fieldsOf = (found: readonly Shown[]): unknown =>
  found.map(({ values, images }) => ({ values, images: images.map(({ field }) => field) }));

it("each image gets the values that show it, with what the chart needs then", async () => {
  const tried: Values[] = [];
  const ways = ({ path: [mode] }: { path: readonly unknown[] }): Values[] => [{ mode: "other" }, { mode }];
  const found = await showHidden(chart(tried), ways, () => true);
  expect(fieldsOf(found)).toEqual([
    { values: { mode: "a" }, images: ["a.image"] },
    { values: { mode: "b" }, images: ["b.image"] },
    { values: { mode: "c", password: "example" }, images: ["c.image"] },
  ]);
  // `other` once for all, then each mode; `c` once more.
  expect(tried).toHaveLength(5);
});

it("nothing is tried where there is no time", async () => {
  const tried: Values[] = [];
  expect(
    await showHidden(
      chart(tried),
      () => [{ mode: "a" }],
      () => false,
    ),
  ).toEqual([]);
  expect(tried).toEqual([]);
});
