// Reads the manifests in an index, so that `verify` can tell a digest of one platform from a tag that moved.
import type { Failure } from "../reference/answer.js";
import { parseDigest, type Digest } from "../reference/digest.js";
import { formatReference, type Reference } from "../reference/reference.js";
import type { NetworkSettings } from "../settings/network.js";
import { Asker } from "./asker.js";
import { LookupError } from "./failure.js";
import { MANIFEST_ACCEPT, MANIFEST_LIMIT, readManifest } from "./manifest.js";
import type { Session } from "./session.js";
import { repositoryAt, type TrustedRegistry } from "./trust.js";

/** The content of an index. */
interface IndexContent {
  readonly ok: true;
  /** The digests of all its manifests, attestations included; empty where this is not an index. */
  readonly children: ReadonlySet<Digest>;
  /** How many of them are for a platform. */
  readonly platformCount: number;
}

export interface Inspector {
  /**
   * Reads the manifest behind a digest.
   *
   * @param reference its domain says which registry is asked, and must pass the trust check
   * @returns its content, or why that is not known; never throws
   */
  read(
    reference: Pick<Reference, "domain" | "repository">,
    digest: Digest,
    signal: AbortSignal,
  ): Promise<IndexContent | Failure>;
  /** Ends all connections. */
  close(): void;
}

/**
 * Makes an inspector. Nothing is sent before the first question.
 *
 * @param env names proxies and the folder of Docker's configuration
 */
export function createInspector(settings: NetworkSettings, env: NodeJS.ProcessEnv): Inspector {
  const asker = new Asker(settings, env);
  return {
    read(reference, digest, signal) {
      const name = formatReference({ domain: reference.domain, repository: reference.repository, digest });
      return asker.take(
        reference,
        {
          name: () => name,
          work: (session, registry) => readContent(session, registry, reference, digest, name),
        },
        signal,
      );
    },
    close() {
      asker.close();
    },
  };
}

type Named = Pick<Reference, "domain" | "repository">;

async function readContent(
  session: Session,
  registry: TrustedRegistry,
  { domain, repository }: Named,
  digest: Digest,
  name: string,
): Promise<IndexContent> {
  const url = new URL(`/v2/${repositoryAt(registry, repository)}/manifests/${digest}`, registry.origin);
  const response = await session.ask({
    method: "GET",
    url,
    headers: { accept: MANIFEST_ACCEPT },
    limit: MANIFEST_LIMIT,
  });
  if (response.status === 401 || response.status === 403) throw session.denied();
  if (response.status === 404) throw new LookupError("not-found", `no ${digest} in ${domain}/${repository}`);
  if (response.status !== 200)
    throw new LookupError("unreachable", `${registry.host} answered ${String(response.status)} for ${name}`);
  const manifest = readManifest(response, name);
  if (digest.startsWith("sha256:") && manifest.digest !== digest)
    throw new LookupError("invalid-answer", `${name}: another manifest was answered`);
  return { ok: true, children: childrenIn(response.body), platformCount: manifest.platformCount ?? 0 };
}

/** The body is JSON: it was read as a manifest before. */
function childrenIn(body: Buffer): ReadonlySet<Digest> {
  const { manifests } = JSON.parse(body.toString("utf8")) as { readonly manifests?: unknown };
  const entries: readonly unknown[] = Array.isArray(manifests) ? manifests : [];
  return new Set(
    entries.flatMap((entry) => {
      const digest: unknown =
        typeof entry === "object" && entry !== null && "digest" in entry ? entry.digest : undefined;
      const parsed = typeof digest === "string" ? parseDigest(digest) : undefined;
      return parsed?.ok ? [parsed.digest] : [];
    }),
  );
}
