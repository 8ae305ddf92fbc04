// Parses digests. A {@link Digest} identifies exact bytes.

declare const validated: unique symbol;

/** `algorithm:hex`, checked by {@link parseDigest}: a registered algorithm, the exact length, lower case. */
export type Digest = string & { readonly [validated]: "digest" };

/**
 * Hexadecimal digits of each algorithm registered in the OCI image-spec (descriptor.md, "Registered
 * algorithms"; go-digest).
 */
const HEX_LENGTH: ReadonlyMap<string, number> = new Map([
  ["sha256", 64],
  ["sha384", 96],
  ["sha512", 128],
]);

/** distribution/reference, `digestPat`: the syntax of a digest with any algorithm. */
const DIGEST = /^([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*):(.*)$/s;

export type DigestResult =
  { readonly ok: true; readonly digest: Digest } | { readonly ok: false; readonly message: string };

/**
 * Checks that a text is a digest of a registered algorithm.
 *
 * @param text the text after `@`, or the value of a digest key; a text of more than 256 characters is refused
 * @returns the digest, or one line that says what is wrong; never throws
 * @see OCI image-spec, descriptor.md, "Digests"; go-digest `Digest.Validate`
 */
export function parseDigest(text: string): DigestResult {
  if (text.length > 256) return fail("longer than any digest");
  const match = DIGEST.exec(text);
  if (!match) return fail("a digest is written `sha256:` and 64 hexadecimal digits");
  const [, algorithm = "", hex = ""] = match;
  const length = HEX_LENGTH.get(algorithm);
  if (length === undefined) return fail(`\`${algorithm}\` is no registered digest algorithm; use sha256`);
  if (/[A-F]/.test(hex) && /^[0-9a-fA-F]*$/.test(hex))
    return fail("a digest's hexadecimal digits are lower case");
  if (!/^[0-9a-f]*$/.test(hex)) return fail("a digest holds hexadecimal digits only");
  if (hex.length !== length) {
    const digits = hex.length === 1 ? "digit" : "digits";
    return fail(`${String(hex.length)} hexadecimal ${digits}, a ${algorithm} has ${String(length)}`);
  }
  return { ok: true, digest: text as Digest };
}

function fail(message: string): DigestResult {
  return { ok: false, message };
}
