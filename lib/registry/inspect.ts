// Reads the manifests in an index, so that `verify` can tell a digest of one platform from a tag that moved.
import { parseDigest, type Digest } from "../reference/digest.js";
import type { Reference } from "../reference/reference.js";
import { LookupError } from "./failure.js";
import { hasDigest, MANIFEST_ACCEPT, MANIFEST_LIMIT, readManifest } from "./manifest.js";
import type { Session } from "./session.js";
import { repositoryAt, type TrustedRegistry } from "./trust.js";

/** The content of an index. */
export interface IndexContent {
  readonly ok: true;
  /** The digests of all its manifests, attestations included; empty where this is not an index. */
  readonly children: ReadonlySet<Digest>;
  /** How many of them are for a platform. */
  readonly platformCount: number;
}

type Named = Pick<Reference, "domain" | "repository">;

/**
 * Reads the manifest behind a digest.
 *
 * @param name `host` and the reference, for messages
 * @returns its content
 * @throws LookupError with the reason why it is not known
 */
export async function readContent(
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
  if (!hasDigest(response.body, digest))
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
