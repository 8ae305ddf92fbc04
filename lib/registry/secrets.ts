// Takes secrets out of messages: who got one may repeat it, for example in the name of the host to which a
// redirect leads.
import type { Failure } from "../reference/answer.js";
import { basicAuthorization, type Credential } from "./credentials.js";

/** Shorter secrets occur in any word by chance. */
const SHORTEST = 4;
/**
 * A word of a message that may be a host's name, with what may stand around it. A path is none. A name
 * without a dot is one only where `trust.ts` says what a registry points to: any other word may be a short
 * password.
 */
const HOST_WORD =
  /(?<=points to )[^\s,]+|(?<![^\s`'"(])[^\s`'"(/,;]+\.[^\s`'"/,;)]*[^\s`'"/,;:)](?![^\s`'",:;)])/g;
const INSTEAD = "a host whose name holds a secret";

/** The texts of a credential that must be in no message. */
export function secretsOf(credential: Credential): readonly string[] {
  if (credential.kind === "registry-token") return [credential.token];
  const header = basicAuthorization(credential).replace("Basic ", "");
  return credential.kind === "basic" ? [credential.password, header] : [credential.token, header];
}

/**
 * Takes the names of hosts that hold a secret out of a failure.
 *
 * @param secrets what was sent to a registry: passwords, tokens
 * @param own hosts that are named in any case, whatever they hold
 */
export function withoutSecrets(
  failure: Failure,
  secrets: readonly string[],
  own: readonly string[],
): Failure {
  const hidden = secrets.map(lettersOf).filter((letters) => letters.length >= SHORTEST);
  if (hidden.length === 0) return failure;
  const clean = (text: string): string =>
    text.replace(HOST_WORD, (word) => {
      const letters = lettersOf(word);
      const isTold = !own.includes(word) && hidden.some((secret) => letters.includes(secret));
      return isTold ? INSTEAD : word;
    });
  const { message, about } = failure;
  return {
    ...failure,
    message: clean(message),
    ...(about ? { about: { host: clean(about.host), cause: clean(about.cause) } } : {}),
  };
}

/** A host's name has no capital letters, and not all signs. */
function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
