// Which images an entry of `images` matches, and what it makes of them, against kustomize's own expression.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isImageMatched, splitImage, withEntry } from "../../lib/deployed/image-entry.js";

const ENTRY = { name: "app", newName: "", newTag: "", digest: "", tagSuffix: "" };
const DIGEST = `sha256:${"a".repeat(64)}`;

/** kustomize, api/internal/image, IsImageMatched. */
const original = (image: string, name: string): boolean =>
  new RegExp(`^${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`).test(image);

const pieces = fc
  .array(
    fc.constantFrom("a", "app", ".", "/", ":", "@", "sha256:", "v1", "5000", "-", "_", "{}", "ghcr.io"),
    {
      maxLength: 7,
    },
  )
  .map((parts) => parts.join(""));

describe("a name", () => {
  it("matches the images that kustomize's expression matches", () => {
    fc.assert(
      fc.property(pieces, pieces, (image, name) => {
        // `{}` in a name is no repetition that Go and JavaScript read alike.
        fc.pre(!/[{}]/.test(name));
        expect(isImageMatched(image, name)).toBe(original(image, name));
      }),
      {
        numRuns: 3000,
        examples: [
          ["a.b", "a.b"],
          ["axb:v1", "a.b"],
          ["app:v1", "app:v1"],
          ["sha256:@sha256:", "sha256:"],
        ],
      },
    );
  });

  it.each([
    ["ghcr.io/acme/app:v1", "ghcr.io/acme/app", true],
    ["ghcr.io/acme/app:v1", "app", false],
    ["app", ".*", true],
    ["docker.io/library/nginx", "nginx", false],
    [`app:v1@${DIGEST}`, "app", true],
    ["localhost:5000/app", "localhost", false],
    ["app", "(a+)+$", false],
    ["app", "(", false],
  ])("%s against %s: %s", (image, name, matches) => {
    expect(isImageMatched(image, name)).toBe(matches);
  });
});

describe("an image", () => {
  it.each([
    ["a/b:v1", { name: "a/b", tag: "v1", digest: "" }],
    [`a/b@${DIGEST}`, { name: "a/b", tag: "", digest: DIGEST }],
    [`h:5000/b:v1@${DIGEST}`, { name: "h:5000/b", tag: "v1", digest: DIGEST }],
    ["h:5000/b", { name: "h:5000/b", tag: "", digest: "" }],
  ])("%s is split", (image, parts) => {
    expect(splitImage(image)).toEqual(parts);
  });

  it.each([
    [{ newTag: "v2" }, "app:v2"],
    [{ newName: "quay.io/app" }, `quay.io/app:v1@${DIGEST}`],
    [{ digest: "sha256:b" }, "app@sha256:b"],
    [{ newTag: "v2", digest: "sha256:b" }, "app:v2@sha256:b"],
    [{ tagSuffix: "-x" }, "app:v1-x"],
  ])("%j makes %s of it", (entry, made) => {
    expect(withEntry(`app:v1@${DIGEST}`, { ...ENTRY, ...entry })).toBe(made);
  });
});
