// Credentials of registries, and keychains, which find them. Another place to read credentials from is
// another keychain.

/** What writes logins to a place: a command, or the user, who sets a variable. */
export type LoginTool = "docker" | "podman" | "variable";

/** The credential of a registry's account. */
export type Credential = {
  /** The file, variable or program that had it, for messages. */
  readonly from: string;
  /** What writes such logins; without it, `docker login`. */
  readonly by?: LoginTool;
} & (
  | { readonly kind: "basic"; readonly username: string; readonly password: string }
  /** A refresh token for the registry's token server. */
  | { readonly kind: "identity-token"; readonly token: string }
  /** A bearer token for the registry itself. */
  | { readonly kind: "registry-token"; readonly token: string }
);

/** A place where credentials are kept. */
export interface Keychain {
  /**
   * Finds the credential of one registry for one repository.
   *
   * @param account the registry's main name with its port (`docker.io` for Docker Hub); it is compared as a
   *   whole
   * @param repository the path in that registry
   * @returns the credential, if this keychain has one
   * @throws LookupError `credentials` when there is a credential that cannot be read: going on without it
   *   would hide the mistake
   */
  find(account: string, repository: string): Promise<Credential | undefined>;
  /**
   * Says what went wrong where {@link find} found nothing and it may not matter.
   *
   * @returns one line, to be shown where the registry then gives no access
   */
  hint?(account: string): string | undefined;
}

/** A keychain without credentials: it reads no file and starts no helper. */
export const NO_CREDENTIALS: Keychain = { find: () => Promise.resolve(undefined) };

/**
 * Combines keychains.
 *
 * @returns a keychain that asks each of them in turn and takes the first credential
 */
export function firstOf(...keychains: readonly Keychain[]): Keychain {
  return {
    async find(account, repository) {
      for (const keychain of keychains) {
        const credential = await keychain.find(account, repository);
        if (credential) return credential;
      }
      return undefined;
    },
    hint(account) {
      for (const keychain of keychains) {
        const hint = keychain.hint?.(account);
        if (hint !== undefined) return hint;
      }
      return undefined;
    },
  };
}

/** The user name that says that the password is an identity token (docker/cli). */
export const TOKEN_USER = "<token>";

/**
 * The value of an Authorization header with HTTP's Basic scheme.
 *
 * @see RFC 7617
 */
export function basicAuthorization(credential: Exclude<Credential, { kind: "registry-token" }>): string {
  const [username, password] =
    credential.kind === "basic" ? [credential.username, credential.password] : [TOKEN_USER, credential.token];
  return `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
}
