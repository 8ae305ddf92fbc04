// The settings: what is taken, what is filled in, and for everything else one line that names the setting and
// what it must be.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSettings, SETTINGS_KEY } from "../../lib/settings/read.js";
import type { Settings } from "../../lib/settings/settings.js";
import { SETTING_ROWS } from "../../lib/settings/table.js";
import { HOST, WILDCARD } from "./musts.js";

const DEFAULTS: Settings = {
  resolve: "auto",
  registries: [],
  mirrors: {},
  tokenHosts: {},
  insecureRegistries: [],
  registriesConf: true,
  exempt: [],
  files: [],
  charts: [],
  chartFacts: { uses: [], charts: [], sources: [] },
  chartCatalogues: [],
  fields: [],
  unknownCharts: "suggest",
  maxAge: 86_400,
  timeout: 15_000,
};

const read = (ours: unknown): ReturnType<typeof readSettings> => readSettings({ [SETTINGS_KEY]: ours });
const message = (ours: unknown): string => {
  const result = read(ours);
  return result.ok ? "no message" : result.message;
};

const IMAGE_FACT = {
  path: "image",
  reference: "{repository}:{tag}",
  digest: { to: "tag" },
  evidence: "user",
};
const wrongFact = (image: object): Record<string, unknown> => ({
  chartFacts: { charts: [{ chart: "a", images: [{ ...IMAGE_FACT, ...image }] }] },
});

describe("readSettings", () => {
  it.each([
    [undefined],
    [null],
    [{}],
    [{ other: 1 }],
    ["text"],
    [[]],
    [{ [SETTINGS_KEY]: undefined }],
    [{ [SETTINGS_KEY]: {} }],
    [Object.create({ [SETTINGS_KEY]: { resolve: "no" } })],
  ])("gives the defaults where nothing of ours is set: %j", (all) => {
    expect(readSettings(all)).toEqual({ ok: true, settings: DEFAULTS });
  });

  it.each([null, [], "auto", 1, true])("refuses %j in place of the object", (ours) => {
    expect(message(ours)).toBe('settings["container-images"] must be an object');
  });

  it("validates the same object only once", () => {
    const all = { [SETTINGS_KEY]: { maxAge: 1 } };
    expect(readSettings(all)).toBe(readSettings(all));
  });

  it.each<readonly [given: Record<string, unknown>, kept: Partial<Settings>]>([
    [{ resolve: "cache" }, { resolve: "cache" }],
    [{ resolve: "registry" }, { resolve: "registry" }],
    [{ resolve: "background" }, { resolve: "background" }],
    [{ resolve: undefined }, {}],
    [
      { registries: ["registry.corp.example", "registry.corp.example:5000", "[::1]:5000"] },
      { registries: ["registry.corp.example", "registry.corp.example:5000", "[::1]:5000"] },
    ],
    [
      { mirrors: { "docker.io": "https://mirror.example" } },
      { mirrors: { "docker.io": "https://mirror.example" } },
    ],
    [
      { mirrors: { "docker.io": "https://mirror.example:8443/a/b///" } },
      { mirrors: { "docker.io": "https://mirror.example:8443/a/b" } },
    ],
    [
      { mirrors: { "ghcr.io": "http://127.0.0.1:5000" } },
      { mirrors: { "ghcr.io": "http://127.0.0.1:5000" } },
    ],
    [
      { mirrors: { "ghcr.io": "http://localhost:5000/" } },
      { mirrors: { "ghcr.io": "http://localhost:5000" } },
    ],
    [{ mirrors: { "ghcr.io": "http://[::1]:5000" } }, { mirrors: { "ghcr.io": "http://[::1]:5000" } }],
    [
      { exempt: [{ image: "ghcr.io/org/*", reason: " why " }] },
      { exempt: [{ image: ["ghcr.io/org/*"], reason: "why" }] },
    ],
    [
      { exempt: [{ files: ["a/*.yaml", "b/*.yaml"], field: "spec.x[*].image", reason: "why" }] },
      { exempt: [{ files: ["a/*.yaml", "b/*.yaml"], field: ["spec.x[*].image"], reason: "why" }] },
    ],
    [
      { files: [{ files: "deploy/*.yaml", kind: "values" }] },
      { files: [{ files: ["deploy/*.yaml"], kind: "values" }] },
    ],
    [{ unknownCharts: "fix" }, { unknownCharts: "fix" }],
    [
      { charts: [{ files: "apps/*/values.yaml", chart: "bitnami/nginx" }] },
      { charts: [{ files: ["apps/*/values.yaml"], chart: "bitnami/nginx" }] },
    ],
    [
      { charts: [{ files: ["a.yaml", "b.yaml"], chart: "cert-manager" }] },
      { charts: [{ files: ["a.yaml", "b.yaml"], chart: "cert-manager" }] },
    ],
    [{ maxAge: 0 }, { maxAge: 0 }],
    [{ maxAge: 31_622_400 }, { maxAge: 31_622_400 }],
    [{ cacheDirectory: "/var/cache/images" }, { cacheDirectory: "/var/cache/images" }],
    [{ timeout: 1 }, { timeout: 1 }],
  ])("takes %j", (given, kept) => {
    expect(read(given)).toEqual({ ok: true, settings: { ...DEFAULTS, ...kept } });
  });

  it("keeps a mirror of a domain that is named like a property of Object", () => {
    const result = read({
      mirrors: JSON.parse('{"constructor":"https://a.example","__proto__":"https://b.example"}') as unknown,
    });
    expect(result).toMatchObject({ ok: false });
    const known = read({ mirrors: { localhost: "https://a.example" } });
    expect(known.ok && "constructor" in known.settings.mirrors).toBe(false);
  });

  const registryMust = `must be a registry's ${HOST}; ${WILDCARD}`;
  const mirrorMust =
    "must be an https URL (http for loopback and `insecureRegistries` only) without user, query or fragment";
  it.each<readonly [given: Record<string, unknown>, behindTheName: string]>([
    [{ resolve: "always" }, '.resolve must be one of "auto", "cache", "registry", "background"'],
    [{ resolve: null }, '.resolve must be one of "auto", "cache", "registry", "background"'],
    [{ resolve: ["auto"] }, '.resolve must be one of "auto", "cache", "registry", "background"'],
    [{ registries: "ghcr.io" }, ".registries must be an array"],
    [{ registries: {} }, ".registries must be an array"],
    [{ registries: ["https://ghcr.io"] }, `.registries[0] ${registryMust}`],
    [{ registries: ["GHCR.io"] }, `.registries[0] ${registryMust}`],
    [{ registries: ["ghcr.io/org"] }, `.registries[0] ${registryMust}`],
    [{ registries: ["user@ghcr.io"] }, `.registries[0] ${registryMust}`],
    [{ registries: [""] }, `.registries[0] ${registryMust}`],
    [{ registries: [1] }, `.registries[0] ${registryMust}`],
    [{ mirrors: [] }, ".mirrors must be an object of `domain: url`"],
    [{ mirrors: "https://mirror.example" }, ".mirrors must be an object of `domain: url`"],
    [
      { mirrors: { "Docker.io": "https://a.example" } },
      '.mirrors["Docker.io"] must be keyed by registry hosts in lower case',
    ],
    [
      { mirrors: { "docker.io/library": "https://a.example" } },
      '.mirrors["docker.io/library"] must be keyed by registry hosts in lower case',
    ],
    [{ mirrors: { "docker.io": "mirror.example" } }, `.mirrors["docker.io"] ${mirrorMust}`],
    [{ mirrors: { "docker.io": "http://mirror.example" } }, `.mirrors["docker.io"] ${mirrorMust}`],
    [{ mirrors: { "docker.io": "http://127.evil.example" } }, `.mirrors["docker.io"] ${mirrorMust}`],
    [{ mirrors: { "docker.io": "http://localhost.evil.example" } }, `.mirrors["docker.io"] ${mirrorMust}`],
    [{ mirrors: { "docker.io": "ftp://mirror.example" } }, `.mirrors["docker.io"] ${mirrorMust}`],
    [
      { mirrors: { "docker.io": "https://user:secret@mirror.example" } },
      `.mirrors["docker.io"] ${mirrorMust}`,
    ],
    [{ mirrors: { "docker.io": "https://mirror.example?a" } }, `.mirrors["docker.io"] ${mirrorMust}`],
    [{ mirrors: { "docker.io": "https://mirror.example#a" } }, `.mirrors["docker.io"] ${mirrorMust}`],
    [{ mirrors: { "docker.io": 1 } }, `.mirrors["docker.io"] ${mirrorMust}`],
    [{ exempt: {} }, ".exempt must be an array"],
    [{ exempt: ["ghcr.io/org/*"] }, ".exempt[0] must be an object `{ image?, files?, field?, reason }`"],
    [{ exempt: [{ image: "a/*" }] }, ".exempt[0].reason must be a text that says why"],
    [{ exempt: [{ image: "a/*", reason: "  " }] }, ".exempt[0].reason must be a text that says why"],
    [{ exempt: [{ image: "a/*", reason: 1 }] }, ".exempt[0].reason must be a text that says why"],
    [
      { exempt: [{ reason: "why" }] },
      ".exempt[0] must be an object with at least one of image, files and field",
    ],
    [{ exempt: [{ image: [], reason: "why" }] }, ".exempt[0].image must be a glob or an array of globs"],
    [{ exempt: [{ image: "", reason: "why" }] }, ".exempt[0].image must be a glob or an array of globs"],
    [
      { exempt: [{ files: ["a", 1], reason: "why" }] },
      ".exempt[0].files must be a glob or an array of globs",
    ],
    [
      {
        exempt: [
          { image: "a/*", reason: "why" },
          { images: "a/*", reason: "why" },
        ],
      },
      ".exempt[1].images must be image, files, field or reason",
    ],
    [{ files: "values" }, ".files must be an array"],
    [{ files: [null] }, ".files[0] must be an object `{ files, kind }`"],
    [{ files: [{ kind: "values" }] }, ".files[0].files must be a glob or an array of globs"],
    [
      { files: [{ files: "a", kind: "helm" }] },
      '.files[0].kind must be one of "values", "manifest", "compose", "none"',
    ],
    [{ files: [{ files: "a", kind: "values", chart: "x" }] }, ".files[0].chart must be files or kind"],
    [
      { chartFacts: [] },
      ".chartFacts must be an object `{ uses?, charts, sources? }`, the content of a file of facts",
    ],
    [{ chartFacts: { chart: [] } }, ".chartFacts.chart must be one of uses, charts, sources"],
    [{ chartFacts: {} }, ".chartFacts.charts must be given"],
    [
      { chartFacts: { charts: [{ chart: "*", images: [] }] } },
      ".chartFacts.charts[0].source must be named where `chart` is `*`",
    ],
    [
      { chartFacts: { charts: [], uses: [{ files: [], chart: "a" }] } },
      ".chartFacts.uses[0].files must be a glob or an array of globs",
    ],
    [
      wrongFact({ path: "a b" }),
      ".chartFacts.charts[0].images[0].path must be a path such as `controller.image` or `**.image`",
    ],
    [
      wrongFact({ defaults: { registry: 1 } }),
      ".chartFacts.charts[0].images[0].defaults must be an object of texts",
    ],
    [
      wrongFact({ evidence: "guess" }),
      '.chartFacts.charts[0].images[0].evidence must be "rendered", "read" or "user"',
    ],
    [
      wrongFact({ digest: { to: "key", key: "k" } }),
      ".chartFacts.charts[0].images[0].digest.style must be given",
    ],
    [{ unknownCharts: true }, '.unknownCharts must be one of "fix", "suggest"'],
    [{ maxAge: -1 }, ".maxAge must be a whole number of seconds from 0 to 31622400"],
    [{ maxAge: 0.5 }, ".maxAge must be a whole number of seconds from 0 to 31622400"],
    [{ maxAge: "86400" }, ".maxAge must be a whole number of seconds from 0 to 31622400"],
    [{ maxAge: Number.NaN }, ".maxAge must be a whole number of seconds from 0 to 31622400"],
    [{ maxAge: Number.POSITIVE_INFINITY }, ".maxAge must be a whole number of seconds from 0 to 31622400"],
    [{ cacheDirectory: "" }, ".cacheDirectory must be the path of a folder"],
    [{ cacheDirectory: "a\0b" }, ".cacheDirectory must be the path of a folder"],
    [{ cacheDirectory: true }, ".cacheDirectory must be the path of a folder"],
    [{ timeout: 0 }, ".timeout must be a whole number of milliseconds from 1 to 600000"],
    [{ timeout: 600_001 }, ".timeout must be a whole number of milliseconds from 1 to 600000"],
    [{ maxage: 1 }, `.maxage is no setting; there are ${SETTING_ROWS.map((row) => row.name).join(", ")}`],
    [
      { "max\nage": 1 },
      `["max\\nage"] is no setting; there are ${SETTING_ROWS.map((row) => row.name).join(", ")}`,
    ],
    [
      { mirrors: { "a\nb": "https://a.example" } },
      '.mirrors["a\\nb"] must be keyed by registry hosts in lower case',
    ],
    [
      { constructor: 1 },
      `.constructor is no setting; there are ${SETTING_ROWS.map((row) => row.name).join(", ")}`,
    ],
  ])("refuses %j", (given, behindTheName) => {
    expect(message(given)).toBe(`settings["container-images"]${behindTheName}`);
  });

  it("does not repeat the password in a mirror's URL", () => {
    expect(message({ mirrors: { "docker.io": "https://user:hunter2@mirror.example" } })).not.toContain(
      "hunter2",
    );
  });

  it("answers any value in one line", () => {
    const ours = fc.dictionary(
      fc.constantFrom(...SETTING_ROWS.map((row) => row.name), "other"),
      fc.anything(),
      { maxKeys: 3 },
    );
    fc.assert(
      fc.property(fc.oneof(ours, fc.anything()), (given) => {
        const result = read(given);
        if (!result.ok) expect(result.message).toMatch(/^settings\["container-images"\][^\n]*$/);
      }),
    );
  });
});

describe("the table", () => {
  it("has a documented row for each setting", () => {
    expect(SETTING_ROWS.map((row) => row.name).sort()).toEqual(
      [...Object.keys(DEFAULTS), "cacheDirectory", "caFile"].sort(),
    );
    for (const row of SETTING_ROWS)
      for (const words of [row.type, row.fallback, row.description]) expect(words).not.toBe("");
  });
});
