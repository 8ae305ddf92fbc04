// How untrusted text and errors become one safe line.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failureOf, LookupError, oneLine } from "../../lib/registry/failure.js";

describe("oneLine", () => {
  test.each([
    ["plain text", "plain text"],
    ["a\r\nb\tc", "a b c"],
    ["\u001b]8;;https://evil\u0007click\u001b]8;;\u0007", "]8;;https://evil click ]8;;"],
    ["a\r\n::add-mask::b", "a ::add-mask::b"],
    ["abc\u202ecba", "abc cba"],
    ["zero\u200bwidth\ufeff\u2060!", "zero width !"],
    ["\u0085\u2028\u2029next", "next"],
    ["\ud800lone", "lone"],
    ["tag \u{e0041}s", "tag s"],
    ["déjà vu 漢字 😀", "déjà vu 漢字 😀"],
  ])("%j", (text, expected) => {
    expect(oneLine(text)).toBe(expected);
  });

  test("returns at most 200 characters, without control characters, for any text", () => {
    expect([...oneLine("😀".repeat(1000))]).toHaveLength(200);
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 2000 }), (text) => {
        const line = oneLine(text);
        return (
          [...line].length <= 200 &&
          !/[\p{Cc}\u200b-\u200f\u2028-\u202e]/u.test(line) &&
          !/\p{Cs}/u.test(line)
        );
      }),
    );
  });
});

describe("failureOf", () => {
  const withCode = (code: string): Error =>
    Object.assign(new Error("getaddrinfo secret 10.0.0.1\n"), { code });
  test.each([
    ["ECONNREFUSED", "unreachable", "r.example cannot be reached: the connection was refused"],
    ["ENOTFOUND", "unreachable", "r.example cannot be reached: no such host"],
    [
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "tls",
      "r.example is not trusted: its certificate is self-signed; name further authorities in the " +
        "setting `caFile`, or to Node in NODE_EXTRA_CA_CERTS",
    ],
    [
      "ERR_TLS_CERT_ALTNAME_INVALID",
      "tls",
      "r.example cannot prove who it is: its certificate is for another host",
    ],
    [
      "CERT_HAS_EXPIRED",
      "tls",
      "r.example cannot prove who it is: its certificate has expired, by the clock of this machine",
    ],
    [
      "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
      "tls",
      "r.example asks for a client certificate: put it into certs.d, as for Docker",
    ],
    ["EPROTO", "tls", "r.example does not speak TLS as it should (EPROTO)"],
    [
      "HPE_HEADER_OVERFLOW",
      "invalid-answer",
      "r.example did not answer in HTTP as it should (HPE_HEADER_OVERFLOW)",
    ],
    ["ETIMEDOUT", "timeout", "r.example did not answer in time"],
    ["EWEIRD", "unreachable", "r.example cannot be reached: EWEIRD"],
  ])("%s", (code, reason, message) => {
    expect(failureOf(withCode(code), "r.example")).toMatchObject({ ok: false, reason, message });
  });

  test("reports the first error where several addresses were tried", () => {
    expect(
      failureOf(new AggregateError([withCode("ECONNREFUSED"), withCode("ENETUNREACH")]), "r").message,
    ).toBe("r cannot be reached: the connection was refused");
  });

  test("passes on a LookupError, and repeats no text of an unknown error", () => {
    expect(failureOf(new LookupError("denied", "no"), "r")).toEqual({
      ok: false,
      reason: "denied",
      message: "no",
    });
    for (const thrown of [new Error("secret"), "secret", undefined, null, {}])
      expect(failureOf(thrown, "r").message).toBe("r cannot be reached: the request failed");
  });
});
