// Makes validated settings and references for tests.
import { readSettings } from "../../lib/settings/read.js";
import type { Settings } from "../../lib/settings/settings.js";
import { parseReference, type Reference } from "../../lib/reference/reference.js";

/**
 * Most tests are about where a digest goes and how it is written. What proves it is tested by itself, in
 * tests/charts/evidence.test.ts.
 */
const WITHOUT_EVIDENCE = { unknownCharts: "fix" };

/** Validated settings, as a user would have written them. */
export function settingsOf(written: Readonly<Record<string, unknown>> = {}): Settings {
  const result = readSettings({ "container-images": { ...WITHOUT_EVIDENCE, ...written } });
  if (!result.ok) throw new Error(result.message);
  return result.settings;
}

/** A reference that parses. */
export function referenceOf(text: string): Reference {
  const result = parseReference(text);
  if (!result.ok) throw new Error(`${text}: ${result.error.message}`);
  return result.reference;
}
