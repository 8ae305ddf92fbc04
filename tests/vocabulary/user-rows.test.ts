// `settings.fields`: shapes that only the user knows, found, written and read back as the user says
// (docs/fields.md).
import { describe, expect, it } from "vitest";
import { inspect } from "../../lib/images/inspect.js";
import { readSettings } from "../../lib/settings/read.js";
import { digestOf, fieldsOf, pinAll, summary } from "../images/fields-of.js";
import { settingsOf } from "../support/settings.js";
import { lines } from "../support/lines.js";

const D = digestOf("a");
const HEX = "a".repeat(64);

/** name, settings.fields, file, text, what is found, the text after `--fix` */
const cases: readonly (readonly [
  name: string,
  fields: readonly object[],
  file: string,
  text: string,
  found: readonly string[],
  pinned: string,
])[] = [
  [
    "a custom resource's own keys",
    [
      {
        kind: "WebApp",
        path: "spec.components.*",
        keys: { repository: "repo", tag: "release", digest: "checksum" },
      },
    ],
    "a.yaml",
    lines(
      "apiVersion: acme.io/v1",
      "kind: WebApp",
      "spec:",
      "  components:",
      "    web:",
      "      repo: ghcr.io/acme/web",
      "      release: v1 # c",
      "      replicas: 2",
    ),
    ["ghcr.io/acme/web:v1 unpinned"],
    lines(
      "apiVersion: acme.io/v1",
      "kind: WebApp",
      "spec:",
      "  components:",
      "    web:",
      "      repo: ghcr.io/acme/web",
      "      release: v1 # c",
      `      checksum: ${D}`,
      "      replicas: 2",
    ),
  ],
  [
    "a whole reference at a key of no vocabulary",
    [{ files: "deploy/*.yaml", path: "jobs[*]", keys: { repository: "runs" } }],
    "deploy/jobs.yaml",
    "jobs:\n  - runs: acme/job:1\n  - runs: acme/other\n",
    ["acme/job:1 unpinned", "acme/other unpinned"],
    `jobs:\n  - runs: acme/job:1@${D}\n  - runs: acme/other:latest@${D}\n`,
  ],
  [
    "digits alone",
    [{ keys: { repository: "repository", tag: "tag", digest: "sum" }, digestFormat: "hex" }],
    "values.yaml",
    "a:\n  repository: x/y\n  tag: v1\n  sum: ''\n",
    ["x/y:v1 unpinned"],
    `a:\n  repository: x/y\n  tag: v1\n  sum: '${HEX}'\n`,
  ],
  [
    "a mapping that is never written",
    [
      {
        path: "driver",
        keys: { registry: "repository", repository: "image", tag: "version" },
        write: "none",
      },
    ],
    "values.yaml",
    "driver: { repository: nvcr.io/x, image: y, version: v1 }\n",
    ["nvcr.io/x/y:v1 unpinned none no-digest-slot"],
    "driver: { repository: nvcr.io/x, image: y, version: v1 }\n",
  ],
  [
    "a triplet that takes a digest",
    [{ path: "driver", keys: { registry: "repository", repository: "image", tag: "version" } }],
    "values.yaml",
    "driver: { repository: nvcr.io/x, image: y, version: v1 }\n",
    ["nvcr.io/x/y:v1 unpinned"],
    `driver: { repository: nvcr.io/x, image: y, version: v1@${D} }\n`,
  ],
  [
    "a name that is none of the vocabulary's mappings",
    [{ path: "chart", keys: { repository: "repository", tag: "tag" } }],
    "values.yaml",
    "chart: { repository: a/b, tag: v1 }\n",
    ["a/b:v1 unpinned"],
    `chart: { repository: a/b, tag: v1@${D} }\n`,
  ],
  [
    "a tag, although a digest key is known",
    [{ path: "x", keys: { repository: "repository", tag: "tag", digest: "digest" }, write: "tag" }],
    "values.yaml",
    "x: { repository: a/b, tag: v1 }\n",
    ["a/b:v1 unpinned"],
    `x: { repository: a/b, tag: v1@${D} }\n`,
  ],
  [
    "any depth and a key in quotes",
    [{ path: '**["a.b/c"].*', keys: { repository: "use" } }],
    "x.yaml",
    "p:\n  q:\n    a.b/c:\n      d: { use: 'acme/x:1' }\n",
    ["acme/x:1 unpinned"],
    `p:\n  q:\n    a.b/c:\n      d: { use: 'acme/x:1@${D}' }\n`,
  ],
];

describe("settings.fields", () => {
  it.each(cases)("knows %s", (_, fields, file, text, found, pinned) => {
    const settings = settingsOf({ fields });
    expect(fieldsOf(text, file, settings).map((field) => summary(field, settings))).toEqual(found);
    expect(pinAll(text, file, D, settings)).toBe(pinned);
  });

  it("decides before `unknownCharts` and a suffix key do", () => {
    const settings = settingsOf({
      unknownCharts: "suggest",
      fields: [{ path: "x", keys: { repository: "repository", tag: "tag" } }],
    });
    const found = fieldsOf(
      "x: { repository: a/b, tag: v1, variant: y }\nz: { repository: a/b, tag: v1 }\n",
      "values.yaml",
      settings,
    );
    expect(found.map((field) => summary(field, settings))).toEqual([
      "a/b:v1 unpinned",
      "a/b:v1 unpinned suggest chart-unknown",
    ]);
  });

  it("reads digits alone as a digest", () => {
    const settings = settingsOf({
      fields: [{ keys: { repository: "r", tag: "t", digest: "d" }, digestFormat: "hex" }],
    });
    expect(
      fieldsOf(`x: { r: a/b, t: v1, d: ${HEX} }\n`, "x.yaml", settings).map((field) =>
        summary(field, settings),
      ),
    ).toEqual([`a/b:v1@${D} pinned`]);
  });

  it("is for its files, kinds and paths alone", () => {
    const settings = settingsOf({
      fields: [{ files: "a/*.yaml", kind: ["K"], path: "spec", keys: { repository: "use" } }],
    });
    const text = (kind: string, path: string): string =>
      `apiVersion: x/v1\nkind: ${kind}\n${path}:\n  use: acme/x:1\n`;
    expect(fieldsOf(text("K", "spec"), "a/x.yaml", settings)).toHaveLength(1);
    expect(fieldsOf(text("K", "spec"), "b/x.yaml", settings)).toHaveLength(0);
    expect(fieldsOf(text("L", "spec"), "a/x.yaml", settings)).toHaveLength(0);
    expect(fieldsOf(text("K", "data"), "a/x.yaml", settings)).toHaveLength(0);
  });

  it("has files read that hold no other key of the vocabulary", () => {
    const settings = settingsOf({ fields: [{ keys: { repository: "use" } }] });
    expect(inspect("a: { use: acme/x:1 }\n", { filename: "x.yaml", settings }).fields).toHaveLength(1);
    expect(inspect("a: { other: acme/x:1 }\n", { filename: "x.yaml", settings }).reading).toBeUndefined();
  });

  it.each([
    [{}, "[0].keys must be an object `{ registry?, repository, tag?, digest? }`"],
    [
      { keys: {} },
      "[0].keys.repository must be the name of the key that holds the repository, or the whole reference",
    ],
    [{ keys: { repository: "" } }, "[0].keys.repository must be the name of a key"],
    [{ keys: { repository: "a", tag: "a" } }, "[0].keys.tag must be a key that holds no other part"],
    [
      { keys: { repository: "a", version: "b" } },
      "[0].keys.version must be registry, repository, tag or digest",
    ],
    [
      { keys: { repository: "a" }, path: "a..b" },
      "[0].path must be a path such as `spec.apps.*`, `items[*]` or `**.container`, or an array of them",
    ],
    [
      { keys: { repository: "a" }, path: [] },
      "[0].path must be a path such as `spec.apps.*`, `items[*]` or `**.container`, or an array of them",
    ],
    [{ keys: { repository: "a" }, files: 1 }, "[0].files must be a glob or an array of globs"],
    [{ keys: { repository: "a" }, kind: "" }, "[0].kind must be a kind or an array of kinds"],
    [
      { keys: { repository: "a" }, digestFormat: "hex" },
      "[0].digestFormat must be left out where `keys` names no digest",
    ],
    [
      { keys: { repository: "a", digest: "b" }, digestFormat: "md5" },
      '[0].digestFormat must be "sha256:" or "hex"',
    ],
    [
      { keys: { repository: "a" }, write: "always" },
      '[0].write must be one of "inline", "tag", "digest", "none"',
    ],
    [
      { keys: { repository: "a" }, write: "tag" },
      "[0].write must be something else where `keys` names no tag",
    ],
    [
      { keys: { repository: "a", tag: "b" }, write: "inline" },
      "[0].write must be something else where the image stands in several keys",
    ],
    [
      { keys: { repository: "a" }, paths: "a" },
      "[0].paths must be kind, files, path, keys, digestFormat or write",
    ],
    ["a", "[0] must be an object `{ kind?, files?, path?, keys, digestFormat?, write? }`"],
  ])("says in one line what is wrong with %j", (rule, message) => {
    expect(readSettings({ "container-images": { fields: [rule] } })).toEqual({
      ok: false,
      message: `settings["container-images"].fields${message}`,
    });
  });
});
