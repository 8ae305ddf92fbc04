// Whether digests that stand are still right: asks registries, and never the cache.
import type { Answer } from "../reference/answer.js";
import type { Digest } from "../reference/digest.js";
import { formatReference, type Reference } from "../reference/reference.js";
import { createClient, type Client } from "../registry/client.js";
import type { ClientSettings } from "../registry/asker.js";
import { createInspector, type Inspector } from "../registry/inspect.js";

type Verdict = "ok" | "tag moved" | "digest gone" | "tag gone" | "one platform" | "unreachable";

/** What is known of one pinned reference. */
export interface Verification {
  readonly verdict: Verdict;
  /** What the tag points to now, where there is one and it is known. */
  readonly current?: Digest;
  /** For `one platform`: how many the index has that the tag points to. */
  readonly platformCount?: number;
  /** For `unreachable`: why, in one line. */
  readonly message?: string;
}

/** A reference with a digest. */
export type Pinned = Reference & { readonly digest: Digest };

export interface Verifier {
  /**
   * Verifies a reference. The same tag is asked for once while the verifier lives.
   *
   * @param settings whom to trust, and where to ask
   * @returns the verdict; never throws
   */
  verify(reference: Pinned, settings: ClientSettings, signal: AbortSignal): Promise<Verification>;
  /** Ends all connections. */
  close(): void;
}

interface Ways {
  readonly client: Client;
  readonly inspector: Inspector;
  readonly asked: Map<string, Promise<Answer>>;
}

/**
 * Makes a verifier.
 *
 * @param env names proxies and the folder of Docker's configuration
 */
export function createVerifier(env: NodeJS.ProcessEnv = process.env): Verifier {
  const known = new Map<string, Ways>();
  const waysFor = ({ registries, mirrors, timeout }: ClientSettings): Ways => {
    const key = JSON.stringify([registries, mirrors, timeout]);
    const settings = { registries, mirrors, timeout };
    const ways = known.get(key) ?? {
      client: createClient(settings, env),
      inspector: createInspector(settings, env),
      asked: new Map<string, Promise<Answer>>(),
    };
    known.set(key, ways);
    return ways;
  };
  return {
    verify: (reference, settings, signal) => verifyOne(reference, waysFor(settings), signal),
    close() {
      for (const { client, inspector } of known.values()) {
        client.close();
        inspector.close();
      }
      known.clear();
    },
  };
}

async function verifyOne(
  { domain, repository, tag, digest, written }: Pinned,
  { client, inspector, asked }: Ways,
  signal: AbortSignal,
): Promise<Verification> {
  const ask = (target: { readonly tag: string } | { readonly digest: Digest }): Promise<Answer> => {
    const reference = { domain, repository, written, ...target };
    const key = formatReference(reference);
    const answer = asked.get(key) ?? client.resolve(reference, signal);
    asked.set(key, answer);
    return answer;
  };
  const byTag = tag === undefined ? undefined : await ask({ tag });
  if (byTag?.ok && byTag.digest === digest) return { verdict: "ok", current: digest };
  if (byTag && !byTag.ok && byTag.reason !== "not-found")
    return { verdict: "unreachable", message: byTag.message };
  const current = byTag?.ok ? { current: byTag.digest } : {};
  const byDigest = await ask({ digest });
  if (!byDigest.ok)
    return byDigest.reason === "not-found"
      ? { verdict: "digest gone", ...current }
      : { verdict: "unreachable", message: byDigest.message, ...current };
  if (!byTag) return { verdict: "ok" };
  if (!byTag.ok) return { verdict: "tag gone" };
  // The same manifest under another algorithm.
  if (byDigest.digest === byTag.digest) return { verdict: "ok", ...current };
  const index = await inspector.read({ domain, repository }, byTag.digest, signal);
  if (!index.ok) return { verdict: "unreachable", message: index.message, ...current };
  if (index.children.has(digest))
    return { verdict: "one platform", platformCount: index.platformCount, ...current };
  return { verdict: "tag moved", ...current };
}
