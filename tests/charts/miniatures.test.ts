// What we write into the miniatures' values; tests/oracles/charts.test.ts renders them with Helm.
import { describe, expect, it } from "vitest";
import { plan } from "../../lib/pinning/plan.js";
import { neighbourOf } from "../../lib/read-neighbour.js";
import { folderOf, MINIATURES, valuesOf } from "./miniatures.js";
import { fieldsOf } from "../images/fields-of.js";
import { settingsOf } from "../support/settings.js";

describe("the miniatures", () => {
  it.each(MINIATURES)("$folder: what is fixed, and what is left", (miniature) => {
    const filename = `${folderOf(miniature)}/values.yaml`;
    const fields = fieldsOf(valuesOf(miniature), filename, settingsOf(), neighbourOf(filename)).filter(
      ({ state }) => state === "unpinned",
    );
    const fixed = fields.filter((field) => plan(field, settingsOf()).kind === "fix");
    expect(fixed.map(({ field }) => field)).toEqual(miniature.fixed);
    expect(fields.filter((field) => !fixed.includes(field)).map(({ field }) => field)).toEqual(
      miniature.left,
    );
  });
});
