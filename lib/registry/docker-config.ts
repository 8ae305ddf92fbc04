// Finds credentials in Docker's config.json and Podman's auth.json, which `docker login` and `podman login`
// write: in the file itself, or with the credential helper that it names.
import {
  bestOf,
  credentialOf,
  loginOf,
  NO_ENTRIES,
  parseAuthEntries,
  placeName,
  unusable,
  type AuthEntries,
} from "./auth-entries.js";
import type { AuthSource } from "./auth-sources.js";
import type { Credential, Keychain } from "./credentials.js";
import { LookupError, oneLine } from "./failure.js";
import type { Helpers } from "./helper.js";
import { credentialsKey } from "./hosts.js";

/** A helper that a file names, and what for. */
interface Asked {
  readonly helper: unknown;
  /** The server's name for the helper. */
  readonly server: string;
  /** The same, for messages. */
  readonly place: string;
}

/**
 * Makes a keychain of one file or variable in the format of Docker's config.json. It is read once, when the
 * first credential is needed.
 *
 * A key names one registry: `host`, `host:port`, or a legacy URL (`https://host/v1/`). A key without a
 * scheme may also name a folder of repositories (`host/team`); the longest one that fits counts. All names
 * of Docker Hub are one registry. A helper in `credHelpers` counts before an entry of `auths`, and
 * `credsStore` before an entry for a whole registry; one that has no login leaves it to the entry.
 *
 * @param source what does not exist has no credentials
 * @param helpers starts the helpers that the file names
 */
export function dockerConfig(source: AuthSource, helpers: Helpers): Keychain {
  let entries: Promise<AuthEntries> | undefined;
  /** Helpers that failed where they may not have been needed, by account. */
  const failed = new Map<string, string>();
  const ask = async ({ helper, server, place }: Asked): Promise<Credential | undefined> => {
    if (typeof helper !== "string") throw unusable(source.name, "names a credential helper that is no text");
    const answer = await helpers.get(helper, server);
    if (answer.kind === "none") return undefined;
    const program = `docker-credential-${oneLine(helper)}`;
    if (answer.kind === "login")
      return loginOf(answer.username, answer.secret, `${program} (${source.name})`);
    const named = `${program}, which ${oneLine(source.name)} names for ${place},`;
    throw new LookupError("credentials", `${named} ${answer.how}`);
  };
  const find: Keychain["find"] = async (account, repository) => {
    entries ??= read(source);
    const { logins, helpers: named, store } = await entries;
    const own = bestOf(named, account, "");
    const login = bestOf(logins, account, repository);
    const inline = (): Credential | undefined => login && credentialOf(login, source.name);
    // As in Docker, an empty name means the file itself.
    if (own) {
      const { helper, key } = own;
      const asked = { helper, server: key, place: placeName(own) };
      return (helper === "" ? undefined : await ask(asked)) ?? inline();
    }
    if (store === undefined || store === "" || (login && login.path !== "")) return inline();
    try {
      const server = credentialsKey(account);
      return (await ask({ helper: store, server, place: server })) ?? inline();
    } catch (error) {
      // Who has logged in there has an entry. All others can do without the store.
      if (login || !(error instanceof LookupError)) throw error;
      failed.set(account, error.message);
      return undefined;
    }
  };
  return {
    async find(account, repository) {
      const credential = await find(account, repository);
      return credential && { ...credential, by: source.by };
    },
    hint: (account) => failed.get(account),
  };
}

async function read(source: AuthSource): Promise<AuthEntries> {
  const file = await source.read();
  if (file.kind === "missing") return NO_ENTRIES;
  if (file.kind === "bad") throw unusable(source.name, file.why);
  return parseAuthEntries(file.text, source.name, source.legacy);
}
