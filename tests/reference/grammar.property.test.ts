// Properties of the grammar: a reference that is built from parts is read as these parts, and no text makes
// the parser throw.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatReference, parseReference } from "../../lib/reference/reference.js";

const component = fc.stringMatching(/^[a-z0-9]{1,8}(?:(?:\.|_|__|-{1,3})[a-z0-9]{1,8}){0,2}$/);
const hubUser = component.filter((head) => !head.includes(".") && head !== "localhost");
const label = fc.stringMatching(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,6}[A-Za-z0-9])?$/);
const port = fc.option(fc.stringMatching(/^[0-9]{1,6}$/), { nil: undefined });
const host = fc.oneof(
  fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join(".")),
  fc.constant("localhost"),
  fc.stringMatching(/^\[[a-fA-F0-9]{0,4}:[a-fA-F0-9:]{0,20}\]$/),
);
const domain = fc
  .tuple(host, port)
  .map(([name, number]) => (number === undefined ? name : `${name}:${number}`));
const repository = fc.array(component, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
const tag = fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,40}$/), { nil: undefined });
const digest = fc.option(
  fc.oneof(
    fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`),
    fc.stringMatching(/^[0-9a-f]{128}$/).map((hex) => `sha512:${hex}`),
  ),
  { nil: undefined },
);

const suffix = (tagText: string | undefined, digestText: string | undefined): string =>
  (tagText === undefined ? "" : `:${tagText}`) + (digestText === undefined ? "" : `@${digestText}`);
const present = (parts: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parts).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

/** Texts that are nearly references, where a reader goes wrong first. */
const nearly = fc.string({
  unit: fc.constantFrom(
    ...Array.from("aA0._-/:@[]{}$+%é\n \u0000"),
    "sha256:",
    "docker.io",
    "localhost",
    "://",
    "f".repeat(64),
  ),
  maxLength: 40,
});

describe("the grammar of a reference", () => {
  it("reads every part of a reference with a registry", () => {
    fc.assert(
      fc.property(domain, repository, tag, digest, (head, path, tagText, digestText) => {
        const written = `${head}/${path}${suffix(tagText, digestText)}`;
        const hub = head === "docker.io" || head === "index.docker.io";
        const parts = {
          domain: hub ? "docker.io" : head,
          repository: hub && !path.includes("/") ? `library/${path}` : path,
          tag: tagText,
          digest: digestText,
        };
        expect(parseReference(written)).toEqual({ ok: true, reference: { ...present(parts), written } });
      }),
    );
  });

  it("reads every part of a reference to Docker Hub", () => {
    fc.assert(
      fc.property(
        fc.option(hubUser, { nil: undefined }),
        component,
        tag,
        digest,
        (user, name, tagText, digestText) => {
          const written = `${user === undefined ? "" : `${user}/`}${name}${suffix(tagText, digestText)}`;
          const parts = {
            domain: "docker.io",
            repository: `${user ?? "library"}/${name}`,
            tag: tagText,
            digest: digestText,
          };
          // A name of 64 hexadecimal digits alone is an image ID; no component here is as long.
          expect(parseReference(written)).toEqual({ ok: true, reference: { ...present(parts), written } });
        },
      ),
    );
  });

  it("writes a reference so that it reads back as the same one", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          nearly,
          fc
            .tuple(domain, repository, tag, digest)
            .map(([head, path, tagText, digestText]) => `${head}/${path}${suffix(tagText, digestText)}`),
        ),
        (written) => {
          const first = parseReference(written);
          if (!first.ok) return;
          const full = formatReference(first.reference);
          expect(parseReference(full)).toEqual({
            ok: true,
            reference: { ...first.reference, written: full },
          });
        },
      ),
    );
  });

  it("answers every text with a reference or one line that does not repeat the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), nearly), (text) => {
        const result = parseReference(text);
        if (result.ok) expect(result.reference.written).toBe(text);
        else expect(result.error.message).toMatch(/^[^\p{C}\u2028\u2029]{1,200}$/u);
      }),
    );
  });

  // What makes a backtracking matcher explode; at the longest text that is matched at all, an answer must
  // still come.
  it.each([
    ["a-".repeat(512), "dashes"],
    ["-".repeat(1024), "dashes alone"],
    ["a_".repeat(512), "underscores"],
    ["a__".repeat(341), "double underscores"],
    ["a.".repeat(512), "dots"],
    ["a/".repeat(512), "slashes"],
    [`a/${"a".repeat(1021)}!`, "one long component"],
    [`${"A-".repeat(511)}/a`, "a long host label"],
    [`${"a.".repeat(500)}!/a`, "a long host"],
    [`[${":".repeat(1000)}/a`, "an open bracket"],
    [`a:${"t".repeat(1000)}`, "a long tag"],
    [`a@${"sha256.".repeat(140)}`, "a long algorithm"],
    ["😀".repeat(512), "surrogate pairs"],
    ["\ud800".repeat(1024), "lone surrogates"],
  ])("refuses 1 KiB of hostile text: %.12j… (%s)", (text) => {
    expect(parseReference(text).ok).toBe(false);
  });
});
