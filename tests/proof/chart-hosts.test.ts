// Which chart repositories may be contacted.
import { describe, expect, it } from "vitest";
import { CHART_HOSTS, trustRepository } from "../../lib/proof/chart-hosts.js";

describe("a chart repository", () => {
  it.each([
    ["https://prometheus-community.github.io/helm-charts/", []],
    ["oci://ghcr.io/acme/charts", []],
    ["oci://registry-1.docker.io/bitnamicharts", []],
    ["https://charts.acme.example:8443/a", ["charts.acme.example:8443"]],
    ["http://127.0.0.1:8080", ["127.0.0.1:8080"]],
    ["oci://acme.azurecr.io/charts", ["*.azurecr.io"]],
    ["https://charts.acme.example:8443/a", ["*.acme.example:8443"]],
  ])("is trusted: %s", (url, registries) => {
    expect(trustRepository(url, registries)).toMatchObject({ ok: true, url: url.replace(/\/$/, "") });
  });

  it.each([
    ["https://evil.github.io/charts", "evil.github.io"],
    ["http://prometheus-community.github.io/helm-charts", "prometheus-community.github.io"],
    ["https://charts.acme.example:8443/a", "charts.acme.example:8443"],
    ["oci://prometheus-community.github.io/a", "prometheus-community.github.io"],
    ["https://2130706433/", "127.0.0.1"],
    ["https://a.b.acme.example/", "a.b.acme.example"],
    ["https://acme.example/", "acme.example"],
  ])("has a host that must be named first: %s", (url, host) => {
    expect(trustRepository(url, ["charts.acme.example", "*.acme.example"])).toEqual({ ok: false, host });
  });

  it.each([
    "--help",
    "file:///etc",
    "git+https://a.example/b",
    "https://a:b@ghcr.io/c",
    "https://ghcr.io/?a=b",
    "",
  ])("is none: %s", (url) => {
    expect(trustRepository(url, ["ghcr.io"])).toHaveProperty("message");
  });
});

describe("the table of chart hosts", () => {
  it("is sorted, and says for each host who names it", () => {
    const hosts = CHART_HOSTS.map(({ host }) => host);
    expect(hosts).toEqual([...new Set(hosts)].sort());
    expect(CHART_HOSTS.filter(({ source }) => !source.startsWith("https://"))).toEqual([]);
  });
});
