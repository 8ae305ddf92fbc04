// What kustomize replaces: images, in its own file and in those of Argo CD and Flux, and patches.
import type { MappingRow, ScalarRow } from "../row-types.js";

/** `old=new:tag` in one string. */
export const KUSTOMIZE_OVERRIDES: readonly ScalarRow[] = [
  {
    shape: "kustomize override",
    where: {
      group: "argoproj.io",
      kinds: ["Application", "ApplicationSet"],
      path: [["**", "kustomize", "images", "#"]],
    },
    key: /^images$/,
    must: false,
    untagged: "incomplete",
    evidence: "some",
    // `old=new:tag`; the digest goes behind the new one.
    after: "=",
    source: "Argo CD, ApplicationSourceKustomize.images",
  },
  {
    shape: "kustomize override",
    where: { documents: ["other"], path: [["kustomize", "images", "#"]] },
    key: /^images$/,
    must: false,
    untagged: "incomplete",
    evidence: "path",
    after: "=",
    source: "Argo CD, .argocd-source.yaml",
  },
];

/** Patches, of which the path beside the value says that it is an image. */
export const PATCHES: readonly ScalarRow[] = [
  {
    shape: "patch",
    where: {},
    key: /^value$/,
    must: true,
    untagged: "latest",
    evidence: "none",
    beside: { key: "path", text: /\/(?:containers|initContainers|ephemeralContainers)\/(?:\d+|-)\/image$/ },
    source: "RFC 6902; Kubernetes API, Container.image",
  },
  {
    shape: "patch",
    where: {},
    key: /^value$/,
    must: false,
    untagged: "latest",
    evidence: "some",
    beside: { key: "path", text: /\/(?:image|[A-Za-z]*Image)$/ },
    source: "RFC 6902; kustomize patchesJson6902",
  },
];

/** `images` of a kustomization. */
export const KUSTOMIZE_MAPPINGS: readonly MappingRow[] = [
  {
    shape: "kustomization image",
    where: { documents: ["kustomization"], path: [["images", "#"]] },
    keys: { repository: ["newName", "name"], tag: ["newTag"], digest: ["digest"] },
    when: "override",
    digest: { to: "new-key", key: "digest" },
    source: "kustomize api/types, Image; it emits tag and digest when both are given",
  },
  {
    shape: "kustomization image",
    where: { group: "kustomize.toolkit.fluxcd.io", path: [["spec", "images", "#"]] },
    keys: { repository: ["newName", "name"], tag: ["newTag"], digest: ["digest"] },
    when: "override",
    digest: { to: "new-key", key: "digest" },
    source: "Flux, Kustomization spec.images",
  },
  {
    shape: "kustomization image",
    where: {
      group: "helm.toolkit.fluxcd.io",
      path: [["spec", "postRenderers", "#", "kustomize", "images", "#"]],
    },
    keys: { repository: ["newName", "name"], tag: ["newTag"], digest: ["digest"] },
    when: "override",
    digest: { to: "new-key", key: "digest" },
    source: "Flux, HelmRelease spec.postRenderers",
  },
  {
    shape: "kustomization image",
    where: { group: "", kinds: ["ImageTagTransformer"], path: [["imageTag"]] },
    keys: { repository: ["newName", "name"], tag: ["newTag"], digest: ["digest"] },
    when: "override",
    digest: { to: "new-key", key: "digest" },
    source: "kustomize, ImageTagTransformer as a resource of its own",
  },
];
