// The settings that a lookup depends on. They are in a file of their own so that a lint that asks nothing
// loads no network code.
import { networkSettings, type NetworkSettings } from "../settings/network.js";
import type { Settings } from "../settings/settings.js";

export type ResolveSettings = NetworkSettings & Pick<Settings, "maxAge" | "cacheDirectory">;

/**
 * Makes a plain copy of these settings, which can be sent to a thread.
 *
 * @param settings may be all of the user's settings
 */
export function settingsToSend(settings: ResolveSettings): ResolveSettings {
  const { maxAge, cacheDirectory } = settings;
  return {
    ...networkSettings(settings),
    maxAge,
    ...(cacheDirectory === undefined ? {} : { cacheDirectory }),
  };
}
