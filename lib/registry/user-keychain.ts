// The user's own logins: all places where Docker, Podman and GitLab keep them.
import { authSources } from "./auth-sources.js";
import { firstOf, type Keychain } from "./credentials.js";
import { dockerConfig } from "./docker-config.js";
import { createHelpers } from "./helper.js";
import { loginCommand } from "./logins.js";

/**
 * Makes the keychain of the user who runs this process. Nothing is read or started yet.
 *
 * @param env says where to look, and where credential helpers are
 * @param timeout milliseconds for a lookup, of which a helper may use two thirds
 */
export function userKeychain(env: NodeJS.ProcessEnv, timeout: number): Keychain {
  const helpers = createHelpers(env, Math.ceil((timeout * 2) / 3));
  const sources = authSources(env);
  const keychain = firstOf(...sources.map((source) => dockerConfig(source, helpers)));
  if (sources.some(({ by }) => by === "docker")) return keychain;
  // REGISTRY_AUTH_FILE names the only file: what `docker login` writes counts nowhere.
  return {
    find: (account, repository) => keychain.find(account, repository),
    hint: (account) =>
      keychain.hint?.(account) ?? `\`${loginCommand({ account }, "podman")}\` if it is private`,
  };
}
