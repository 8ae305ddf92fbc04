// Images that a file names and does not run: resources, paths and keys below which nothing is pinned.
import type { PathPattern } from "./path.js";
import type { Where } from "./row-types.js";

/** Resources that name images without running them: they scan, build, match or replace them. */
export const NOT_RUN: readonly { readonly group?: string; readonly kinds?: readonly string[] }[] = [
  { group: "image.toolkit.fluxcd.io" },
  { group: "skaffold" },
  { group: "kuik.enix.io" },
  { group: "kbld.k14s.io" },
  // It holds a schema, and kustomize changes no image in a schema either.
  { kinds: ["CustomResourceDefinition"] },
  { kinds: ["ImageStreamTag", "ImageStreamImport", "OCIRepository", "HelmRepository"] },
];

/** Where a test says what it expects to find in the cluster. */
export const EXPECTED: readonly Where[] = [
  {
    group: "chainsaw.kyverno.io",
    path: [
      ["**", "assert"],
      ["**", "error"],
    ],
  },
];

/** A key that begins so is an expression of Kyverno or Chainsaw, which compares and sets nothing. */
export const ASSERTION = "(";

/** Paths below which a cluster or a tool writes, so that nobody pins what stands there. */
export const GENERATED_PATHS: readonly PathPattern[] = [
  ["status", "**"],
  ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration", "**"],
];

/** Names of mappings whose `repository` and `tag` are those of something else than an image. */
export const NOT_IMAGE_MAPPINGS = /^(?:charts?|helm|git|gitRepository|source|release)$/;
