// Our grammar of a reference against distribution/reference itself, text by text.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseReference } from "../../lib/reference/reference.js";
import { lacks, run } from "./support/tools.js";

const HEX = "0123456789abcdef".repeat(4);

/** What must not be left out by chance; tests/reference/ says what each of them is. */
const TABLE: readonly string[] = [
  "nginx",
  "nginx:1.27",
  "library/nginx",
  "docker.io/nginx",
  "index.docker.io/nginx:1",
  "index.docker.io/a/b",
  "docker.io",
  "registry-1.docker.io/nginx",
  "docker.io:443/nginx",
  "localhost",
  "localhost/app",
  "localhost:5000",
  "localhost:5000/app",
  "localhost:5000/a/b/c/d:1",
  "Foo/bar",
  "Foo",
  "foo/Bar",
  "GHCR.IO/a",
  "test_com/foo",
  "xn--n3h.com/a:xn--n3h.com",
  "[::1]/a",
  "[::1]:5000/a:1",
  "[:]/a",
  "[]/a",
  "[fe80::1%eth0]/a",
  "[::ffff:127.0.0.1]/a",
  "[::1",
  "[::1]",
  "[::1]:80",
  "127.0.0.1/a",
  "a:0/b",
  "a:99999/b",
  "a:/b",
  "a:b/c",
  "a.b./c",
  ".a.b/c",
  "-a.b/c",
  "a-.b/c",
  "a:",
  "a@",
  "a:b:c",
  "a:-1",
  "a:.1",
  "a:_",
  "a:1+2",
  "/a",
  "./a",
  "../a",
  "a/",
  "a//b",
  "a/../b",
  "a..b",
  "a__b",
  "a___b",
  "a._b",
  "a--b",
  "a---b",
  "-a",
  "a-",
  "_a",
  "a_",
  ".",
  "..",
  ":1",
  "@",
  "a/b@c",
  "scratch",
  "a/😀",
  "ngínx",
  "A/😀",
  "É/a",
  "a/%2e",
  ..." | a|a |a\n|a\tb|docker://a|oci://a/b|${A}|{{.A}}|a:${A}|$(A)".split("|"),
  "",
  "a\u0000",
  HEX,
  `${HEX}:1`,
  `${HEX}@sha256:${HEX}`,
  `library/${HEX}`,
  HEX.slice(1),
  `a@sha256:${HEX}`,
  `a:1@sha256:${HEX}`,
  `a@sha256:${HEX.toUpperCase()}`,
  `a@sha256:${HEX.slice(1)}`,
  `a@sha256:${HEX}0`,
  `a@sha256:${HEX}:1`,
  `a@sha256:${HEX}@sha256:${HEX}`,
  `a@sha384:${HEX.slice(32)}${HEX}`,
  `a@sha512:${HEX}${HEX}`,
  `a@sha512:${HEX}`,
  `a@md5:${HEX.slice(32)}`,
  `a@sha256+b64u:${HEX}`,
  `a:${"t".repeat(128)}`,
  `a:${"t".repeat(129)}`,
  "a".repeat(247),
  "a".repeat(248),
  `ghcr.io/${"a".repeat(255)}`,
  `ghcr.io/${"a".repeat(256)}`,
];

/** Pieces that references are made of, and pieces that break them. */
const PIECES = [
  "a",
  "b1",
  "0",
  "A",
  "_",
  "__",
  ".",
  "-",
  "--",
  "/",
  ":",
  "@",
  "[",
  "]",
  "::1",
  "docker.io",
  "index.docker.io",
  "localhost",
  "5000",
  "é",
  " ",
  "sha256:",
  HEX,
  `@sha256:${HEX}`,
];
const random = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 9 })
  .map((pieces) => pieces.join(""));

interface Parts {
  readonly domain?: string;
  readonly repository?: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly error?: string;
}

/** Where we mean to differ: what distribution/reference takes and no registry can be asked for. */
const DIFFERENCES: readonly {
  readonly why: string;
  readonly holds: (text: string, theirs: Parts) => boolean;
}[] = [
  { why: "longer than 1 KiB: refused unread", holds: (text) => text.length > 1024 },
  {
    why: "a host with `_`: taken as a path without any domain, which no registry serves",
    holds: (_, theirs) => theirs.error === undefined && theirs.domain === undefined,
  },
];

describe.skipIf(lacks("the grammar of distribution/reference", "reference-oracle"))(
  "distribution/reference",
  () => {
    it("reads every text as we do", async () => {
      const texts = [
        ...TABLE,
        ...fc.sample(random, 20_000),
        ...fc.sample(fc.string({ unit: "grapheme", maxLength: 40 }), 2_000),
      ];
      const { stdout, stderr } = await run("reference-oracle", [], {
        input: texts.map((text) => `${JSON.stringify(text)}\n`).join(""),
      });
      const theirs = stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as Parts);
      expect(theirs, stderr).toHaveLength(texts.length);

      const others: object[] = [];
      let read = 0;
      let differences = 0;
      for (const [index, text] of texts.entries()) {
        const their = theirs[index] ?? {};
        const result = parseReference(text);
        const ours: Parts = result.ok
          ? {
              domain: result.reference.domain,
              repository: result.reference.repository,
              ...pick(result.reference),
            }
          : { error: "" };
        const same =
          their.error === undefined
            ? JSON.stringify(sorted(ours)) === JSON.stringify(sorted(their))
            : ours.error !== undefined;
        if (their.error === undefined) read += 1;
        if (same) continue;
        if (DIFFERENCES.some((each) => each.holds(text, their)) && !result.ok) differences += 1;
        else others.push({ text, ours: result, theirs: their });
      }
      expect(others.slice(0, 10)).toEqual([]);
      // Neither all refused nor all a known difference: the comparison compared something.
      expect(read).toBeGreaterThan(500);
      expect(differences).toBeLessThan(read / 2);
    });
  },
);

function pick({ tag, digest }: Parts): Parts {
  return { ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

function sorted(parts: Parts): readonly (readonly [string, unknown])[] {
  return Object.entries(parts).sort(([a], [b]) => a.localeCompare(b));
}
