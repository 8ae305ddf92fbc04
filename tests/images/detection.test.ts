// What other tools' own suites expect to be found (docs/measurements/detection.md), in cases of our own.
import { describe, expect, it } from "vitest";
import { DETECTION } from "./detection-cases.js";
import { fieldsOf, summary } from "./fields-of.js";

describe.each(Object.entries(DETECTION))("detection, after %s", (_, cases) => {
  it.each(cases)("%s", (__, file, text, found) => {
    expect(fieldsOf(text, file).map((field) => summary(field))).toEqual(found);
  });
});
