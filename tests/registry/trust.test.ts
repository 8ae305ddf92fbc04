// Which registries may be asked, and where a registry may redirect to.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LookupError } from "../../lib/registry/failure.js";
import { canonicalHost } from "../../lib/registry/hosts.js";
import { reachElsewhere, trust, type TrustedRegistry } from "../../lib/registry/trust.js";
import { settingsOf } from "../support/settings.js";

function asked(domain: string, settings: Readonly<Record<string, unknown>> = {}): string {
  const result = trust(domain, settingsOf(settings));
  if (!result.ok) return result.reason;
  const { origin, prefix, account, reach } = result.registry;
  return `${origin}/${prefix} ${account} ${reach}`;
}

function registryOf(domain: string, settings: Readonly<Record<string, unknown>> = {}): TrustedRegistry {
  const result = trust(domain, settingsOf(settings));
  if (!result.ok) throw new Error(result.message);
  return result.registry;
}

describe("canonicalHost", () => {
  test.each([
    ["GHCR.IO", "ghcr.io"],
    ["ghcr.io:443", "ghcr.io"],
    ["ghcr.io:5000", "ghcr.io:5000"],
    ["ghcr.io:05000", "ghcr.io:5000"],
    ["127.1", "127.0.0.1"],
    ["127.1:5000", "127.0.0.1:5000"],
    ["2130706433:5000", "127.0.0.1:5000"],
    ["0x7f000001:80", "127.0.0.1:80"],
    ["0177.0.0.1", "127.0.0.1"],
    ["[::1]:5000", "[::1]:5000"],
    ["[0:0:0:0:0:0:0:1]:5000", "[::1]:5000"],
    ["ghcr.io:99999", undefined],
    ["1.2.3.4.5", undefined],
    ["ghcr.io:443@evil", undefined],
    ["ghcr.io/x", undefined],
    ["", undefined],
    ["*.pkg.dev", undefined],
    ["ghcr.io.", undefined],
  ])("%s is %s", (domain, host) => {
    expect(canonicalHost(domain)).toBe(host);
  });
});

describe("the built-in public list", () => {
  test.each([
    ["docker.io", "https://registry-1.docker.io/ docker.io public"],
    ["index.docker.io", "https://registry-1.docker.io/ docker.io public"],
    ["registry-1.docker.io", "https://registry-1.docker.io/ docker.io public"],
    ["ghcr.io", "https://ghcr.io/ ghcr.io public"],
    ["GHCR.io", "https://ghcr.io/ ghcr.io public"],
    ["ghcr.io:443", "https://ghcr.io/ ghcr.io public"],
    ["us-docker.pkg.dev", "https://us-docker.pkg.dev/ us-docker.pkg.dev public"],
    ["gke.gcr.io", "https://gke.gcr.io/ gke.gcr.io public"],
    ["registry.k8s.io", "https://registry.k8s.io/ registry.k8s.io public"],
    ["nvcr.io", "https://nvcr.io/ nvcr.io public"],
    ["registry.gitlab.com", "https://registry.gitlab.com/ registry.gitlab.com public"],
  ])("%s is asked at %s", (domain, expected) => {
    expect(asked(domain)).toBe(expected);
  });

  test.each([
    "ghcr.io:5000",
    "docker.io:80",
    "ghcr.io.evil.example",
    "evilghcr.io",
    "docker.io.evil.com",
    "x.ghcr.io",
    "pkg.dev",
    "a.b.pkg.dev",
    "us-docker.pkg.dev:444",
    "pkg.dev.evil.example",
    "evil.example",
    "registry.corp",
    "localhost",
    "localhost:5000",
    "127.0.0.1:5000",
    "127.1:5000",
    "2130706433:5000",
    "[::1]:5000",
    "169.254.169.254",
    "10.0.0.1",
    "metadata.google.internal",
    "constructor",
    "__proto__",
    "toString",
    "*.pkg.dev",
    "",
    "a b",
    "evil.example/x",
    "ghcr.io@evil",
    "ghcr.io:99999",
    "\u0000",
    "ghcr.io\u0000",
    "ghcr.\u0130o",
  ])("%s is in no list of ours", (domain) => {
    expect(asked(domain)).toBe("untrusted-registry");
  });
});

describe("the setting registries", () => {
  test.each([
    [
      "registry.corp.example",
      "registry.corp.example",
      "https://registry.corp.example/ registry.corp.example any",
    ],
    [
      "registry.corp.example",
      "registry.corp.example:443",
      "https://registry.corp.example/ registry.corp.example any",
    ],
    [
      "registry.corp.example:5000",
      "registry.corp.example:5000",
      "https://registry.corp.example:5000/ registry.corp.example:5000 any",
    ],
    ["10.1.2.3:5000", "10.1.2.3:5000", "https://10.1.2.3:5000/ 10.1.2.3:5000 any"],
    ["localhost:5000", "localhost:5000", "http://localhost:5000/ localhost:5000 loopback"],
    ["127.0.0.1:5000", "127.1:5000", "http://127.0.0.1:5000/ 127.0.0.1:5000 loopback"],
    ["[::1]:5000", "[::1]:5000", "http://[::1]:5000/ [::1]:5000 loopback"],
    ["localhost", "localhost", "https://localhost/ localhost any"],
    ["ghcr.io", "ghcr.io", "https://ghcr.io/ ghcr.io any"],
    // Without a port it is 443 and no other, and there are no subdomains.
    ["registry.corp.example", "registry.corp.example:5000", "untrusted-registry"],
    ["registry.corp.example:5000", "registry.corp.example", "untrusted-registry"],
    ["registry.corp.example", "x.registry.corp.example", "untrusted-registry"],
    ["corp.example", "registry.corp.example", "untrusted-registry"],
    ["localhost", "localhost:5000", "untrusted-registry"],
    ["localhost:5000", "localhost:5001", "untrusted-registry"],
    ["localhost:5000", "127.0.0.1:5000", "untrusted-registry"],
  ])("[%s] and %s: %s", (registry, domain, expected) => {
    expect(asked(domain, { registries: [registry] })).toBe(expected);
  });
});

describe("mirrors", () => {
  test.each([
    ["docker.io", "https://mirror.example", "docker.io", "https://mirror.example/ mirror.example any"],
    [
      "docker.io",
      "https://mirror.example/a/hub/",
      "registry-1.docker.io",
      "https://mirror.example/a/hub/ mirror.example any",
    ],
    ["docker.io", "http://localhost:5000", "docker.io", "http://localhost:5000/ localhost:5000 loopback"],
    ["docker.io", "http://127.0.0.1:5000/x", "docker.io", "http://127.0.0.1:5000/x/ 127.0.0.1:5000 loopback"],
    ["docker.io", "http://127.0.0.11", "docker.io", "http://127.0.0.11/ 127.0.0.11:80 loopback"],
    ["docker.io", "https://localhost:5443", "docker.io", "https://localhost:5443/ localhost:5443 any"],
    // The origin need not be trusted, and is not asked.
    [
      "registry.corp.example:5000",
      "https://mirror.example",
      "registry.corp.example:5000",
      "https://mirror.example/ mirror.example any",
    ],
    [
      "registry.corp.example",
      "https://mirror.example",
      "registry.corp.example:443",
      "https://mirror.example/ mirror.example any",
    ],
    [
      "registry.corp.example",
      "https://docker.io",
      "registry.corp.example",
      "https://registry-1.docker.io/ docker.io any",
    ],
    // A mirror is trusted as that, not as a registry that text may name.
    ["docker.io", "https://mirror.example", "mirror.example", "untrusted-registry"],
    ["docker.io", "https://mirror.example", "constructor", "untrusted-registry"],
  ])("{ %s: %s } and %s: %s", (domain, url, reference, expected) => {
    expect(asked(reference, { mirrors: { [domain]: url } })).toBe(expected);
  });

  test("a mirror that the settings would refuse is refused here, too", () => {
    for (const mirror of [
      "http://mirror.example",
      "file:///etc",
      "https://u:p@mirror.example",
      "nonsense",
      "http://169.254.169.254",
    ]) {
      const result = trust("docker.io", { ...settingsOf(), mirrors: { "docker.io": mirror } });
      expect(result, mirror).toMatchObject({ ok: false, reason: "untrusted-registry" });
    }
  });
});

const PUBLIC_DOMAINS = [
  "docker.io",
  "ghcr.io",
  "quay.io",
  "gcr.io",
  "pkg.dev",
  "cgr.dev",
  "dhi.io",
  "nvcr.io",
  "lscr.io",
  "icr.io",
  "codeberg.org",
];
const PUBLIC_ORIGIN = new RegExp(
  `^https://([a-z0-9-]+\\.)?(${PUBLIC_DOMAINS.map((domain) => domain.replaceAll(".", "\\.")).join("|")})$`,
);

test("no domain is trusted that is in no list", () => {
  const settings = settingsOf();
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.domain(),
        fc.ipV4(),
        fc.ipV6().map((address) => `[${address}]`),
      ),
      (text) => {
        const result = trust(text, settings);
        return !result.ok || PUBLIC_ORIGIN.test(result.registry.origin);
      },
    ),
  );
});

describe("where a registry may lead", () => {
  function reach(
    from: TrustedRegistry,
    target: string,
    settings: Readonly<Record<string, unknown>> = {},
  ): string {
    try {
      return reachElsewhere(new URL(target), from, settingsOf(settings));
    } catch (error) {
      if (error instanceof LookupError) return error.reason;
      throw error;
    }
  }

  test.each([
    ["https://ghcr.io/other", "public"],
    ["https://cdn.example/x?signature=1", "public"],
    ["http://ghcr.io/other", "untrusted-registry"],
    ["http://cdn.example/x", "untrusted-registry"],
    ["http://localhost:5000/x", "untrusted-registry"],
    ["https://user@cdn.example/x", "untrusted-registry"],
    ["https://user:password@ghcr.io/x", "untrusted-registry"],
    ["https://127.0.0.1/x", "untrusted-registry"],
    ["https://127.1/x", "untrusted-registry"],
    ["https://2130706433/x", "untrusted-registry"],
    ["https://0x7f000001/x", "untrusted-registry"],
    ["https://169.254.169.254/latest", "untrusted-registry"],
    ["https://8.8.8.8/x", "untrusted-registry"],
    ["https://[::1]/x", "untrusted-registry"],
    ["https://[::ffff:7f00:1]/x", "untrusted-registry"],
    ["https://localhost/x", "untrusted-registry"],
    ["https://localhost./x", "untrusted-registry"],
    ["https://a.localhost/x", "untrusted-registry"],
    ["https://intranet/x", "untrusted-registry"],
    ["file:///etc/passwd", "untrusted-registry"],
    ["javascript:alert(1)", "untrusted-registry"],
    ["ftp://cdn.example/x", "untrusted-registry"],
  ])("ghcr.io to %s: %s", (target, expected) => {
    expect(reach(registryOf("ghcr.io"), target)).toBe(expected);
  });

  const corp = {
    registries: ["registry.corp", "auth.corp", "localhost:5000", "localhost:5001"],
    mirrors: { "quay.io": "https://mirror.corp:8443/q" },
  };
  test.each([
    ["registry.corp", "https://auth.corp/token", "any"],
    ["registry.corp", "https://mirror.corp:8443/x", "any"],
    ["registry.corp", "https://auth.corp:444/token", "public"],
    ["registry.corp", "https://cdn.example/x", "public"],
    ["registry.corp", "https://10.0.0.1/x", "untrusted-registry"],
    // What is public may not lead into the user's own network, not even to a host that the user named.
    ["ghcr.io", "https://auth.corp/token", "public"],
    ["ghcr.io", "http://localhost:5000/token", "untrusted-registry"],
    ["localhost:5000", "http://localhost:5000/token", "loopback"],
    ["localhost:5000", "http://localhost:5001/token", "loopback"],
    ["localhost:5000", "http://localhost:2375/containers", "untrusted-registry"],
    ["localhost:5000", "http://cdn.example/x", "untrusted-registry"],
    ["registry.corp", "http://localhost:5000/token", "untrusted-registry"],
    ["localhost:5000", "https://cdn.example/x", "public"],
  ])("%s to %s: %s", (domain, target, expected) => {
    expect(reach(registryOf(domain, corp), target, corp)).toBe(expected);
  });

  test("the message names the host, and no other part of the URL", () => {
    expect(() =>
      reachElsewhere(
        new URL("http://cdn.example/secret?signature=secret"),
        registryOf("ghcr.io"),
        settingsOf(),
      ),
    ).toThrow(/^ghcr\.io points to cdn\.example, without TLS$/);
  });
});
