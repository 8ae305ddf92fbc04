// Looks into an index: which manifests it holds, so that a pinned child of it can be told from a tag that moved.
import type { Failure } from "../reference/answer.js";
import { parseDigest, type Digest } from "../reference/digest.js";
import { formatReference, type Reference } from "../reference/reference.js";
import { startBudget } from "./budget.js";
import type { ClientSettings } from "./client.js";
import { firstOf } from "./credentials.js";
import { dockerConfig, dockerConfigFile } from "./docker-config.js";
import { failureOf, LookupError } from "./failure.js";
import { Host } from "./host.js";
import { createLimits } from "./limits.js";
import { MANIFEST_ACCEPT, MANIFEST_LIMIT, readManifest } from "./manifest.js";
import { denied, startSession, type Shared } from "./session.js";
import { createTokens } from "./token.js";
import { createTransport } from "./transport.js";
import { trust, type TrustedRegistry } from "./trust.js";

/** What an index holds. */
export interface IndexContent {
  readonly ok: true;
  /** One digest for each manifest; none where this is no index. Attestations are among them. */
  readonly children: ReadonlySet<Digest>;
  /** How many of them are for a platform. */
  readonly platformCount: number;
}

export interface Inspector {
  /**
   * Reads the manifest behind a digest.
   *
   * @param reference its domain and repository say who is asked, and must pass the trust check
   * @returns what it holds, or why that is not known; never throws
   */
  read(reference: Pick<Reference, "domain" | "repository">, digest: Digest, signal: AbortSignal): Promise<IndexContent | Failure>;
  /** Ends all connections. */
  close(): void;
}

/**
 * Makes an inspector. Nothing is sent before the first question.
 *
 * @param env names proxies and the folder of Docker's configuration
 */
export function createInspector(settings: ClientSettings, env: NodeJS.ProcessEnv): Inspector {
  const closing = new AbortController();
  const transport = createTransport(env, { connect: settings.timeout / 3, headers: (settings.timeout * 2) / 3 });
  const shared: Shared = { settings, transport, keychain: firstOf(dockerConfig(dockerConfigFile(env))), tokens: createTokens(transport, settings, settings.timeout, closing.signal) };
  const limits = createLimits();
  const hosts = new Map<string, Host>();

  const readNow = async (registry: TrustedRegistry, { domain, repository }: Pick<Reference, "domain" | "repository">, digest: Digest, signal: AbortSignal): Promise<IndexContent> => {
    const host = hosts.get(registry.origin) ?? new Host();
    hosts.set(registry.origin, host);
    const first = await host.enter(settings.timeout / 4, signal);
    try {
      const leave = await limits.enter(registry.origin, signal);
      const budget = startBudget(settings.timeout, signal);
      try {
        const name = formatReference({ domain, repository, digest });
        const path = `${registry.prefix}${repository}`;
        const session = startSession(registry, host, path, name, shared, budget);
        const url = new URL(`/v2/${path}/manifests/${digest}`, registry.origin);
        const response = await session.ask({ method: "GET", url, headers: { accept: MANIFEST_ACCEPT }, limit: MANIFEST_LIMIT });
        if (response.status === 401 || response.status === 403) throw denied(registry, name, session.loggedIn);
        if (response.status === 404) throw new LookupError("not-found", `no ${digest} in ${domain}/${repository}`);
        if (response.status !== 200) throw new LookupError("unreachable", `${registry.host} answered ${String(response.status)} for ${name}`);
        const manifest = readManifest(response, name);
        if (digest.startsWith("sha256:") && manifest.digest !== digest) throw new LookupError("invalid-answer", `${name}: another manifest was answered`);
        return { ok: true, children: childrenIn(response.body), platformCount: manifest.platformCount ?? 0 };
      } finally {
        budget.end();
        leave();
      }
    } finally {
      if (first) host.abandon(undefined);
    }
  };

  return {
    async read(reference, digest, signal) {
      const trusted = trust(reference.domain, settings);
      if (!trusted.ok) return trusted;
      const stop = startBudget(undefined, signal, closing.signal);
      try {
        return await readNow(trusted.registry, reference, digest, stop.signal);
      } catch (error) {
        return failureOf(error, trusted.registry.host);
      } finally {
        stop.end();
      }
    },
    close() {
      closing.abort(new LookupError("gave-up", "the lookup was stopped"));
      transport.close();
    },
  };
}

/** The bytes were read as a manifest before. */
function childrenIn(body: Buffer): ReadonlySet<Digest> {
  const { manifests } = JSON.parse(body.toString("utf8")) as { readonly manifests?: unknown };
  const entries: readonly unknown[] = Array.isArray(manifests) ? manifests : [];
  return new Set(
    entries.flatMap((entry) => {
      const digest: unknown = typeof entry === "object" && entry !== null && "digest" in entry ? entry.digest : undefined;
      const parsed = typeof digest === "string" ? parseDigest(digest) : undefined;
      return parsed?.ok ? [parsed.digest] : [];
    }),
  );
}
