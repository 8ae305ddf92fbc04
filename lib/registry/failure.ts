// Describes a failed lookup in one safe line: every text from a registry passes through here before a user
// sees it.
import type { Failure, FailureAbout, FailureReason } from "../reference/answer.js";

const MAX_LENGTH = 200;
// Control characters (also ESC and line ends), format characters (direction and zero-width marks, the byte
// order mark, tags), lone surrogates, line separators, and all else that Unicode calls ignorable.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * A lookup that ended without a digest. It is thrown inside this room only; other rooms get its {@link
 * Failure}.
 */
export class LookupError extends Error {
  override readonly name = "LookupError";

  constructor(
    readonly reason: FailureReason,
    message: string,
    readonly about?: FailureAbout,
  ) {
    super(message);
  }

  /** The error for a failure that is met again. */
  static of({ reason, message, about }: Failure): LookupError {
    return new LookupError(reason, message, about);
  }

  get failure(): Failure {
    const { reason, message, about } = this;
    return { ok: false, reason, message, ...(about ? { about } : {}) };
  }
}

/**
 * Makes untrusted text safe for a message: one line, nothing invisible, at most 200 characters.
 *
 * @param text the text of a registry, a proxy or a reference
 * @returns the text, with a space for each invisible character, cut with `…` where it is too long
 */
export function oneLine(text: string): string {
  const clean = text
    .slice(0, 4 * MAX_LENGTH)
    .replace(UNSAFE, " ")
    .replace(/\s+/g, " ")
    .trim();
  const points = [...clean];
  return points.length > MAX_LENGTH ? `${points.slice(0, MAX_LENGTH - 1).join("")}…` : clean;
}

/** Codes of errors that another authority would solve. */
const UNKNOWN_AUTHORITY: ReadonlyMap<string, string> = new Map([
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "its certificate is self-signed"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "its certificate is signed by an authority that Node does not know"],
  ["UNABLE_TO_GET_ISSUER_CERT", "its certificate is signed by an authority that Node does not know"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "its certificate is signed by an authority that Node does not know"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "its certificate is signed by an authority that Node does not know"],
  ["CERT_UNTRUSTED", "its certificate is not trusted"],
]);

/** Codes of errors that only the registry, or this machine's clock, can solve. */
const WRONG_CERTIFICATE: ReadonlyMap<string, string> = new Map([
  ["CERT_HAS_EXPIRED", "its certificate has expired, by the clock of this machine"],
  ["CERT_NOT_YET_VALID", "its certificate is not valid yet, by the clock of this machine"],
  ["CERT_REVOKED", "its certificate was revoked"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "its certificate is for another host"],
]);

/** Codes of network errors, in words. */
const NETWORK_CODES: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "the connection was refused"],
  ["ECONNRESET", "the connection was cut"],
  ["EPIPE", "the connection was cut"],
  ["ECONNABORTED", "the connection was cut"],
  ["ENOTFOUND", "no such host"],
  ["EAI_AGAIN", "its name could not be looked up just now"],
  ["EHOSTUNREACH", "there is no route to it"],
  ["ENETUNREACH", "there is no network"],
  ["EADDRNOTAVAIL", "its address cannot be used"],
  ["EACCES", "the connection is not permitted here"],
  ["EPERM", "the connection is not permitted here"],
]);

/**
 * Explains in one line why a request got no answer.
 *
 * @param error what the request threw. A {@link LookupError} is passed on; of an error of Node's only the
 *   code is used, because its text may hold addresses and headers
 * @param host the host that was asked
 * @returns the failure to report
 */
export function failureOf(error: unknown, host: string): Failure {
  if (error instanceof LookupError) return error.failure;
  const code = codeOf(error);
  const made = (reason: FailureReason, cause: string): Failure => ({
    ok: false,
    reason,
    message: `${host} ${cause}`,
    about: { host, cause },
  });
  const unknown = UNKNOWN_AUTHORITY.get(code);
  if (unknown !== undefined)
    return made(
      "tls",
      `is not trusted: ${unknown}; name further authorities in the setting \`caFile\`, or to Node in ` +
        "NODE_EXTRA_CA_CERTS",
    );
  const wrong = WRONG_CERTIFICATE.get(code);
  if (wrong !== undefined) return made("tls", `cannot prove who it is: ${wrong}`);
  if (code.endsWith("_ALERT_CERTIFICATE_REQUIRED"))
    return made("tls", "asks for a client certificate: put it into certs.d, as for Docker");
  if (code === "EPROTO" || code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_"))
    return made("tls", `does not speak TLS as it should (${oneLine(code)})`);
  if (code.startsWith("HPE_") || code === "ERR_INVALID_CHAR")
    return made("invalid-answer", `did not answer in HTTP as it should (${oneLine(code)})`);
  if (code === "ETIMEDOUT" || code === "ABORT_ERR" || code === "TimeoutError")
    return made("timeout", "did not answer in time");
  const words = NETWORK_CODES.get(code) ?? (code === "" ? "the request failed" : oneLine(code));
  return made("unreachable", `cannot be reached: ${words}`);
}

/** The code of an error of Node's, or an empty text. */
export function codeOf(error: unknown): string {
  if (error instanceof AggregateError && !("code" in error) && error.errors.length > 0)
    return codeOf(error.errors[0]);
  if (typeof error !== "object" || error === null) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  return error instanceof Error && error.name === "TimeoutError" ? "TimeoutError" : "";
}
