// Reads the digest of a manifest from the headers and the body of a registry's answer.
import { createHash } from "node:crypto";
import { parseDigest, type Digest } from "../reference/digest.js";
import { LookupError } from "./failure.js";
import { isRecord, parseRecord } from "./json.js";
import type { Response } from "./transport.js";

/** How many bytes a manifest may have, as in Docker's own registry. */
export const MANIFEST_LIMIT = 4 * 1024 * 1024;

const INDEX_TYPES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];
const IMAGE_TYPES = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];
const KNOWN_TYPES: ReadonlySet<string> = new Set([...INDEX_TYPES, ...IMAGE_TYPES]);
const SCHEMA_1: ReadonlySet<string> = new Set([
  "application/vnd.docker.distribution.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v1+prettyjws",
]);

/**
 * The Accept header: every type, indexes first, and neither a wildcard nor schema 1. With fewer types,
 * distribution 2.8 answers with the digest of the linux/amd64 manifest instead of the index, which is a wrong
 * pin that looks right.
 */
export const MANIFEST_ACCEPT = [...INDEX_TYPES, ...IMAGE_TYPES].join(", ");

/** What a registry says about a manifest. */
export interface Manifest {
  readonly digest: Digest;
  /** Without parameters; empty when the registry named none. */
  readonly mediaType: string;
  /** How many platforms an index holds; attestations do not count. */
  readonly platformCount?: number;
}

/**
 * Reads the answer to HEAD.
 *
 * @param name `host` and the reference, for messages
 * @returns the manifest, or `undefined` when the answer has no digest, so that the manifest itself must be
 *   read
 * @throws LookupError `invalid-answer` for an answer that cannot come from a registry
 * @see OCI distribution-spec, "Checking if content exists in the registry"
 */
export function readHead({ headers }: Response, name: string): Manifest | undefined {
  const mediaType = mediaTypeOf(headers["content-type"]);
  refuseType(mediaType, name);
  const digest = sha256In(headers["docker-content-digest"]);
  return digest && { digest, mediaType };
}

/**
 * Reads the answer to GET: the digest is the hash of the body, and a header with another digest is a failure.
 *
 * @param name `host` and the reference, for messages
 * @throws LookupError `invalid-answer` when this is not a manifest, or not the one that the header names
 * @see OCI distribution-spec, "Pulling manifests"
 */
export function readManifest({ headers, body }: Response, name: string): Manifest {
  const declared = mediaTypeOf(headers["content-type"]);
  refuseType(declared, name);
  const manifest = parseManifest(body);
  if (!manifest) throw new LookupError("invalid-answer", `${name}: what was answered is no manifest`);
  const inside = typeof manifest["mediaType"] === "string" ? manifest["mediaType"] : "";
  if (manifest["schemaVersion"] !== 2) refuseSchema1(name);
  refuseOtherKind(manifest, [declared, inside], name);
  const header = headerDigest(headers["docker-content-digest"]);
  if (header !== undefined && header !== hash(body, header.slice(0, header.indexOf(":")))) {
    throw new LookupError(
      "invalid-answer",
      `${name}: the manifest's digest is not the one that the header names (digest mismatch)`,
    );
  }
  const list = manifest["manifests"];
  const mediaType = inside !== "" && KNOWN_TYPES.has(inside) ? inside : declared;
  return {
    digest: hash(body, "sha256") as Digest,
    mediaType,
    ...(Array.isArray(list) ? { platformCount: countPlatforms(list) } : {}),
  };
}

/**
 * @throws LookupError where the header, the field `mediaType` and the fields disagree whether this is an
 *   index or an image: what is pulled would then depend on who reads it
 * @see CVE-2021-41190
 */
function refuseOtherKind(
  manifest: Readonly<Record<string, unknown>>,
  [declared, inside]: readonly [declared: string, inside: string],
  name: string,
): void {
  const isIndex = Array.isArray(manifest["manifests"]);
  const isImage = isRecord(manifest["config"]) || Array.isArray(manifest["layers"]);
  const refuse = (what: string): LookupError => new LookupError("invalid-answer", `${name}: ${what}`);
  if (!isIndex && !isImage) throw refuse("what was answered is no manifest");
  if (isIndex && isImage) throw refuse("the manifest is an index and an image at once");
  const known = [declared, inside].filter((type) => KNOWN_TYPES.has(type));
  const isOther = (type: string): boolean => INDEX_TYPES.includes(type) !== isIndex;
  if (known.some(isOther) || (inside !== "" && KNOWN_TYPES.has(declared) && inside !== declared))
    throw refuse("the manifest's type is not the one that the header names");
}

/** Whether these are the bytes that a digest identifies. */
export function hasDigest(body: Buffer, digest: Digest): boolean {
  return hash(body, digest.slice(0, digest.indexOf(":"))) === digest;
}

function refuseType(mediaType: string, name: string): void {
  if (SCHEMA_1.has(mediaType)) refuseSchema1(name);
  if (mediaType === "text/html" || mediaType === "application/xhtml+xml") {
    throw new LookupError(
      "invalid-answer",
      `${name}: a web page was answered, so this is not a registry (or a login page is in between)`,
    );
  }
}

function refuseSchema1(name: string): never {
  throw new LookupError(
    "invalid-answer",
    `${name} is a manifest of schema 1, which is obsolete and cannot be pinned safely; push the image again`,
  );
}

function mediaTypeOf(header: string | undefined): string {
  const type = (header ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return /^[a-z0-9!#$&^_.+-]{1,64}\/[a-z0-9!#$&^_.+-]{1,128}$/.test(type) ? type : "";
}

/** Node joins a repeated header with a comma; it is then not a digest any more. */
function headerDigest(header: string | string[] | undefined): Digest | undefined {
  const parsed = typeof header === "string" ? parseDigest(header) : undefined;
  return parsed?.ok ? parsed.digest : undefined;
}

/** The digest of no bytes at all: of an answer whose body was lost, and of no manifest. */
const OF_NOTHING = `sha256:${createHash("sha256").digest("hex")}`;

function sha256In(header: string | string[] | undefined): Digest | undefined {
  const digest = headerDigest(header);
  return digest?.startsWith("sha256:") && digest !== OF_NOTHING ? digest : undefined;
}

function hash(body: Buffer, algorithm: string): string {
  return `${algorithm}:${createHash(algorithm).update(body).digest("hex")}`;
}

function parseManifest(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  const value = parseRecord(body);
  return typeof value?.["schemaVersion"] === "number" ? value : undefined;
}

function countPlatforms(manifests: readonly unknown[]): number {
  return manifests.filter((entry) => {
    const platform = isRecord(entry) ? entry["platform"] : undefined;
    // BuildKit lists its attestations as images of the platform unknown/unknown.
    return !(isRecord(platform) && platform["os"] === "unknown");
  }).length;
}
