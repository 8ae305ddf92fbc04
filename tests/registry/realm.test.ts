// Which token server gets a registry's credentials.
import { describe, expect, test } from "vitest";
import { checkRealm } from "../../lib/registry/realm.js";
import { trust } from "../../lib/registry/trust.js";
import { settingsOf } from "../support/settings.js";

const settings = settingsOf({
  registries: [
    "registry.corp.example",
    "registry.corp.example:5000",
    "10.0.0.1",
    "cr.io",
    "localhost:5000",
    "localhost:5001",
    "intranet",
    "acme.github.io",
    "github.io",
    "registry.co.uk",
    "acme.corp.internal",
    "*.dkr.ecr.*.amazonaws.com",
    "127.0.0.11:80",
  ],
  insecureRegistries: ["plain.corp.example:5050", "gitlab.plain.example", "127.0.0.12:5000"],
  tokenHosts: {
    "registry.corp.example": ["gitlab.corp.example", "login.example:8443"],
    "*.dkr.ecr.*.amazonaws.com": "sts.example",
    "plain.corp.example:5050": ["gitlab.plain.example", "tls-only.example"],
    "127.0.0.12:5000": "127.0.0.13:5001",
    "10.0.0.1": "10.0.0.2",
  },
  mirrors: { "quay.io": "https://mirror.example" },
});

function check(domain: string, realm: string): boolean | string {
  const result = trust(domain, settings);
  if (!result.ok) throw new Error(result.message);
  try {
    return checkRealm(realm, result.registry, settings).trusted;
  } catch (error) {
    return (error as { reason: string }).reason;
  }
}

describe("credentials go to the registry's own realm only", () => {
  test.each([
    ["docker.io", "https://auth.docker.io/token", true],
    ["docker.io", "https://registry-1.docker.io/token", true],
    ["docker.io", "https://auth.docker.io.evil.com/token", false],
    ["docker.io", "https://auth.docker.io:8443/token", false],
    ["docker.io", "https://evilauth.docker.io/token", false],
    ["registry.gitlab.com", "https://gitlab.com/jwt/auth", true],
    ["registry.gitlab.com", "https://evilgitlab.com/jwt/auth", false],
    ["ghcr.io", "https://ghcr.io/token", true],
    ["ghcr.io", "https://auth.ghcr.io/token", true],
    ["ghcr.io", "https://ghcr.io.evil.example/token", false],
    ["ghcr.io", "https://evil-ghcr.io/token", false],
    ["ghcr.io", "https://io/token", "untrusted-registry"],
    ["cr.io", "https://ghcr.io/token", false],
    ["ghcr.io", "https://cr.io/token", false],
    ["registry.corp.example", "https://corp.example/token", true],
    ["registry.corp.example", "https://a.registry.corp.example/token", true],
    ["registry.corp.example", "https://auth.corp.example/token", false],
    ["registry.corp.example:5000", "https://registry.corp.example/token", true],
    ["registry.corp.example", "https://example/token", "untrusted-registry"],
    ["10.0.0.1", "https://10.0.0.1/token", true],
    ["10.0.0.1", "https://a.10.0.0.1.example/token", false],
    ["intranet", "https://intranet/token", true],
    ["intranet", "https://auth.intranet/token", false],
    ["localhost:5000", "http://localhost:5000/token", true],
    ["localhost:5000", "http://localhost:5001/token", false],
    ["localhost:5000", "http://localhost:5002/token", "untrusted-registry"],
    ["localhost:5000", "https://localhost:5000/token", false],
    // Below a public suffix, everybody may have a host.
    ["acme.github.io", "https://github.io/token", false],
    ["github.io", "https://evil.github.io/token", false],
    ["registry.co.uk", "https://co.uk/token", false],
    ["acme.corp.internal", "https://corp.internal/token", true],
    // The setting tokenHosts: this host, with this port, for this registry.
    ["registry.corp.example", "https://gitlab.corp.example/jwt/auth", true],
    ["registry.corp.example", "https://login.example:8443/token", true],
    ["registry.corp.example", "https://login.example/token", false],
    ["registry.corp.example", "https://a.gitlab.corp.example/token", false],
    ["registry.corp.example", "http://gitlab.corp.example/token", "untrusted-registry"],
    ["registry.corp.example", "https://u:p@gitlab.corp.example/token", "untrusted-registry"],
    ["registry.corp.example:5000", "https://gitlab.corp.example/jwt/auth", false],
    ["ghcr.io", "https://gitlab.corp.example/jwt/auth", false],
    ["10.0.0.1", "https://10.0.0.2/token", true],
    ["1.dkr.ecr.eu-west-1.amazonaws.com", "https://sts.example/token", true],
    ["plain.corp.example:5050", "http://gitlab.plain.example/jwt/auth", true],
    ["plain.corp.example:5050", "http://gitlab.plain.example:8080/jwt/auth", "untrusted-registry"],
    ["plain.corp.example:5050", "http://tls-only.example/jwt/auth", "untrusted-registry"],
    ["plain.corp.example:5050", "http://plain.corp.example:5050/token", true],
    ["127.0.0.12:5000", "http://127.0.0.13:5001/token", true],
    ["127.0.0.11:80", "http://127.0.0.11/token", true],
    ["127.0.0.11:80", "http://127.0.0.11:80/token", true],
    ["127.0.0.11:80", "http://127.0.0.11:81/token", "untrusted-registry"],
    ["quay.io", "https://mirror.example/token", true],
    ["quay.io", "https://quay.io/token", false],
    ["ghcr.io", "http://ghcr.io/token", "untrusted-registry"],
    ["ghcr.io", "https://169.254.169.254/token", "untrusted-registry"],
    ["ghcr.io", "https://u:p@ghcr.io/token", "untrusted-registry"],
    ["ghcr.io", "nonsense", "invalid-answer"],
  ])("%s with the realm %s: %s", (domain, realm, expected) => {
    expect(check(domain, realm)).toBe(expected);
  });
});
