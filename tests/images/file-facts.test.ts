// What a file is: by its name, by the files beside it, and by the user's settings.
import { describe, expect, it } from "vitest";
import { fieldsOf } from "./fields-of.js";
import { settingsOf } from "../support/settings.js";

describe("what a file is", () => {
  const text = "proxy:\n  repository: a/b\n  tag: v1\n";
  it("takes a file beside a Chart.yaml for values", () => {
    const beside = (path: string) => (path === "Chart.yaml" ? "name: x" : undefined);
    expect(fieldsOf(text, "chart/defaults.yaml")).toEqual([]);
    expect(fieldsOf(text, "chart/defaults.yaml", settingsOf(), beside)).toHaveLength(1);
  });
  it("takes a file in a chart's folder of examples for values", () => {
    const below = (path: string) => (path === "../Chart.yaml" ? "name: x" : undefined);
    expect(fieldsOf(text, "chart/ci/small.yaml", settingsOf(), below)).toHaveLength(1);
    expect(fieldsOf(text, "chart/files/small.yaml", settingsOf(), below)).toEqual([]);
  });
  it("obeys the setting `files`", () => {
    const asValues = settingsOf({ files: [{ files: "any.yaml", kind: "values" }] });
    expect(fieldsOf(text, "a/any.yaml", asValues)).toHaveLength(1);
    const asNone = settingsOf({ files: [{ files: "values.yaml", kind: "none" }] });
    expect(fieldsOf(text, "values.yaml", asNone)).toEqual([]);
  });
});
