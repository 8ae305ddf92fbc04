// What must hold for any input: nothing throws, and what is said of the text is so.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";

const built = (path) => import(new URL(`../../build/lib/${path}`, import.meta.url).href);

/** Words of the languages that are read, in any order, and random text between them. */
const PIECES = {
  reference: [
    "docker.io",
    "/",
    ":",
    "@",
    "sha256:",
    "a".repeat(64),
    "localhost",
    "[::1]",
    "5000",
    "..",
    "A",
    "-",
  ],
  challenge: [
    "Bearer ",
    "Basic ",
    "realm=",
    '"',
    "\\",
    ",",
    " ",
    "=",
    "service=",
    "https://a.example/t",
    "Negotiate",
  ],
  yaml: [
    "image: ",
    "nginx:1.27",
    "repository: ",
    "tag: ",
    "digest: ",
    "\n",
    "\n  ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "|\n",
    "'",
    '"',
    "#",
    "&a ",
    "*a",
    "<<: ",
    "---\n",
    "\r\n",
    "\t",
    ": ",
    "? ",
    "!!str ",
    "containers:",
    "kind: Pod\n",
    "apiVersion: v1\n",
    "spec:\n",
    "{{ if .a }}",
    "{{ else }}",
    "{{ end }}",
    "{{ .Values.image }}",
    "{{",
    "}}",
    "{{- ",
    " -}}",
    '{{ .a | default "b:1" }}',
    '{{ define "a" }}',
    "{{/* a */}}",
    "`",
    "\ufeff",
    "\0",
    "\u2028",
  ],
  template: [
    "{{",
    "}}",
    "{{- ",
    " -}}",
    "if ",
    "else",
    "end",
    "range ",
    "with ",
    "define ",
    "include ",
    '"a"',
    ".Values.a",
    "$x",
    ":=",
    "=",
    "|",
    "(",
    ")",
    "printf ",
    "'a'",
    "`",
    "1.5",
    "/*",
    "*/",
    ",",
    "\n",
    "default ",
    ".",
    " ",
  ],
  json: [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    '"auths"',
    '"auth"',
    '"a.example"',
    '"YTpi"',
    "null",
    "1",
    '"__proto__"',
    '"',
  ],
};

function textOf(pieces) {
  const piece = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...pieces) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 6 }) },
  );
  return fc.array(piece, { maxLength: 60 }).map((parts) => parts.join(""));
}

/** The text with some pieces replaced. */
function applied(text, pieces) {
  let after = text;
  for (const { range, text: fresh } of pieces.toSorted((one, other) => other.range[0] - one.range[0]))
    after = after.slice(0, range[0]) + fresh + after.slice(range[1]);
  return after;
}

/** @returns {Promise<Record<string, import("fast-check").IRawProperty<unknown>>>} by name */
// eslint-disable-next-line max-lines-per-function -- a table of properties, which share what was loaded
export async function properties() {
  const [
    reference,
    challenge,
    scan,
    mask,
    inspection,
    settingsRead,
    template,
    cache,
    key,
    trust,
    config,
    sources,
    planning,
  ] = await Promise.all(
    [
      "reference/reference.js",
      "registry/challenge.js",
      "helm/scan.js",
      "helm/mask.js",
      "images/inspect.js",
      "settings/read.js",
      "helm/template/parse.js",
      "digests/cache.js",
      "digests/key.js",
      "registry/trust.js",
      "registry/docker-config.js",
      "registry/auth-sources.js",
      "pinning/plan.js",
    ].map(built),
  );
  const { writings } = await built("pinning/writing.js");
  const { LookupError } = await built("registry/failure.js");
  const { settings } = settingsRead.readSettings(undefined);
  const digest = `sha256:${"ab".repeat(32)}`;
  const folder = mkdtempSync(join(tmpdir(), "container-images-fuzz-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const fieldsOf = (text) => inspection.inspect(text, { filename: "values.yaml", settings }).fields;
  const store = cache.openCache(folder);
  const nginx = reference.parseReference("nginx:1").reference;
  const lookup = key.keyOf(nginx, trust.trust("docker.io", settings).registry);

  return {
    "a reference reads back as it is written": fc.property(textOf(PIECES.reference), (text) => {
      const result = reference.parseReference(text);
      if (!result.ok) return;
      const written = reference.formatReference(result.reference);
      const again = reference.parseReference(written);
      assert.ok(again.ok, written);
      assert.equal(reference.formatReference(again.reference), written);
    }),
    "a challenge is chosen, or refused with a reason": fc.property(textOf(PIECES.challenge), (header) => {
      try {
        challenge.chooseChallenge(header, "a.example");
      } catch (error) {
        assert.ok(error instanceof LookupError);
        assert.doesNotMatch(error.message, /[\n\r]/);
      }
    }),
    "a mask keeps the length, and all text outside of actions": fc.property(textOf(PIECES.yaml), (text) => {
      const { actions } = scan.scan(text);
      const masked = mask.mask(text, actions);
      assert.equal(masked.length, text.length);
      if (actions.length === 0) assert.equal(masked, text);
    }),
    "a field stands where the finder says": fc.property(textOf(PIECES.yaml), (text) => {
      for (const { at, parts } of fieldsOf(text)) {
        assert.ok(at[0] >= 0 && at[1] <= text.length && at[0] <= at[1]);
        for (const part of Object.values(parts)) if (part) assert.ok(part.range[1] <= text.length);
      }
    }),
    "a digest that is written is read back": fc.property(textOf(PIECES.yaml), (text) => {
      for (const [index, field] of fieldsOf(text).entries()) {
        if (planning.plan(field, settings).kind !== "fix") continue;
        const [first] = writings(text, field, digest);
        assert.ok(first, "a field that can be fixed has a way to write the digest");
        const after = applied(text, first.pieces);
        // Two arms of a template may have fields with the same path.
        const now = fieldsOf(after)[index];
        assert.equal(now?.field, field.field, after);
        assert.equal(now.reference?.digest, digest, after);
        return;
      }
    }),
    "a template is parsed, or refused": fc.property(textOf(PIECES.template), (text) => {
      template.parseTemplate(text, () => true);
    }),
    "a cache entry is one of ours, or none": fc.property(fc.oneof(textOf(PIECES.json), fc.json()), (text) => {
      store.write(lookup, { digest, mediaType: "", resolvedAt: 1 });
      for (const name of readdirSync(folder))
        if (name.endsWith(".json")) writeFileSync(join(folder, name), text);
      assert.equal(store.read(lookup, { maxAge: 1e9 }), undefined);
    }),
    "a config.json holds a credential, none, or is refused": fc.asyncProperty(
      fc.oneof(textOf(PIECES.json), fc.json()),
      async (text) => {
        const file = join(folder, "config");
        writeFileSync(file, text);
        try {
          const helpers = { get: () => Promise.resolve({ kind: "none" }) };
          await config.dockerConfig(sources.authFile(file), helpers).find("a.example", "a/b");
        } catch (error) {
          assert.ok(error instanceof LookupError);
          assert.doesNotMatch(error.message, /[\n\r]/);
        }
      },
    ),
  };
}
