// The answer of a lookup: the types that the resolver, the rules and the command share.
import type { Digest } from "./digest.js";
import type { Reference } from "./reference.js";

/**
 * Why a digest is not known, for code. The message of the {@link Failure} is for the user.
 */
export type FailureReason =
  | "not-found"
  | "denied"
  | "rate-limited"
  | "unreachable"
  | "timeout"
  | "tls"
  | "invalid-answer"
  | "credentials"
  | "untrusted-registry"
  | "gave-up"
  | "offline";

/** The digest that a tag points to, and where it comes from. */
export interface Found {
  readonly ok: true;
  readonly digest: Digest;
  /** The manifest's media type, without parameters; empty when the registry named none. */
  readonly mediaType: string;
  /** How many platforms an index holds, if the index was read. */
  readonly platformCount?: number;
  /** When the registry answered, in milliseconds since the epoch. */
  readonly resolvedAt: number;
  readonly from: "cache" | "registry";
}

/** Why there is no digest. It is kept only while the process runs. */
export interface Failure {
  readonly ok: false;
  readonly reason: FailureReason;
  /** One line for the user: the problem, and what to do. It holds no credential and no control character. */
  readonly message: string;
  /**
   * The registry that failed, and what is the same for all its images and for other registries: to group
   * failures.
   */
  readonly about?: FailureAbout;
}

/** A failure's message, without the image that it is about. */
export interface FailureAbout {
  /** The host and port of the registry. */
  readonly host: string;
  /** What went wrong there, as words that follow the host. */
  readonly cause: string;
}

export type Answer = Found | Failure;

/**
 * Looks up what tags point to: one answer for each reference, in their order. It is synchronous, as ESLint's
 * rules are.
 *
 * `file` is the file of the references. In the background, a reference that its next lint does not ask for is
 * dropped. Of the references in `suggested`, a fix writes nothing: where only fixes are written, no registry
 * is asked for them.
 */
export type Lookup<S> = (
  references: readonly Reference[],
  settings: S,
  file?: string,
  suggested?: ReadonlySet<Reference>,
) => readonly Answer[];
