// The settings on which the way to a registry depends: one list, from which copies and keys are made.
import type { Settings } from "./settings.js";

const NAMES = [
  "registries",
  "mirrors",
  "insecureRegistries",
  "tokenHosts",
  "caFile",
  "registriesConf",
  "timeout",
] as const;

/** The settings that a registry client needs. */
export type NetworkSettings = Pick<Settings, (typeof NAMES)[number]>;

/**
 * Picks these settings.
 *
 * @param settings may be all of the user's settings
 * @returns plain data, which can be sent to a thread; equal settings make an equal text in JSON
 */
export function networkSettings(settings: NetworkSettings): NetworkSettings {
  const copy = (value: unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : value;
  const picked = NAMES.filter((name) => settings[name] !== undefined).map((name) => [
    name,
    copy(settings[name]),
  ]);
  return Object.fromEntries(picked) as NetworkSettings;
}
