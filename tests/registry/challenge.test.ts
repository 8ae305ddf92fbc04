// How the WWW-Authenticate header is read.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseChallenge, parseChallenges } from "../../lib/registry/challenge.js";

function parsed(header: string): unknown {
  return parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);
}

describe("parseChallenges", () => {
  test.each<[string, unknown]>([
    ['Bearer realm="https://a/t",service="s"', [["bearer", { realm: "https://a/t", service: "s" }]]],
    ['BEARER REALM="https://a/t"', [["bearer", { realm: "https://a/t" }]]],
    ['Bearer realm = "https://a/t" , service = s', [["bearer", { realm: "https://a/t", service: "s" }]]],
    ['Basic realm="a, b=\\"c\\" \\\\"', [["basic", { realm: 'a, b="c" \\' }]]],
    [
      'Negotiate, Basic realm="x", Bearer realm="https://a/t",service="s"',
      [
        ["negotiate", {}],
        ["basic", { realm: "x" }],
        ["bearer", { realm: "https://a/t", service: "s" }],
      ],
    ],
    [
      'Negotiate YWJj==, Basic realm="x"',
      [
        ["negotiate", {}],
        ["basic", { realm: "x" }],
      ],
    ],
    [',, ,Bearer realm="https://a/t",, ,service="s",,', [["bearer", { realm: "https://a/t", service: "s" }]]],
    ["Bearer realm=https://a/t?x=1,service=s", [["bearer", { realm: "https://a/t?x=1", service: "s" }]]],
    ['Bearer realm="https://a/t",realm="https://evil/t"', [["bearer", { realm: "https://a/t" }]]],
    [
      'Bearer unknown="1",realm="https://a/t",error="insufficient_scope"',
      [["bearer", { unknown: "1", realm: "https://a/t", error: "insufficient_scope" }]],
    ],
    ['Bearer realm="unterminated', [["bearer", {}]]],
    ['realm="no scheme"', []],
    ['Bearer __proto__="x",realm="r"', [["bearer", { ["__proto__"]: "x", realm: "r" }]]],
    ["", []],
    ["   ", []],
    ["\u0000", []],
    ["Basic", [["basic", {}]]],
  ])("%s", (header, expected) => {
    expect(parsed(header)).toEqual(expected);
  });

  test("reads at most eight challenges and 8 KiB", () => {
    expect(parseChallenges("Basic, ".repeat(100))).toHaveLength(8);
    expect(parseChallenges(`${" ".repeat(8192)}Basic`)).toHaveLength(0);
  });

  test("never throws, and reads a challenge that was written from parts", () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => Array.isArray(parseChallenges(text))));
    fc.assert(
      fc.property(fc.string(), (value) => {
        const quoted = value.replace(/["\\]/g, "\\$&");
        return parseChallenges(`Basic a="1", Bearer realm="${quoted}"`)[1]?.parameters.get("realm") === value;
      }),
    );
  });
});

describe("chooseChallenge", () => {
  test.each([
    [
      'Basic realm="x", Bearer realm="https://a/t",service="s"',
      { scheme: "bearer", realm: "https://a/t", service: "s" },
    ],
    ['Bearer realm="https://a/t"', { scheme: "bearer", realm: "https://a/t", service: undefined }],
    [
      'Bearer realm="/relative", Bearer realm="https://b/t"',
      { scheme: "bearer", realm: "https://b/t", service: undefined },
    ],
    ['Bearer realm="nonsense", Basic realm="x"', { scheme: "basic" }],
    ["basic", { scheme: "basic" }],
  ])("%s", (header, expected) => {
    expect(chooseChallenge(header, "r.example")).toEqual(expected);
  });

  test.each([
    [undefined, /401 without a challenge/],
    ["Negotiate", /neither Bearer nor Basic/],
    ["", /neither Bearer nor Basic/],
    ["Bearer", /bad realm/],
    ['Bearer realm=""', /bad realm/],
    ['Bearer realm="/token"', /bad realm/],
    ['Bearer realm="file:///etc/passwd"', /bad realm/],
    ['Bearer realm="javascript:alert(1)"', /bad realm/],
    ['Bearer realm="https://user:password@a/t"', /bad realm/],
  ])("%s cannot be answered", (header, message) => {
    expect(() => chooseChallenge(header, "r.example")).toThrow(message);
  });
});
