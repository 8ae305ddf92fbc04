// Remembers which credentials were refused, so that a wrong password is tried once: a registry may lock the
// account after a few tries.
import { orAborted } from "./budget.js";
import { basicAuthorization, type Credential, type LoginTool } from "./credentials.js";
import { LookupError, oneLine } from "./failure.js";
import { Secrets } from "./secrets.js";
import type { TrustedRegistry } from "./trust.js";

/** A credential that is sent to a registry or its token server. */
type Login = Exclude<Credential, { kind: "registry-token" }>;

/** What became of one login. */
interface Trial {
  /** Settled when the first request with these credentials has ended; it never fails. */
  readonly first: Promise<void>;
  /** Whether a host took them. */
  taken: boolean;
  refusal?: LookupError;
}

/** The credentials that this run has tried. All clients of a run share one object. */
export class Logins {
  /** What must be in no message of this run, whichever lookup it is of. */
  readonly secrets = new Secrets();
  /** By account and credential: a new password is tried again. */
  readonly #trials = new Map<string, Trial>();

  /**
   * Sends a request with credentials. Until one host has taken them, only one request with them is under way;
   * all others wait for its end.
   *
   * @param registry whose account it is
   * @returns the answer
   * @throws LookupError `credentials` where they are refused, or were refused before; else what `send` throws
   */
  async attempt<T>(registry: TrustedRegistry, credential: Login, attempt: Attempt<T>): Promise<T> {
    const { signal } = attempt;
    const key = JSON.stringify([registry.account, basicAuthorization(credential)]);
    let trial = this.#trials.get(key);
    while (trial && !trial.refusal && !trial.taken) {
      await orAborted(trial.first, signal);
      trial = this.#trials.get(key);
    }
    if (trial?.refusal) throw trial.refusal;
    if (trial) return sendOnce(trial, registry, credential, attempt);
    const [own, end] = begin();
    this.#trials.set(key, own);
    try {
      return await sendOnce(own, registry, credential, attempt);
    } finally {
      // Without an answer it is still not known whether the password is right: the next request tries it.
      if (!own.taken && !own.refusal) this.#trials.delete(key);
      end();
    }
  }
}

function begin(): readonly [trial: Trial, end: () => void] {
  let end = (): void => undefined;
  const first = new Promise<void>((resolve) => {
    end = resolve;
  });
  return [{ first, taken: false }, end];
}

async function sendOnce<T>(
  trial: Trial,
  registry: TrustedRegistry,
  credential: Credential,
  { send, host, isRefused }: Attempt<T>,
): Promise<T> {
  const answer = await send();
  if (!isRefused(answer)) {
    trial.taken = true;
    return answer;
  }
  trial.refusal = refusedBy(host, registry, credential);
  throw trial.refusal;
}

/** One request with credentials. */
interface Attempt<T> {
  readonly send: () => Promise<T>;
  /** The host that is asked, for the message. */
  readonly host: string;
  /** Whether an answer says that the credentials are wrong. */
  readonly isRefused: (answer: T) => boolean;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

/** The failure of every lookup with credentials that a host has refused. */
export function refusedBy(host: string, registry: TrustedRegistry, { from, by }: Credential): LookupError {
  // `docker login` writes to a place that counts after the variable and after the files of Podman.
  const remedy = by === "variable" ? "correct that variable" : `\`${loginCommand(registry, by)}\` again`;
  return new LookupError(
    "credentials",
    `${host} refused the credentials for ${registry.account} from ${oneLine(from)}; ${remedy}`,
  );
}

/**
 * The cause of a failure where a registry gives no access. It does not tell whether there is such a
 * repository.
 *
 * @param credential what was sent, if anything
 * @param hint why no credential was found, if something went wrong there
 */
export function noAccess(
  registry: TrustedRegistry,
  credential: Credential | undefined,
  hint: string | undefined,
): string {
  const login = credential
    ? ` with the credentials from ${oneLine(credential.from)}`
    : `; ${hint ?? `\`${loginCommand(registry)}\` if it is private`}`;
  return `was not found, or there is no access to it${login}`;
}

/** The cause of a failure where a token server may not get the registry's credentials. */
export function notItsOwn(server: string): string {
  return (
    `sends its users to ${server}, which is not its own: it was asked without credentials, and gave no ` +
    "token; name it in the setting `tokenHosts` if it may get them"
  );
}

/**
 * What to type to log in to a registry.
 *
 * @param registry its account
 * @param by which command writes the logins that count
 */
export function loginCommand(
  { account }: Pick<TrustedRegistry, "account">,
  by: LoginTool = "docker",
): string {
  if (by === "podman") return `podman login ${account}`;
  return account === "docker.io" ? "docker login" : `docker login ${account}`;
}
