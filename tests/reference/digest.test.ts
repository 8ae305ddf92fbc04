// Digests: registered algorithms, exact lengths, lower case, and the message of each refusal.
import { describe, expect, it } from "vitest";
import { parseDigest } from "../../lib/reference/digest.js";

const HEX = "0123456789abcdef".repeat(4);

describe("parseDigest", () => {
  it.each([`sha256:${HEX}`, `sha384:${"a".repeat(96)}`, `sha512:${"0".repeat(128)}`])("takes %s", (text) => {
    expect(parseDigest(text)).toEqual({ ok: true, digest: text });
  });

  it.each([
    ["", "a digest is written `sha256:` and 64 hexadecimal digits"],
    [HEX, "a digest is written `sha256:` and 64 hexadecimal digits"],
    [":", "a digest is written `sha256:` and 64 hexadecimal digits"],
    [`:${HEX}`, "a digest is written `sha256:` and 64 hexadecimal digits"],
    [`1sha:${HEX}`, "a digest is written `sha256:` and 64 hexadecimal digits"],
    [` sha256:${HEX}`, "a digest is written `sha256:` and 64 hexadecimal digits"],
    [`sha256 :${HEX}`, "a digest is written `sha256:` and 64 hexadecimal digits"],
    ["sha256:", "0 hexadecimal digits, a sha256 has 64"],
    ["sha256:a", "1 hexadecimal digit, a sha256 has 64"],
    [`sha256:${HEX.slice(1)}`, "63 hexadecimal digits, a sha256 has 64"],
    [`sha256:${HEX}0`, "65 hexadecimal digits, a sha256 has 64"],
    [`sha512:${HEX}`, "64 hexadecimal digits, a sha512 has 128"],
    [`sha256:${HEX.toUpperCase()}`, "a digest's hexadecimal digits are lower case"],
    [`sha256:${"g".repeat(64)}`, "a digest holds hexadecimal digits only"],
    [`sha256:${HEX.slice(1)}\n`, "a digest holds hexadecimal digits only"],
    [`sha256:${HEX}\n`, "a digest holds hexadecimal digits only"],
    [`sha256:${HEX} `, "a digest holds hexadecimal digits only"],
    [`sha256:sha256:${HEX}`, "a digest holds hexadecimal digits only"],
    [`md5:${"a".repeat(32)}`, "`md5` is no registered digest algorithm; use sha256"],
    [`SHA256:${HEX}`, "`SHA256` is no registered digest algorithm; use sha256"],
    [`sha256+b64:${HEX}`, "`sha256+b64` is no registered digest algorithm; use sha256"],
    [`constructor:${HEX}`, "`constructor` is no registered digest algorithm; use sha256"],
    [`sha256:${"a".repeat(1_000_000)}`, "longer than any digest"],
  ])("refuses %.80j: %s", (text, message) => {
    expect(parseDigest(text)).toEqual({ ok: false, message });
  });
});
