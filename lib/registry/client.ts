// The registry client: asks a registry which digest a reference points to.
import type { Answer, Failure } from "../reference/answer.js";
import type { Digest } from "../reference/digest.js";
import { formatReference, type Reference } from "../reference/reference.js";
import { steadyTime } from "../reference/steady-time.js";
import type { NetworkSettings } from "../settings/network.js";
import { Asker } from "./asker.js";
import type { Keychain } from "./credentials.js";
import { LookupError } from "./failure.js";
import { readContent, type IndexContent } from "./inspect.js";
import type { Logins } from "./logins.js";
import {
  hasDigest,
  MANIFEST_ACCEPT,
  MANIFEST_LIMIT,
  readHead,
  readManifest,
  type Manifest,
} from "./manifest.js";
import type { Session } from "./session.js";
import type { Response } from "./transport.js";
import { repositoryAt, type TrustedRegistry } from "./trust.js";

/**
 * Asks registries. There is one for each set of settings and process, so that it learns about each host only
 * once.
 */
export interface Client {
  /**
   * Asks the registry what a reference points to: its tag (`latest` without one), or its digest where it has
   * no tag.
   *
   * @param reference its domain and the settings say which registry is asked, which must pass the trust check
   * @param signal ends the lookup early
   * @returns the answer, always `from: "registry"`; never throws. The time limit `settings.timeout` begins
   *   with the lookup's turn: at most 64 lookups run at the same time for a host, and 96 in all
   */
  resolve(reference: Reference, signal: AbortSignal): Promise<Answer>;
  /**
   * Reads the manifest behind a digest, over the same connections and with the same tokens.
   *
   * @param reference its domain says which registry is asked, and must pass the trust check
   * @returns its content, or why that is not known; never throws
   */
  inspect(
    reference: Pick<Reference, "domain" | "repository">,
    digest: Digest,
    signal: AbortSignal,
  ): Promise<IndexContent | Failure>;
  /** Ends all connections. The client cannot be used afterwards. */
  close(): void;
}

/** Answers of registries that do not know HEAD. The manifest itself is then read. */
const NO_HEAD: ReadonlySet<number> = new Set([400, 405, 501]);

/**
 * Makes a client. Nothing is sent before the first lookup.
 *
 * @param env names proxies and the folder of Docker's configuration
 * @param keychain where credentials come from; by default Docker's configuration
 * @param logins which credentials were refused; clients of one run share it
 */
export function createClient(
  settings: NetworkSettings,
  env: NodeJS.ProcessEnv,
  keychain?: Keychain,
  logins?: Logins,
): Client {
  const asker = new Asker(settings, env, keychain, logins);
  return {
    resolve: (reference, signal) =>
      asker.take<Answer>(
        reference,
        {
          name: (registry) => nameOf(registry, reference),
          work: async (session, registry) => ({
            ok: true,
            ...(await findManifest(session, registry, reference)),
            resolvedAt: steadyTime(),
            from: "registry",
          }),
        },
        signal,
      ),
    inspect(reference, digest, signal) {
      const { domain, repository } = reference;
      const name = formatReference({ domain, repository, digest });
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

async function findManifest(
  session: Session,
  registry: TrustedRegistry,
  reference: Reference,
): Promise<Manifest> {
  const url = manifestUrl(registry, reference);
  const name = nameOf(registry, reference);
  const request = { url, headers: { accept: MANIFEST_ACCEPT }, limit: MANIFEST_LIMIT };
  const head = await session.ask({ ...request, method: "HEAD" });
  const told = NO_HEAD.has(head.status)
    ? undefined
    : readHead(accepted(head, session, registry, reference), name);
  if (told && !isOtherDigest(reference)) return checked(told, reference, name);
  // Docker Hub counts a GET as a pull, and its HEAD always has the digest.
  if (registry.account === "docker.io")
    throw new LookupError("invalid-answer", `${registry.host} did not tell the digest of ${name}`);
  const answer = accepted(await session.ask({ ...request, method: "GET" }), session, registry, reference);
  const manifest = readManifest(answer, name);
  // The header was compared with the body only where there is one, and with its own algorithm.
  const { tag, digest } = reference;
  if (tag === undefined && digest !== undefined && !hasDigest(answer.body, digest)) throw another(name);
  return manifest;
}

function manifestUrl(registry: TrustedRegistry, reference: Reference): URL {
  const path = `/v2/${repositoryAt(registry, reference.repository)}/manifests/${targetOf(reference)}`;
  const url = new URL(path, registry.origin);
  // The grammar allows neither `..` nor `%`. If it ever did, the URL would point to another place.
  if (url.pathname !== path || url.search !== "")
    throw new LookupError("invalid-answer", "the reference cannot be written as a URL");
  return url;
}

function targetOf({ tag, digest }: Reference): string {
  return tag ?? digest ?? "latest";
}

function nameOf(registry: TrustedRegistry, { repository, tag, digest }: Reference): string {
  return formatReference({
    domain: registry.domain,
    repository,
    ...(tag === undefined && digest !== undefined ? { digest } : { tag: tag ?? "latest" }),
  });
}

function accepted(
  response: Response,
  session: Session,
  registry: TrustedRegistry,
  reference: Reference,
): Response {
  const { status } = response;
  if (status === 200) return response;
  const name = nameOf(registry, reference);
  if (status === 404)
    throw new LookupError(
      "not-found",
      `${notFound(registry, reference)}${registry.account === registry.domain ? "" : ` at ${registry.host}`}`,
    );
  if (status === 401 || status === 403) throw session.denied();
  const { host } = registry;
  const cause = `answered ${String(status)}`;
  const reason = status >= 500 || status === 408 ? "unreachable" : "invalid-answer";
  throw new LookupError(reason, `${host} ${cause} for ${name}`, { host, cause });
}

function notFound({ domain }: TrustedRegistry, { repository, tag, digest }: Reference): string {
  const what = tag === undefined && digest !== undefined ? digest : `tag ${tag ?? "latest"}`;
  return `no ${what} in ${domain}/${repository}`;
}

/** Whether only the manifest itself can show that it is the one: a header that counts holds a sha256. */
function isOtherDigest({ tag, digest }: Reference): boolean {
  return tag === undefined && digest !== undefined && !digest.startsWith("sha256:");
}

/** The answer to HEAD: only its header says which manifest it is about. */
function checked(manifest: Manifest, { tag, digest }: Reference, name: string): Manifest {
  if (tag === undefined && digest !== undefined && manifest.digest !== digest) throw another(name);
  return manifest;
}

function another(name: string): LookupError {
  return new LookupError("invalid-answer", `${name}: another manifest was answered`);
}
