// Which hosts the settings name: by a pattern, or as one without TLS.
import { describe, expect, test } from "vitest";
import type { LookupError } from "../../lib/registry/failure.js";
import { reachElsewhere, trust } from "../../lib/registry/trust.js";
import { settingsOf } from "../support/settings.js";

function asked(domain: string, settings: Readonly<Record<string, unknown>> = {}): string {
  const result = trust(domain, settingsOf(settings));
  if (!result.ok) return result.reason;
  const { origin, prefix, account, reach } = result.registry;
  return `${origin}/${prefix} ${account} ${reach}`;
}

test("port 80 is left out where a URL leaves it out, and stays where credentials are looked up", () => {
  expect(asked("127.0.0.11:80", { registries: ["127.0.0.11:80"] })).toBe(
    "http://127.0.0.11/ 127.0.0.11:80 loopback",
  );
});

describe("`*` in the setting registries", () => {
  test.each([
    // `*` is one whole label.
    ["*.azurecr.io", "acme.azurecr.io", "https://acme.azurecr.io/ acme.azurecr.io any"],
    ["*.azurecr.io", "ACME.azurecr.io:443", "https://acme.azurecr.io/ acme.azurecr.io any"],
    [
      "*.dkr.ecr.*.amazonaws.com",
      "123.dkr.ecr.eu-west-1.amazonaws.com",
      "https://123.dkr.ecr.eu-west-1.amazonaws.com/ 123.dkr.ecr.eu-west-1.amazonaws.com any",
    ],
    ["*.corp.example:5000", "a.corp.example:5000", "https://a.corp.example:5000/ a.corp.example:5000 any"],
    ["*.azurecr.io", "azurecr.io", "untrusted-registry"],
    ["*.azurecr.io", "a.b.azurecr.io", "untrusted-registry"],
    ["*.azurecr.io", "acme.azurecr.io:5000", "untrusted-registry"],
    ["*.azurecr.io", "acme.azurecr.io.evil.example", "untrusted-registry"],
    ["*.azurecr.io", "evil-azurecr.io", "untrusted-registry"],
    ["*.dkr.ecr.*.amazonaws.com", "123.dkr.ecr.evil.example.amazonaws.com", "untrusted-registry"],
    ["*.dkr.ecr.*.amazonaws.com", "dkr.ecr.eu-west-1.amazonaws.com", "untrusted-registry"],
  ])("[%s] and %s: %s", (registry, domain, expected) => {
    expect(asked(domain, { registries: [registry] })).toBe(expected);
  });
});

describe("the setting insecureRegistries", () => {
  test.each([
    ["r.corp.example", "r.corp.example", "http://r.corp.example/ r.corp.example insecure"],
    ["r.corp.example", "r.corp.example:80", "http://r.corp.example/ r.corp.example:80 insecure"],
    ["r.corp.example:80", "r.corp.example", "http://r.corp.example/ r.corp.example insecure"],
    [
      "r.corp.example:5000",
      "r.corp.example:5000",
      "http://r.corp.example:5000/ r.corp.example:5000 insecure",
    ],
    ["10.0.0.1:5000", "10.0.0.1:5000", "http://10.0.0.1:5000/ 10.0.0.1:5000 insecure"],
    ["localhost:5000", "localhost:5000", "http://localhost:5000/ localhost:5000 loopback"],
    ["localhost", "localhost", "http://localhost/ localhost loopback"],
    ["r.corp.example", "r.corp.example:5000", "untrusted-registry"],
    ["r.corp.example", "a.r.corp.example", "untrusted-registry"],
    // What is public has TLS.
    ["ghcr.io", "ghcr.io", "https://ghcr.io/ ghcr.io any"],
  ])("[%s] and %s: %s", (registry, domain, expected) => {
    expect(asked(domain, { insecureRegistries: [registry] })).toBe(expected);
  });

  test("a mirror with plain http", () => {
    const settings = {
      mirrors: { "docker.io": "http://m.corp.example/hub" },
      insecureRegistries: ["m.corp.example"],
    };
    expect(asked("docker.io", settings)).toBe("http://m.corp.example/hub/ m.corp.example:80 insecure");
  });

  test.each([
    ["r.corp.example:5000", "http://other.corp.example/", "insecure"],
    ["r.corp.example:5000", "http://else.corp.example/", "untrusted-registry"],
    // From TLS, nothing leads to plain http.
    ["tls.corp.example", "http://other.corp.example/", "untrusted-registry"],
    ["ghcr.io", "http://other.corp.example/", "untrusted-registry"],
  ])("%s may lead to %s: %s", (domain, target, expected) => {
    const settings = settingsOf({
      registries: ["tls.corp.example"],
      insecureRegistries: ["r.corp.example:5000", "other.corp.example"],
    });
    const result = trust(domain, settings);
    if (!result.ok) throw new Error(result.message);
    const { registry } = result;
    const reach = (): string => {
      try {
        return reachElsewhere(new URL(target), registry, settings);
      } catch (error) {
        return (error as LookupError).reason;
      }
    };
    expect(reach()).toBe(expected);
  });
});
