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
  ],
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
