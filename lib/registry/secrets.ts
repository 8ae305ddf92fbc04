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

/** What was sent to registries, or may have been. All clients of a run share one object. */
export class Secrets {
  /** As {@link lettersOf} leaves them. */
  readonly #letters = new Set<string>();

  /** @param secret a password, or a token */
  add(secret: string): void {
    const letters = lettersOf(secret);
    if (letters.length >= SHORTEST) this.#letters.add(letters);
  }

  /** Adds all texts of a credential that must be in no message. */
  addThoseOf(credential: Credential): void {
    if (credential.kind === "registry-token") this.add(credential.token);
    else {
      this.add(basicAuthorization(credential).replace("Basic ", ""));
      this.add(credential.kind === "basic" ? credential.password : credential.token);
    }
  }

  /**
   * Takes the names of hosts that hold a secret out of a failure.
   *
   * @param own hosts that are named in any case, whatever they hold
   * @returns the failure itself where no secret is known
   */
  hiddenIn(failure: Failure, own: readonly string[]): Failure {
    if (this.#letters.size === 0) return failure;
    const { message, about } = failure;
    return {
      ...failure,
      message: this.#clean(message, own),
      ...(about
        ? { about: { host: this.#clean(about.host, own), cause: this.#clean(about.cause, own) } }
        : {}),
    };
  }

  #clean(text: string, own: readonly string[]): string {
    return text.replace(HOST_WORD, (word) => {
      const letters = lettersOf(word);
      const isTold = !own.includes(word) && [...this.#letters].some((secret) => letters.includes(secret));
      return isTold ? INSTEAD : word;
    });
  }
}

/** A host's name has no capital letters, and not all signs. */
function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
