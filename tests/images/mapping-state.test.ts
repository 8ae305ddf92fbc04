// What the keys of a mapping compose to, and in which state the image is.
import { lines } from "../support/lines.js";
import { DIGEST, itFinds } from "./cases.js";

itFinds("the state of a mapping", [
  [
    "repository and tag",
    "image:\n  repository: quay.io/a/b\n  tag: v1\n",
    "values.yaml",
    ["quay.io/a/b:v1 unpinned"],
  ],
  [
    "registry, repository and tag",
    "image:\n  registry: quay.io\n  repository: a/b\n  tag: v1\n",
    "values.yaml",
    ["quay.io/a/b:v1 unpinned"],
  ],
  [
    "an empty digest",
    'image:\n  repository: a/b\n  tag: v1\n  digest: ""\n',
    "values.yaml",
    ["a/b:v1 unpinned"],
  ],
  [
    "a digest",
    `image:\n  repository: a/b\n  tag: v1\n  digest: ${DIGEST}\n`,
    "values.yaml",
    [`a/b:v1@${DIGEST} pinned`],
  ],
  [
    "a broken digest",
    "image:\n  repository: a/b\n  tag: v1\n  digest: sha256:abc\n",
    "values.yaml",
    ["a/b:v1@sha256:abc invalid"],
  ],
  [
    "a digest in the tag",
    `image:\n  repository: a/b\n  tag: v1@${DIGEST}\n`,
    "values.yaml",
    [`a/b:v1@${DIGEST} pinned`],
  ],
  [
    "a digest where a tag stands: `a/b:sha256:…` is no reference",
    `image:\n  repository: a/b\n  tag: ${DIGEST}\n`,
    "values.yaml",
    [`a/b:${DIGEST} invalid`],
  ],
  [
    "a digest where a tag stands, without a repository",
    `image:\n  tag: ${DIGEST}\n`,
    "values.yaml",
    [`:${DIGEST} invalid`],
  ],
  [
    "a digest as newTag, before which kustomize puts a colon",
    `images:\n  - name: nginx\n    newTag: ${DIGEST}\n`,
    "kustomization.yaml",
    [`nginx:${DIGEST} invalid`],
  ],
  [
    "a digest as the version, before which operators put an @",
    lines(
      "apiVersion: mellanox.com/v1alpha1",
      "kind: NicClusterPolicy",
      "spec:",
      "  ofedDriver:",
      "    repository: nvcr.io/nvidia",
      "    image: x",
      `    version: ${DIGEST}`,
    ),
    "n.yaml",
    [`nvcr.io/nvidia/x@${DIGEST} pinned`],
  ],
  [
    "a digest as a version in values",
    `image:\n  repository: a/b\n  version: ${DIGEST}\n`,
    "values.yaml",
    [`a/b@${DIGEST} pinned`],
  ],
  [
    "two digests",
    `image:\n  repository: a/b\n  tag: v1@${DIGEST}\n  digest: ${DIGEST}\n`,
    "values.yaml",
    [`a/b:v1@${DIGEST}@${DIGEST} invalid`],
  ],
  ["a tag alone", 'image:\n  tag: "0.9.0"\n', "values.yaml", [":0.9.0 incomplete"]],
  ["a pinned tag alone", `image:\n  tag: v1@${DIGEST}\n`, "values.yaml", [`:v1@${DIGEST} pinned`]],
  ["a repository alone", "image:\n  repository: a/b\n", "values.yaml", ["a/b incomplete"]],
  ["an empty tag", 'image:\n  repository: a/b\n  tag: ""\n', "values.yaml", ["a/b incomplete"]],
  ["null tag and repository", "image:\n  repository: null\n  tag: ~\n", "values.yaml", []],
  ["a pull policy alone", "image:\n  pullPolicy: Always\n", "values.yaml", []],
  [
    "pullPolicy: Never",
    "image:\n  repository: a/b\n  tag: v1\n  pullPolicy: Never\n",
    "values.yaml",
    ["a/b:v1 local"],
  ],
  [
    "a digest that is not read",
    `image:\n  repository: a/b\n  tag: v1\n  useDigest: false\n  digest: ${DIGEST}\n`,
    "values.yaml",
    ["a/b:v1 unpinned"],
  ],
  ["upper case beside a tag", "image:\n  repository: a/B\n  tag: v1\n", "values.yaml", ["a/B:v1 invalid"]],
  [
    "a number that Helm reads as another",
    "image:\n  repository: a/b\n  tag: 1.10\n",
    "values.yaml",
    ["a/b:1.10 unpinned none numeric-tag"],
  ],
  [
    "a number that Helm reads as it stands",
    "image:\n  repository: a/b\n  tag: 1.25\n",
    "values.yaml",
    ["a/b:1.25 unpinned"],
  ],
  [
    "bare hexadecimal digits",
    `image:\n  repository: a/b\n  tag: v1\n  sha: ${"a".repeat(64)}\n`,
    "values.yaml",
    [`a/b:v1@${DIGEST} pinned`],
  ],
]);
