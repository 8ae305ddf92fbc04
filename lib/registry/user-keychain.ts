// The user's own logins: all places where Docker, Podman and GitLab keep them.
import { authSources } from "./auth-sources.js";
import { firstOf, type Keychain } from "./credentials.js";
import { dockerConfig } from "./docker-config.js";
import { createHelpers } from "./helper.js";

/**
 * Makes the keychain of the user who runs this process. Nothing is read or started yet.
 *
 * @param env says where to look, and where credential helpers are
 * @param timeout milliseconds for a lookup, of which a helper may use two thirds
 */
export function userKeychain(env: NodeJS.ProcessEnv, timeout: number): Keychain {
  const helpers = createHelpers(env, Math.ceil((timeout * 2) / 3));
  return firstOf(...authSources(env).map((source) => dockerConfig(source, helpers)));
}
