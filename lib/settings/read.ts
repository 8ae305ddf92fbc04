// Reads and validates the user's settings.
import { isRecord, step, Wrong } from "./checks.js";
import { plainMirrors } from "./registries.js";
import type { Settings } from "./settings.js";
import { DEFAULTS, SETTING_ROWS } from "./table.js";

/** The name of our object in ESLint's `settings`. */
export const SETTINGS_KEY = "container-images";

export type SettingsResult =
  { readonly ok: true; readonly settings: Settings } | { readonly ok: false; readonly message: string };

const parsed = new WeakMap<object, SettingsResult>();

/**
 * Validates the user's settings.
 *
 * @param all ESLint's whole `settings` object (of a configuration or a rule's context)
 * @returns the settings with all defaults, or one line that names the first wrong setting and what it must
 *   be; never throws. The result for one object is computed once.
 */
export function readSettings(all: unknown): SettingsResult {
  const raw = isRecord(all) && Object.hasOwn(all, SETTINGS_KEY) ? all[SETTINGS_KEY] : undefined;
  if (raw === undefined) return { ok: true, settings: DEFAULTS };
  if (!isRecord(raw)) return fail(" must be an object");
  const known = parsed.get(raw);
  if (known) return known;
  const result = validate(raw);
  parsed.set(raw, result);
  return result;
}

function validate(raw: Readonly<Record<string, unknown>>): SettingsResult {
  const settings: Record<string, unknown> = { ...DEFAULTS };
  for (const [name, value] of Object.entries(raw)) {
    const row = SETTING_ROWS.find((candidate) => candidate.name === name);
    if (!row) {
      const names = SETTING_ROWS.map((each) => each.name).join(", ");
      return fail(`${step(name)} is no setting; there are ${names}`);
    }
    if (value === undefined) continue;
    const kept = row.check(value);
    if (kept instanceof Wrong) return fail(`.${name}${kept.at} must be ${kept.must}`);
    settings[name] = kept;
  }
  const complete = settings as unknown as Settings;
  const wrong = plainMirrors(complete.mirrors, complete.insecureRegistries);
  return wrong ? fail(`.mirrors${wrong.at} must be ${wrong.must}`) : { ok: true, settings: complete };
}

function fail(message: string): SettingsResult {
  return { ok: false, message: `settings["${SETTINGS_KEY}"]${message}` };
}
