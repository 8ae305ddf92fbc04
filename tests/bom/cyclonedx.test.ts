// Package URLs, and the bill of materials as CycloneDX.
import fc from "fast-check";
import { PackageURL } from "packageurl-js";
import { describe, expect, it } from "vitest";
import { toCycloneDx } from "../../lib/bom/cyclonedx.js";
import type { Entry } from "../../lib/bom/entry.js";
import { purlOf } from "../../lib/bom/purl.js";
import type { State } from "../../lib/images/field.js";
import { parseReference } from "../../lib/reference/reference.js";
import { referenceOf } from "../support/settings.js";
import { cycloneDxErrors } from "./valid.js";

const HEX = "a".repeat(64);
const MAKER = { name: "eslint-plugin-container-images", version: "1.2.3" };

function entry(written: string, state: State, place: Partial<Entry> = {}): Entry {
  const parsed = parseReference(written);
  return {
    file: "a/values.yaml",
    line: 1,
    field: "image",
    written,
    state,
    ...(parsed.ok ? { reference: parsed.reference } : {}),
    ...place,
  };
}

interface Component {
  readonly "bom-ref": string;
  readonly type: string;
  readonly name: string;
  readonly version?: string;
  readonly purl: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly evidence: {
    readonly occurrences: readonly { readonly location: string; readonly line: number }[];
  };
}

const componentsOf = (document: string): readonly Component[] =>
  (JSON.parse(document) as { components?: readonly Component[] }).components ?? [];

describe("a package URL", () => {
  it.each([
    ["nginx", "pkg:oci/nginx?repository_url=docker.io%2Flibrary%2Fnginx"],
    [
      `quay.io/org/team/app:v1.2@sha256:${HEX}`,
      `pkg:oci/app@sha256:${HEX}?repository_url=quay.io%2Forg%2Fteam%2Fapp&tag=v1.2`,
    ],
    [`localhost:5000/app@sha256:${HEX}`, `pkg:oci/app@sha256:${HEX}?repository_url=localhost%3A5000%2Fapp`],
    ["ghcr.io/a/b:V1_x.y-z", "pkg:oci/b?repository_url=ghcr.io%2Fa%2Fb&tag=V1_x.y-z"],
  ])("of %s", (written, purl) => {
    expect(purlOf(referenceOf(written))).toBe(purl);
  });

  it("reads back through the library as the same image, for every reference", () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}(?:[._-][a-z0-9]{1,8})?$/);
    const written = fc
      .record({
        domain: fc.constantFrom("", "quay.io/", "localhost:5000/", "[::1]:5000/", "Registry.Example:8443/"),
        path: fc.array(part, { minLength: 1, maxLength: 3 }),
        tag: fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/), { nil: undefined }),
        digest: fc.boolean(),
      })
      .map(
        ({ domain, path, tag, digest }) =>
          `${domain}${path.join("/")}${tag === undefined ? "" : `:${tag}`}${digest ? `@sha256:${HEX}` : ""}`,
      );
    fc.assert(
      fc.property(written, (text) => {
        const { domain, repository, tag, digest } = referenceOf(text);
        const purl = PackageURL.fromString(purlOf(referenceOf(text)));
        expect(purl.toString()).toBe(purlOf(referenceOf(text)));
        expect({
          type: purl.type,
          name: purl.name,
          version: purl.version,
          url: purl.qualifiers?.["repository_url"],
          tag: purl.qualifiers?.["tag"],
        }).toEqual({
          type: "oci",
          name: repository.split("/").at(-1),
          version: digest,
          url: `${domain}/${repository}`,
          tag,
        });
      }),
    );
  });
});

describe("a CycloneDX document", () => {
  const entries = [
    entry(`nginx:1@sha256:${HEX}`, "pinned", { file: "b.yaml", line: 7, field: "spec.containers[0].image" }),
    entry("redis:7", "unpinned", { exempt: "not yet" }),
    entry(`docker.io/library/nginx:1@sha256:${HEX}`, "pinned", { line: 3 }),
    entry("localhost/built:1", "local"),
    entry(`a/b@sha512:${"b".repeat(128)}`, "pinned"),
    entry("quay.io/org/part", "incomplete"),
    entry("{{ .Values.image }}", "templated"),
    entry("not an image", "invalid"),
    { ...entry(":v1", "pinned"), written: ":v1@…" },
  ];

  it("is valid, also with the occurrences that we add", async () => {
    const document = toCycloneDx(entries, MAKER);
    expect(await cycloneDxErrors(document)).toEqual([]);
    expect(await cycloneDxErrors(document.replace('"line": 7', '"line": "7"'))).not.toEqual([]);
    expect(await cycloneDxErrors(toCycloneDx([], MAKER))).toEqual([]);
    expect(await cycloneDxErrors(toCycloneDx(entries, MAKER, new Date(0)))).toEqual([]);
  });

  it("has one component for each image, with each place", () => {
    const components = componentsOf(toCycloneDx(entries, MAKER));
    expect(components.map(({ name }) => name).sort()).toEqual([
      "docker.io/a/b",
      "docker.io/library/nginx",
      "docker.io/library/redis",
      "localhost/built",
    ]);
    const nginx = components.find(({ name }) => name === "docker.io/library/nginx");
    expect(nginx).toEqual({
      type: "container",
      "bom-ref": `docker.io/library/nginx:1@sha256:${HEX}`,
      name: "docker.io/library/nginx",
      version: `sha256:${HEX}`,
      hashes: [{ alg: "SHA-256", content: HEX }],
      purl: purlOf(referenceOf(`nginx:1@sha256:${HEX}`)),
      evidence: {
        occurrences: [
          { location: "b.yaml", line: 7, symbol: "spec.containers[0].image" },
          { location: "a/values.yaml", line: 3, symbol: "image" },
        ],
      },
    });
    expect(components.find(({ name }) => name === "docker.io/a/b")?.hashes).toEqual([
      { alg: "SHA-512", content: "b".repeat(128) },
    ]);
    const redis = components.find(({ name }) => name === "docker.io/library/redis");
    expect(redis && "version" in redis).toBe(false);
    expect(redis && "hashes" in redis).toBe(false);
  });

  it("is the same for the same entries, and holds no time unless one is given", () => {
    expect(toCycloneDx(entries, MAKER)).toBe(toCycloneDx(entries, MAKER));
    expect(toCycloneDx(entries, MAKER)).not.toMatch(/timestamp|serialNumber/);
    expect(toCycloneDx(entries, MAKER, new Date(0))).toContain('"timestamp": "1970-01-01T00:00:00.000Z"');
    expect(toCycloneDx(entries, MAKER).endsWith("}\n")).toBe(true);
  });

  it("orders components by name whatever the order of places", () => {
    const forward = componentsOf(toCycloneDx(entries, MAKER)).map((component) => component["bom-ref"]);
    expect(
      componentsOf(toCycloneDx([...entries].reverse(), MAKER)).map((component) => component["bom-ref"]),
    ).toEqual(forward);
  });
});
