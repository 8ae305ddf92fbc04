// Whether what is known of some versions of a chart counts for another one.
import { expect, it } from "vitest";
import { versionFits } from "../../lib/charts/facts/version-fits.js";

it.each([
  ["1.2.3", "1.2.3", true],
  ["1.2.3", "v1.2.3", true],
  ["1.2.3", "1.2.3+build.5", true],
  ["1.2.3", "1.2.4", false],
  ["1.2.3", "1.2.3-rc.1", false],
  ["1.2.3-rc.1", "1.2.3-rc.1", true],
  ["1.0.0 - 1.2.3", "1.1.9", true],
  ["1.0.0 - 1.2.3", "1.2.3", true],
  ["1.0.0 - 1.2.3", "1.2.4", false],
  ["1.9.0 - 1.10.0", "1.10.0", true],
  ["1.0.0 - 1.2.3", "1.1.0-rc.1", false],
  ["1.2.3", "^1.0.0", true],
  ["1.2.3", undefined, true],
  [undefined, "9.9.9", true],
])("known of %s, in use %s: %s", (versions, used, fits) => {
  expect(versionFits(versions, used)).toBe(fits);
});
