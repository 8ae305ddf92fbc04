// Checks whether a name server answers, in a way that can be abandoned: Node's own lookup blocks a thread,
// for which the process waits at its end.
import { promises as dns } from "node:dns";
import { isAddress, isLoopbackHost } from "./addresses.js";
import { codeOf } from "./failure.js";

/** Milliseconds within which a name server must answer. */
const PATIENCE = 5_000;
/** Milliseconds for which one answer counts for all names. */
const KNOWN = 60_000;

/**
 * Makes a check that is done before Node's lookup in a process that must be able to end at any time. "No such
 * name" counts as an answer: Node's lookup decides, and it reads more than name servers.
 *
 * @param env where a proxy is named, the proxy looks up names, and nothing is asked here
 * @returns a function that resolves to whether a name server answers, for a host with or without a port
 * @see https://nodejs.org/api/dns.html#implementation-considerations
 */
export function createNameCheck(env: NodeJS.ProcessEnv): (host: string) => Promise<boolean> {
  const proxied = Object.keys(env).some((name) => /^(?:https|all)_proxy$/i.test(name) && env[name] !== "");
  let last: { readonly answered: Promise<boolean>; readonly until: number } | undefined;
  return (host) => {
    const { hostname } = new URL(`https://${host}`);
    if (proxied || isAddress(hostname) || isLoopbackHost(hostname)) return Promise.resolve(true);
    if (!last || last.until < performance.now())
      last = { answered: ask(hostname), until: performance.now() + KNOWN };
    return last.answered;
  };
}

async function ask(hostname: string): Promise<boolean> {
  try {
    await new dns.Resolver({ timeout: PATIENCE, tries: 1 }).resolve4(hostname);
    return true;
  } catch (error) {
    return codeOf(error) !== dns.TIMEOUT;
  }
}
