// The identity of a lookup: the image, and the registry that is asked for it.
import type { Reference } from "../reference/reference.js";
import { formatReference } from "../reference/reference.js";
import type { TrustedRegistry } from "../registry/trust.js";

/**
 * The identity of a lookup. Two spellings of one image have the same key; the same image at a mirror has
 * another.
 */
export interface LookupKey {
  /**
   * `domain/repository:tag`, normalised, with `latest` where there is no tag; `domain/repository@digest`
   * where there is only a digest.
   */
  readonly reference: string;
  /** The URL that is asked: scheme, host, port, and a mirror's path. */
  readonly endpoint: string;
  /** Both as one text, to be used as a key. */
  readonly text: string;
}

/** A lookup that has no answer yet: the reference, and the registry that may be asked for it. */
export interface PendingLookup {
  readonly reference: Reference;
  readonly registry: TrustedRegistry;
  readonly key: LookupKey;
}

/**
 * Makes the key of a lookup.
 *
 * @param registry the registry that `trust` returned for the reference
 */
export function keyOf({ repository, tag, digest }: Reference, registry: TrustedRegistry): LookupKey {
  const target = tag === undefined && digest !== undefined ? { digest } : { tag: tag ?? "latest" };
  const reference = formatReference({ domain: registry.domain, repository, ...target });
  const endpoint = `${registry.origin}/${registry.prefix}`.replace(/\/$/, "");
  return { reference, endpoint, text: `${endpoint} ${reference}` };
}
