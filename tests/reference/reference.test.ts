// The grammar of an image reference: what distribution/reference accepts, and the message of each refusal.
import { describe, expect, it } from "vitest";
import {
  formatReference,
  isDomain,
  isTag,
  looksLikeDomain,
  parseReference,
  type ReferenceErrorCode,
} from "../../lib/reference/reference.js";

const HEX = "0123456789abcdef".repeat(4);
const SHA256 = `sha256:${HEX}`;
const SHA384 = `sha384:${"0123456789abcdef".repeat(6)}`;
const SHA512 = `sha512:${"0123456789abcdef".repeat(8)}`;

interface Parts {
  readonly domain: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

const GOOD: readonly (readonly [written: string, parts: Parts])[] = [
  // Docker's defaults
  ["nginx", { domain: "docker.io", repository: "library/nginx" }],
  ["nginx:1.27", { domain: "docker.io", repository: "library/nginx", tag: "1.27" }],
  ["library/nginx", { domain: "docker.io", repository: "library/nginx" }],
  ["bitnami/redis:7.4", { domain: "docker.io", repository: "bitnami/redis", tag: "7.4" }],
  ["docker.io/nginx", { domain: "docker.io", repository: "library/nginx" }],
  ["docker.io/library/nginx", { domain: "docker.io", repository: "library/nginx" }],
  ["index.docker.io/nginx:1", { domain: "docker.io", repository: "library/nginx", tag: "1" }],
  ["index.docker.io/bitnami/redis", { domain: "docker.io", repository: "bitnami/redis" }],
  ["a/b/c/d:1", { domain: "docker.io", repository: "a/b/c/d", tag: "1" }],
  ["scratch", { domain: "docker.io", repository: "library/scratch" }],
  // not Docker Hub, although they look like it
  ["registry-1.docker.io/library/nginx", { domain: "registry-1.docker.io", repository: "library/nginx" }],
  ["registry-1.docker.io/nginx", { domain: "registry-1.docker.io", repository: "nginx" }],
  ["docker.io:443/nginx", { domain: "docker.io:443", repository: "nginx" }],
  // what makes the first part a registry
  ["ghcr.io/org/app:v1", { domain: "ghcr.io", repository: "org/app", tag: "v1" }],
  ["localhost/app", { domain: "localhost", repository: "app" }],
  ["localhost:5000/app:1", { domain: "localhost:5000", repository: "app", tag: "1" }],
  ["localhost:5000/a/b/c/d:1", { domain: "localhost:5000", repository: "a/b/c/d", tag: "1" }],
  ["localhost:5000", { domain: "docker.io", repository: "library/localhost", tag: "5000" }],
  ["registry:5000/app", { domain: "registry:5000", repository: "app" }],
  ["Foo/bar", { domain: "Foo", repository: "bar" }],
  ["GHCR.IO/org/app", { domain: "GHCR.IO", repository: "org/app" }],
  ["test_com/foo", { domain: "docker.io", repository: "test_com/foo" }],
  ["test-com/foo", { domain: "docker.io", repository: "test-com/foo" }],
  ["xn--n3h.com/myimage:xn--n3h.com", { domain: "xn--n3h.com", repository: "myimage", tag: "xn--n3h.com" }],
  ["127.0.0.1:5000/app", { domain: "127.0.0.1:5000", repository: "app" }],
  ["[::1]/app", { domain: "[::1]", repository: "app" }],
  ["[::1]:5000/app:1", { domain: "[::1]:5000", repository: "app", tag: "1" }],
  [`[2001:db8::1]:5000/a/b@${SHA256}`, { domain: "[2001:db8::1]:5000", repository: "a/b", digest: SHA256 }],
  ["[:]/app", { domain: "[:]", repository: "app" }],
  ["registry.example:0/app", { domain: "registry.example:0", repository: "app" }],
  ["registry.example:99999/app", { domain: "registry.example:99999", repository: "app" }],
  // separators in a repository
  ["a.b/c", { domain: "a.b", repository: "c" }],
  ["a/b.c_d__e-f---g", { domain: "docker.io", repository: "a/b.c_d__e-f---g" }],
  ["0/1", { domain: "docker.io", repository: "0/1" }],
  // tags
  ["a:latest", { domain: "docker.io", repository: "library/a", tag: "latest" }],
  ["a:_", { domain: "docker.io", repository: "library/a", tag: "_" }],
  ["a:V1.2-rc_3", { domain: "docker.io", repository: "library/a", tag: "V1.2-rc_3" }],
  [`a:${"t".repeat(128)}`, { domain: "docker.io", repository: "library/a", tag: "t".repeat(128) }],
  ["a:1.2.3--..__", { domain: "docker.io", repository: "library/a", tag: "1.2.3--..__" }],
  // digests
  [`nginx@${SHA256}`, { domain: "docker.io", repository: "library/nginx", digest: SHA256 }],
  [`nginx:1.27@${SHA256}`, { domain: "docker.io", repository: "library/nginx", tag: "1.27", digest: SHA256 }],
  [`nginx@${SHA384}`, { domain: "docker.io", repository: "library/nginx", digest: SHA384 }],
  [`nginx@${SHA512}`, { domain: "docker.io", repository: "library/nginx", digest: SHA512 }],
  [`ghcr.io/org/app@${SHA256}`, { domain: "ghcr.io", repository: "org/app", digest: SHA256 }],
  // 64 hexadecimal digits are an image ID only alone
  [`${HEX}:1`, { domain: "docker.io", repository: `library/${HEX}`, tag: "1" }],
  [`${HEX}@${SHA256}`, { domain: "docker.io", repository: `library/${HEX}`, digest: SHA256 }],
  [`library/${HEX}`, { domain: "docker.io", repository: `library/${HEX}` }],
  [HEX.slice(1), { domain: "docker.io", repository: `library/${HEX.slice(1)}` }],
  // lengths: 255 for the repository, with the `library/` that was added, without the domain
  ["a".repeat(247), { domain: "docker.io", repository: `library/${"a".repeat(247)}` }],
  [`ghcr.io/${"a".repeat(255)}`, { domain: "ghcr.io", repository: "a".repeat(255) }],
];

const BAD: readonly (readonly [written: string, code: ReferenceErrorCode])[] = [
  ["", "empty"],
  [" ", "space"],
  [" nginx", "space"],
  ["nginx ", "space"],
  ["nginx\n", "space"],
  ["nginx:1.27\n", "space"],
  ["ngi nx", "space"],
  ["nginx\u00a0", "space"],
  ["a".repeat(1025), "too-long"],
  [`${"a/".repeat(500_000)}a`, "too-long"],
  ["docker://nginx", "scheme"],
  ["oci://ghcr.io/org/chart", "scheme"],
  ["http://ghcr.io/org/app", "scheme"],
  ["${IMAGE}", "expression"],
  ["nginx:${TAG}", "expression"],
  ["$(IMAGE)", "expression"],
  ["{{.Values.image}}", "expression"],
  [`nginx@${SHA256}@${SHA256}`, "two-digests"],
  ["nginx@", "digest"],
  ["nginx@sha256", "digest"],
  ["nginx@sha256:", "digest"],
  [`nginx@sha256:${HEX.slice(1)}`, "digest"],
  [`nginx@sha256:${HEX}0`, "digest"],
  [`nginx@sha256:${HEX.toUpperCase()}`, "digest"],
  [`nginx@sha512:${HEX}`, "digest"],
  [`nginx@SHA256:${HEX}`, "digest"],
  ["nginx@md5:d41d8cd98f00b204e9800998ecf8427e", "digest"],
  ["nginx@sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709", "digest"],
  [`nginx@${SHA256}:1.27`, "digest"],
  [`nginx@${SHA256}\u0000`, "digest"],
  ["nginx:", "tag"],
  ["nginx:-1", "tag"],
  ["nginx:.1", "tag"],
  ["nginx:1+2", "tag"],
  ["nginx:a:b", "tag"],
  ["a:b:c", "tag"],
  [`nginx:${"t".repeat(129)}`, "tag"],
  ["nginx:é", "tag"],
  ["nginx:%2e", "tag"],
  ["nginx:1\u0000", "tag"],
  [":1", "name"],
  [`@${SHA256}`, "name"],
  ["Nginx", "upper-case"],
  ["library/Nginx", "upper-case"],
  ["ghcr.io/Org/app", "upper-case"],
  ["docker.io/Nginx:1", "upper-case"],
  ["/nginx", "name"],
  ["./nginx", "name"],
  ["../nginx", "name"],
  ["nginx/", "name"],
  ["a//b", "name"],
  ["ghcr.io/", "name"],
  ["ghcr.io//app", "name"],
  ["a/../b", "name"],
  ["a/./b", "name"],
  ["..", "name"],
  ["-a/b", "name"],
  ["a-/b", "name"],
  ["a/b-", "name"],
  ["a/-b", "name"],
  ["a..b/c", "domain"],
  ["a/b..c", "name"],
  ["a/b___c", "name"],
  ["a/b._c", "name"],
  ["a/%2e", "name"],
  ["a/😀", "name"],
  ["ngínx", "name"],
  ["foo_bar.com:8080/app", "domain"],
  ["foo:bar/app", "domain"],
  ["ghcr.io:/app", "domain"],
  ["ghcr.io:port/app", "domain"],
  [".ghcr.io/app", "domain"],
  ["ghcr.io./app", "domain"],
  ["-ghcr.io/app", "domain"],
  ["user@ghcr.io/app", "digest"],
  ["[fe80::1%eth0]/app", "domain"],
  ["[::ffff:127.0.0.1]/app", "domain"],
  ["[]/app", "name"],
  ["[::1/app", "domain"],
  [HEX, "identifier"],
  ["a".repeat(248), "name"],
  [`ghcr.io/${"a".repeat(256)}`, "name"],
];

/** As a title: what would break a line or fill a page is cut. */
const shown = (text: string): string =>
  text.length > 60
    ? `${JSON.stringify(text.slice(0, 40))}… (${String(text.length)} characters)`
    : JSON.stringify(text);

describe("parseReference", () => {
  it.each(GOOD.map(([written, parts]) => ({ title: shown(written), written, parts })))(
    "reads $title",
    ({ written, parts }) => {
      expect(parseReference(written)).toEqual({ ok: true, reference: { ...parts, written } });
    },
  );

  it.each(BAD.map(([written, code]) => ({ title: shown(written), written, code })))(
    "refuses $title: $code",
    ({ written, code }) => {
      const result = parseReference(written);
      expect(result).toMatchObject({ ok: false, error: { code } });
      if (!result.ok) expect(result.error.message).toMatch(/^[^\n\r]{1,160}$/);
    },
  );

  it("counts a digest's digits, so that a typing error is found at once", () => {
    expect(parseReference(`nginx@sha256:${HEX.slice(1)}`)).toMatchObject({
      error: { message: "63 hexadecimal digits, a sha256 has 64" },
    });
  });
});

describe("formatReference", () => {
  it.each([
    ["nginx", "docker.io/library/nginx"],
    ["nginx:1.27", "docker.io/library/nginx:1.27"],
    [`localhost:5000/a:1@${SHA256}`, `localhost:5000/a:1@${SHA256}`],
    [`nginx@${SHA256}`, `docker.io/library/nginx@${SHA256}`],
  ])("writes %s as %s", (written, full) => {
    const result = parseReference(written);
    expect(result.ok && formatReference(result.reference)).toBe(full);
  });

  it("writes one spelling for every spelling of an image at Docker Hub", () => {
    const spellings = [
      "nginx",
      "library/nginx",
      "docker.io/nginx",
      "docker.io/library/nginx",
      "index.docker.io/nginx",
      "index.docker.io/library/nginx",
    ];
    const formatted = spellings.map((written) => {
      const result = parseReference(written);
      return result.ok ? formatReference(result.reference) : result.error.code;
    });
    expect(new Set(formatted)).toEqual(new Set(["docker.io/library/nginx"]));
  });
});

describe("isTag", () => {
  it.each([
    ["latest", true],
    ["1.27", true],
    ["_x", true],
    ["t".repeat(128), true],
    ["", false],
    ["t".repeat(129), false],
    ["-x", false],
    [".x", false],
    ["a b", false],
    ["a\n", false],
    ["a/b", false],
    ["1+2", false],
  ])("%j: %s", (text, expected) => {
    expect(isTag(text)).toBe(expected);
  });
});

describe("isDomain", () => {
  it.each([
    ["ghcr.io", true],
    ["registry.example:5000", true],
    ["[::1]:5000", true],
    ["localhost", true],
    ["", false],
    ["https://ghcr.io", false],
    ["ghcr.io/org", false],
    ["*.ghcr.io", false],
    ["ghcr.io:", false],
    ["ghcr.io.", false],
    ["user@ghcr.io", false],
    ["ghcr.io\n", false],
    [`${"a.".repeat(600)}a`, false],
  ])("%.60j: %s", (text, expected) => {
    expect(isDomain(text)).toBe(expected);
  });
});

describe("looksLikeDomain", () => {
  it.each([
    ["localhost", true],
    ["ghcr.io", true],
    ["registry:5000", true],
    ["Registry", true],
    ["[::1]", true],
    ["bitnami", false],
    ["test_com", false],
    ["", false],
  ])("%j: %s", (head, expected) => {
    expect(looksLikeDomain(head)).toBe(expected);
  });
});
