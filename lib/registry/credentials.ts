// Credentials: what they are, and keychains, which know them. A new place where credentials are kept is a new
// keychain.

/** What a registry's account is. */
export type Credential =
  | { readonly kind: "basic"; readonly username: string; readonly password: string }
  /** A refresh token for the registry's token server. */
  | { readonly kind: "identity-token"; readonly token: string }
  /** A bearer token for the registry itself. */
  | { readonly kind: "registry-token"; readonly token: string };

/** Somewhere that credentials are kept. */
export interface Keychain {
  /**
   * Finds the credential of one registry for one repository.
   *
   * @param account the registry's main name with its port (`docker.io` for Docker Hub), exact: nothing is
   *   matched by part
   * @param repository the path in that registry
   * @returns the credential, or nothing when this keychain has none
   * @throws LookupError `credentials` when there is one that cannot be read: going on without it would hide
   *   the mistake
   */
  find(account: string, repository: string): Promise<Credential | undefined>;
}

/** For whoever asks as nobody in particular: no file is read, and no helper started. */
export const NO_CREDENTIALS: Keychain = { find: () => Promise.resolve(undefined) };

/**
 * Puts keychains one behind the other.
 *
 * @returns a keychain that asks each in turn and takes the first answer
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
  };
}

/** The value of an Authorization header with HTTP's Basic scheme. */
export function basicAuthorization(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
}
