// What makes two lookups the same one: the image that is asked for, and who is asked.
import type { Reference } from "../reference/reference.js";
import { formatReference } from "../reference/reference.js";
import type { TrustedRegistry } from "../registry/trust.js";

/** The identity of a lookup. Two spellings of an image have one; the same image at a mirror has another. */
export interface LookupKey {
  /**
   * `domain/repository:tag`, normalised, `latest` where there is no tag; `domain/repository@digest` where
   * only that stands.
   */
  readonly reference: string;
  /** The URL that is asked: scheme, host, port, and a mirror's path. */
  readonly endpoint: string;
  /** Both in one text. */
  readonly text: string;
}

/** A reference that may be looked up, and who may be asked for it. */
export interface Wanted {
  readonly reference: Reference;
  readonly registry: TrustedRegistry;
  readonly key: LookupKey;
}

/**
 * Makes the key of a lookup.
 *
 * @param registry what the trust check returned for the reference
 */
export function keyOf({ repository, tag, digest }: Reference, registry: TrustedRegistry): LookupKey {
  const target = tag === undefined && digest !== undefined ? { digest } : { tag: tag ?? "latest" };
  const reference = formatReference({ domain: registry.domain, repository, ...target });
  const endpoint = `${registry.origin}/${registry.prefix}`.replace(/\/$/, "");
  return { reference, endpoint, text: `${endpoint} ${reference}` };
}
