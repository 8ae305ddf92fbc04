// The settings that name hosts and certificates: what is taken, and what is refused.
import { expect, it } from "vitest";
import { readSettings, SETTINGS_KEY } from "../../lib/settings/read.js";
import type { Settings } from "../../lib/settings/settings.js";
import { HOST, WILDCARD } from "./musts.js";

const registryMust = `must be a registry's ${HOST}; ${WILDCARD}`;

it.each<readonly [given: Record<string, unknown>, kept: Partial<Settings>]>([
  [
    { registries: ["*.azurecr.io", "*.dkr.ecr.*.amazonaws.com", "*.corp.example:5000"] },
    { registries: ["*.azurecr.io", "*.dkr.ecr.*.amazonaws.com", "*.corp.example:5000"] },
  ],
  [
    { mirrors: { "docker.io": "http://mirror.example" }, insecureRegistries: ["mirror.example:80"] },
    { mirrors: { "docker.io": "http://mirror.example" }, insecureRegistries: ["mirror.example:80"] },
  ],
  [
    { tokenHosts: { "r.corp.example": "gitlab.corp.example", "*.corp.example": ["a.example:8443", "b"] } },
    {
      tokenHosts: { "r.corp.example": ["gitlab.corp.example"], "*.corp.example": ["a.example:8443", "b"] },
    },
  ],
  [{ caFile: "certificates/corp.pem" }, { caFile: "certificates/corp.pem" }],
  [{ registriesConf: false }, { registriesConf: false }],
])("takes %j", (given, kept) => {
  expect(readSettings({ [SETTINGS_KEY]: given })).toMatchObject({ ok: true, settings: kept });
});

it.each<readonly [given: Record<string, unknown>, behindTheName: string]>([
  [{ registries: ["ghcr.io", "*.example"] }, `.registries[1] ${registryMust}`],
  [{ registries: ["*"] }, `.registries[0] ${registryMust}`],
  [{ registries: ["a.*.example"] }, `.registries[0] ${registryMust}`],
  [{ registries: ["registry.corp.*"] }, `.registries[0] ${registryMust}`],
  [{ registries: ["x*.corp.example"] }, `.registries[0] ${registryMust}`],
  [{ registries: ["**.corp.example"] }, `.registries[0] ${registryMust}`],
  [{ registries: ["*.1.2.3"] }, `.registries[0] ${registryMust}`],
  [{ registries: ["*.corp.example:x"] }, `.registries[0] ${registryMust}`],
  [{ insecureRegistries: "localhost" }, ".insecureRegistries must be an array"],
  [
    { insecureRegistries: ["*.corp.example"] },
    `.insecureRegistries[0] must be a registry's ${HOST} or wildcard`,
  ],
  [{ tokenHosts: ["gitlab.corp.example"] }, ".tokenHosts must be an object of `registry: token server`"],
  [
    { tokenHosts: { "https://r.corp.example": "gitlab.corp.example" } },
    '.tokenHosts["https://r.corp.example"] must be keyed by registry hosts in lower case',
  ],
  [
    { tokenHosts: { "r.corp.example": ["gitlab.corp.example", "*.corp.example"] } },
    `.tokenHosts["r.corp.example"] must be a token server's ${HOST} or wildcard, or an array of them`,
  ],
  [
    { tokenHosts: { "r.corp.example": [] } },
    `.tokenHosts["r.corp.example"] must be a token server's ${HOST} or wildcard, or an array of them`,
  ],
  [{ caFile: "" }, ".caFile must be the path of a file"],
  [{ caFile: 1 }, ".caFile must be the path of a file"],
  [{ registriesConf: "no" }, ".registriesConf must be true or false"],
])("refuses %j", (given, behindTheName) => {
  expect(readSettings({ [SETTINGS_KEY]: given })).toEqual({
    ok: false,
    message: `settings["container-images"]${behindTheName}`,
  });
});
