// Parses and normalises image references, with the grammar of distribution/reference.
import { parseDigest, type Digest } from "./digest.js";

/**
 * An image reference, normalised as Docker and Kubernetes read it: `nginx` is `docker.io/library/nginx`.
 * The OCI image-spec has no name for the pair; distribution/reference calls it a named reference.
 */
export interface Reference {
  /** The registry's host and optional port: `docker.io`, `ghcr.io`, `localhost:5000`. */
  readonly domain: string;
  /** The path in that registry: `library/nginx`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
  /** The reference as the user wrote it. */
  readonly written: string;
}

export type ReferenceErrorCode =
  | "empty"
  | "too-long"
  | "space"
  | "scheme"
  | "expression"
  | "two-digests"
  | "digest"
  | "tag"
  | "domain"
  | "upper-case"
  | "name"
  | "identifier";

export interface ReferenceError {
  readonly code: ReferenceErrorCode;
  /** One line for the user that says what is wrong. It does not repeat the text. */
  readonly message: string;
}

export type ReferenceResult =
  | { readonly ok: true; readonly reference: Reference }
  | { readonly ok: false; readonly error: ReferenceError };

/** No registry accepts a longer reference. It limits the work of every pattern below. */
const MAX_LENGTH = 1024;
/**
 * distribution/reference, `RepositoryNameTotalLengthMax`: the repository, with the `library/` that was added.
 */
const MAX_REPOSITORY_LENGTH = 255;

const PATH_COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const DOMAIN_COMPONENT = "(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])";
const DOMAIN = new RegExp(
  `^(?:${DOMAIN_COMPONENT}(?:\\.${DOMAIN_COMPONENT})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`,
);
const REPOSITORY = new RegExp(`^${PATH_COMPONENT}(?:/${PATH_COMPONENT})*$`);
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
/** The beginning of a file's path: `/x`, `./x`, `../x`. */
const PATH_START = /^\.{0,2}\//;
/** distribution/reference, `anchoredIdentifierRegexp`: a bare image ID, which names no repository. */
const IDENTIFIER = /^[a-f0-9]{64}$/;

/**
 * Parses and normalises an image reference.
 *
 * @param text one reference, without white space around it
 * @returns the reference, with Docker's defaults for the domain and the repository but not for the tag, or
 *   the first error; never throws
 * @see distribution/reference `ParseNormalizedNamed` (normalize.go) and the productions in reference.go
 */
export function parseReference(text: string): ReferenceResult {
  const wrong = unreadable(text);
  if (wrong) return { ok: false, error: wrong };

  const at = text.indexOf("@");
  const beforeDigest = at < 0 ? text : text.slice(0, at);
  let digest: Digest | undefined;
  if (at >= 0) {
    const rest = text.slice(at + 1);
    if (rest.includes("@")) return fail("two-digests", "two digests; a reference has one");
    const parsed = parseDigest(rest);
    if (!parsed.ok) return fail("digest", parsed.message);
    digest = parsed.digest;
  }

  const colon = beforeDigest.indexOf(":", beforeDigest.lastIndexOf("/") + 1);
  const tag = colon < 0 ? undefined : beforeDigest.slice(colon + 1);
  const name = colon < 0 ? beforeDigest : beforeDigest.slice(0, colon);
  if (tag !== undefined && !TAG.test(tag)) return fail("tag", tagMessage(tag));

  const named = normaliseName(name);
  if ("code" in named) return { ok: false, error: named };
  return {
    ok: true,
    reference: {
      domain: named.domain,
      repository: named.repository,
      ...(tag === undefined ? {} : { tag }),
      ...(digest === undefined ? {} : { digest }),
      written: text,
    },
  };
}

/**
 * Whether a text can be a tag.
 *
 * @see OCI distribution-spec, "Pulling manifests": `[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}`
 */
export function isTag(text: string): boolean {
  return TAG.test(text);
}

/**
 * Whether a text can be a registry's domain: `host`, `host:port` or `[ipv6]:port`.
 *
 * @see distribution/reference, `DomainRegexp`
 */
export function isDomain(text: string): boolean {
  return text.length <= MAX_LENGTH && DOMAIN.test(text);
}

/**
 * Whether the first part of a name is a registry and not a Docker Hub user, by Docker's rules.
 *
 * @param head the part before the first `/`
 * @see distribution/reference, `splitDockerDomain`
 */
export function looksLikeDomain(head: string): boolean {
  return head === "localhost" || /[.:]/.test(head) || head !== head.toLowerCase();
}

/**
 * Writes a reference in full, `domain/repository[:tag][@digest]`. Each image has one such spelling, so it can
 * be a key.
 *
 * @returns the normalised reference; no `latest` is added
 */
export function formatReference(
  reference: Pick<Reference, "domain" | "repository" | "tag" | "digest">,
): string {
  const { domain, repository, tag, digest } = reference;
  const tagPart = tag === undefined ? "" : `:${tag}`;
  const digestPart = digest === undefined ? "" : `@${digest}`;
  return `${domain}/${repository}${tagPart}${digestPart}`;
}

function unreadable(text: string): ReferenceError | undefined {
  if (text === "") return { code: "empty", message: "empty" };
  if (text.length > MAX_LENGTH)
    return {
      code: "too-long",
      message: `${String(text.length)} characters; a reference has at most ${String(MAX_LENGTH)}`,
    };
  if (/\s/.test(text)) return { code: "space", message: "white space; a reference has none" };
  if (text.includes("://")) return { code: "scheme", message: "a URL scheme; a reference has none" };
  if (/[${}]/.test(text)) return { code: "expression", message: "an expression that nothing here fills in" };
  if (IDENTIFIER.test(text))
    return { code: "identifier", message: "an image ID; no registry can be asked for it" };
  return undefined;
}

function tagMessage(tag: string): string {
  if (tag === "") return "`:` with no tag behind it";
  if (tag.length > 128) return `a tag of ${String(tag.length)} characters, it has at most 128`;
  return "a tag holds letters, digits, `_`, `.` and `-`, and begins with none of `.` and `-`";
}

function normaliseName(name: string): Pick<Reference, "domain" | "repository"> | ReferenceError {
  const slash = name.indexOf("/");
  const head = name.slice(0, Math.max(slash, 0));
  const hasDomain = slash >= 0 && looksLikeDomain(head);
  let domain = hasDomain ? head : "docker.io";
  let repository = hasDomain ? name.slice(slash + 1) : name;
  if (PATH_START.test(name))
    return { code: "name", message: "a file's path; a reference begins with a registry or a repository" };
  if (!DOMAIN.test(domain))
    return { code: "domain", message: "the part before the first `/` is no registry's host" };
  if (domain === "index.docker.io") domain = "docker.io";
  if (domain === "docker.io" && !repository.includes("/")) repository = `library/${repository}`;
  if (repository !== repository.toLowerCase())
    return { code: "upper-case", message: "upper case in the repository; it is lower case" };
  if (!REPOSITORY.test(repository)) return { code: "name", message: nameMessage(name, repository) };
  if (repository.length > MAX_REPOSITORY_LENGTH)
    return {
      code: "name",
      message:
        `a repository of ${String(repository.length)} characters, ` +
        `it has at most ${String(MAX_REPOSITORY_LENGTH)}`,
    };
  return { domain, repository };
}

function nameMessage(name: string, repository: string): string {
  if (name === "") return "a tag or digest with no repository before it";
  if (repository.endsWith("/") || repository.includes("//")) return "an empty part between slashes";
  return (
    "a repository holds lower case letters and digits, " + "with single `.`, `_`, `__` or dashes between them"
  );
}

function fail(code: ReferenceErrorCode, message: string): ReferenceResult {
  return { ok: false, error: { code, message } };
}
