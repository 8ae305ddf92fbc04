// Checks whether existing digests are still right. It asks registries and never reads the cache.
import type { Answer, Failure } from "../reference/answer.js";
import type { Digest } from "../reference/digest.js";
import { formatReference, type Reference } from "../reference/reference.js";
import { createClient, type Client } from "../registry/client.js";
import { Logins } from "../registry/logins.js";
import { networkSettings, type NetworkSettings } from "../settings/network.js";
import { COMMAND_PATIENCE, createRunClock, isHeard, VERIFY_LIMIT } from "./clock.js";

type Verdict = "ok" | "tag moved" | "digest gone" | "tag gone" | "one platform" | "unreachable";

/** The verdict on one pinned reference. */
export interface Verification {
  readonly verdict: Verdict;
  /** The digest that the tag points to now, if there is a tag and its digest is known. */
  readonly current?: Digest;
  /** For `one platform`: how many platforms the tag's index has. */
  readonly platformCount?: number;
  /** For `unreachable`: why there is no verdict. */
  readonly failure?: Failure;
}

/** A reference with a digest. */
export type Pinned = Reference & { readonly digest: Digest };

export interface Verifier {
  /**
   * Verifies references with the same settings, all at the same time. Each verifier asks for the same tag
   * only once.
   *
   * @param settings which registries are trusted, and where they are asked
   * @returns the verdict; never throws. After two minutes in which no registry answered, and ten minutes in
   *   all, the verifier gives up on what is left
   */
  verify(reference: Pinned, settings: NetworkSettings): Promise<Verification>;
  /** Ends all connections. */
  close(): void;
}

/** What is needed to verify references with the same settings. */
interface Tools {
  readonly client: Client;
  readonly asked: Map<string, Promise<Answer>>;
}

/**
 * Makes a verifier.
 *
 * @param env names proxies and the folder of Docker's configuration
 * @param patience milliseconds of silence after which it gives up
 * @param limit milliseconds after which it gives up in any case
 */
export function createVerifier(
  env: NodeJS.ProcessEnv = process.env,
  patience = COMMAND_PATIENCE,
  limit = VERIFY_LIMIT,
): Verifier {
  const known = new Map<string, Tools>();
  const logins = new Logins();
  const clock = createRunClock(patience, limit);
  const toolsFor = (all: NetworkSettings): Tools => {
    const settings = networkSettings(all);
    const key = JSON.stringify(settings);
    const tools = known.get(key) ?? {
      client: createClient(settings, env, undefined, logins),
      asked: new Map<string, Promise<Answer>>(),
    };
    known.set(key, tools);
    return tools;
  };
  const heard = <T extends { readonly ok: boolean }>(answer: T): T => {
    if (isHeard(answer)) clock.heard();
    return answer;
  };
  return {
    async verify(reference, settings) {
      const { client, asked } = toolsFor(settings);
      const end = clock.begin();
      try {
        return await verifyOne(reference, {
          resolve(target) {
            const key = formatReference(target);
            const answer = asked.get(key) ?? client.resolve(target, clock.signal).then(heard);
            asked.set(key, answer);
            return answer;
          },
          inspect: async (digest) => heard(await client.inspect(reference, digest, clock.signal)),
          failed: (failure) => clock.failure ?? failure,
        });
      } finally {
        end();
      }
    },
    close() {
      for (const { client } of known.values()) client.close();
      known.clear();
    },
  };
}

/** How one reference's verdict is found. */
interface Questions {
  readonly resolve: (target: Reference) => Promise<Answer>;
  readonly inspect: (digest: Digest) => ReturnType<Client["inspect"]>;
  /** The failure to report: what was stopped has its reason in the run. */
  readonly failed: (failure: Failure) => Failure;
}

async function verifyOne(
  { domain, repository, tag, digest, written }: Pinned,
  { resolve, inspect, failed }: Questions,
): Promise<Verification> {
  const name = { domain, repository, written };
  const byTag = tag === undefined ? undefined : await resolve({ ...name, tag });
  if (byTag?.ok && byTag.digest === digest) return { verdict: "ok", current: digest };
  if (byTag && !byTag.ok && byTag.reason !== "not-found")
    return { verdict: "unreachable", failure: failed(byTag) };
  const current = byTag?.ok ? { current: byTag.digest } : {};
  const byDigest = await resolve({ ...name, digest });
  if (!byDigest.ok)
    return byDigest.reason === "not-found"
      ? { verdict: "digest gone", ...current }
      : { verdict: "unreachable", failure: failed(byDigest), ...current };
  if (!byTag) return { verdict: "ok" };
  if (!byTag.ok) return { verdict: "tag gone" };
  // The same manifest, with a digest of another algorithm.
  if (byDigest.digest === byTag.digest) return { verdict: "ok", ...current };
  const index = await inspect(byTag.digest);
  if (!index.ok) return { verdict: "unreachable", failure: failed(index), ...current };
  if (index.children.has(digest))
    return { verdict: "one platform", platformCount: index.platformCount, ...current };
  return { verdict: "tag moved", ...current };
}
