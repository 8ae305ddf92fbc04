// What a lookup says of a reference: the types that the resolver, the rules and the command share.
import type { Digest } from "./digest.js";
import type { Reference } from "./reference.js";

/**
 * Why a digest is not known. One word each, so that code can tell them apart; the message is for a person.
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

/** The digest that a tag points to, and where that was learnt. */
export interface Found {
  readonly ok: true;
  readonly digest: Digest;
  /** The manifest's media type, without parameters; empty when the registry named none. */
  readonly mediaType: string;
  /** How many platforms an index holds, where the index was read. */
  readonly platformCount?: number;
  /** When the registry said so, in milliseconds since the epoch. */
  readonly resolvedAt: number;
  readonly from: "cache" | "registry";
}

/** Why there is no digest. Kept for the life of the process only. */
export interface Failure {
  readonly ok: false;
  readonly reason: FailureReason;
  /** One line for a person: what, where, what to do. Holds no credential and no control character. */
  readonly message: string;
}

export type Answer = Found | Failure;

/**
 * Asks what tags point to: one answer for each reference, in their order. Synchronous, as ESLint's rules are.
 *
 * `file` names where they stand: what a lint of a file no longer asks for is not looked up behind it.
 */
export type Lookup<S> = (references: readonly Reference[], settings: S, file?: string) => readonly Answer[];
