// Checks whether existing digests are still right. It asks registries and never reads the cache.
import type { Answer } from "../reference/answer.js";
import type { Digest } from "../reference/digest.js";
import { formatReference, type Reference } from "../reference/reference.js";
import { createClient, type Client } from "../registry/client.js";
import { createInspector, type Inspector } from "../registry/inspect.js";
import { networkSettings, type NetworkSettings } from "../settings/network.js";

type Verdict = "ok" | "tag moved" | "digest gone" | "tag gone" | "one platform" | "unreachable";

/** The verdict on one pinned reference. */
export interface Verification {
  readonly verdict: Verdict;
  /** The digest that the tag points to now, if there is a tag and its digest is known. */
  readonly current?: Digest;
  /** For `one platform`: how many platforms the tag's index has. */
  readonly platformCount?: number;
  /** For `unreachable`: the reason, in one line. */
  readonly message?: string;
}

/** A reference with a digest. */
export type Pinned = Reference & { readonly digest: Digest };

export interface Verifier {
  /**
   * Verifies a reference. Each verifier asks for the same tag only once.
   *
   * @param settings which registries are trusted, and where they are asked
   * @returns the verdict; never throws
   */
  verify(reference: Pinned, settings: NetworkSettings, signal: AbortSignal): Promise<Verification>;
  /** Ends all connections. */
  close(): void;
}

/** What is needed to verify references with the same settings. */
interface Tools {
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
  const known = new Map<string, Tools>();
  const toolsFor = (all: NetworkSettings): Tools => {
    const settings = networkSettings(all);
    const key = JSON.stringify(settings);
    const tools = known.get(key) ?? {
      client: createClient(settings, env),
      inspector: createInspector(settings, env),
      asked: new Map<string, Promise<Answer>>(),
    };
    known.set(key, tools);
    return tools;
  };
  return {
    verify: (reference, settings, signal) => verifyOne(reference, toolsFor(settings), signal),
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
  { client, inspector, asked }: Tools,
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
  // The same manifest, with a digest of another algorithm.
  if (byDigest.digest === byTag.digest) return { verdict: "ok", ...current };
  const index = await inspector.read({ domain, repository }, byTag.digest, signal);
  if (!index.ok) return { verdict: "unreachable", message: index.message, ...current };
  if (index.children.has(digest))
    return { verdict: "one platform", platformCount: index.platformCount, ...current };
  return { verdict: "tag moved", ...current };
}
