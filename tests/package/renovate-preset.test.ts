// The custom managers of renovate-preset.json: each digest key that `pin` writes is found once, with its
// parts. `npm run check-renovate` asks Renovate itself, which CI has no network for.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

interface Manager {
  readonly matchStrings: readonly string[];
}

const { customManagers } = JSON.parse(
  readFileSync(new URL("../../renovate-preset.json", import.meta.url), "utf8"),
) as { readonly customManagers: readonly Manager[] };
const DIGEST = `sha256:${"a".repeat(64)}`;

/** What the managers find in a text: image, tag and digest of each match. */
function found(text: string): readonly string[] {
  return customManagers
    .flatMap(({ matchStrings }) => matchStrings)
    .flatMap((pattern) => [...text.matchAll(new RegExp(pattern, "g"))])
    .map(({ groups: { registry, repository, depName, currentValue, currentDigest } = {} }) => {
      const name = depName ?? `${String(registry)}/${String(repository)}`;
      return `${name}:${String(currentValue)}@${String(currentDigest)}`;
    });
}

it.each([
  `manager:\n  repository: quay.io/org/app\n  tag: "1.2"\n  digest: ${DIGEST}\n`,
  "web:\n  image:\n    # ours\n    repository: quay.io/org/app\n    pullPolicy: Always\n" +
    `    tag: "1.2"\n    digest: "${DIGEST}"\n`,
  `webImage: # ours\n  repository: quay.io/org/app\n  tag: 1.2\n  sha: ${DIGEST}\n`,
  `image:\n  registry: quay.io\n  repository: org/app\n  tag: 1.2\n  digest: ${DIGEST}\n`,
  `image: { registry: quay.io, repository: org/app, tag: "1.2", digest: "${DIGEST}" }\n`,
  `image: { repository: quay.io/org/app, tag: "1.2", digest: ${DIGEST} }\n`,
  `packages:\n  tuning:\n    image: quay.io/org/app\n    version: 1.2\n    containerSHA: ${DIGEST}\n`,
])("finds a digest key once: %j", (text) => {
  expect(found(text)).toEqual([`quay.io/org/app:1.2@${DIGEST}`]);
});

it.each([
  "image:\n  repository: quay.io/org/app\n  tag: 1.2\n",
  `source:\n  repository: https://example.com/charts\n  tag: 1.2\n`,
])("leaves alone what has none: %j", (text) => {
  expect(found(text)).toEqual([]);
});
