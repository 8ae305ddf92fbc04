// Whether names are looked up at all, asked in a way that can be left: Node's own lookup holds a thread, for
// which a process waits.
import { promises as dns } from "node:dns";
import { isAddress, isLoopbackHost } from "./addresses.js";
import { codeOf } from "./failure.js";

/** Milliseconds that a name server has. */
const PATIENCE = 5_000;
/** Milliseconds for which one answer stands for all names. */
const KNOWN = 60_000;

/**
 * Makes a check for use before Node's lookup, where the process must be able to end at any time. Whatever a
 * name server says is an answer, "no such name" too: the lookup itself reads more than name servers, and
 * decides.
 *
 * @param env where a proxy is named, it looks names up, and nothing is asked here
 * @returns a function that resolves to whether some name server answers, for a host with or without a port
 * @see https://nodejs.org/api/dns.html#implementation-considerations
 */
export function createNameCheck(env: NodeJS.ProcessEnv): (host: string) => Promise<boolean> {
  const proxied = Object.keys(env).some((name) => /^(?:https|all)_proxy$/i.test(name) && env[name] !== "");
  let last: { readonly answered: Promise<boolean>; readonly until: number } | undefined;
  return (host) => {
    const { hostname } = new URL(`https://${host}`);
    if (proxied || isAddress(hostname) || isLoopbackHost(hostname)) return Promise.resolve(true);
    if (!last || last.until < Date.now()) last = { answered: ask(hostname), until: Date.now() + KNOWN };
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
