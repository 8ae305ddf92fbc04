// YAML of no known kind: only what can be nothing but an image.
import { IMAGE_KEY, IMAGE_PREFIX_KEY } from "../keys.js";
import type { PathPattern } from "../path.js";
import type { ScalarRow } from "../row-types.js";
import { PIPELINE_DOCUMENTS } from "./pipelines.js";

/** Inputs of actions and of reusable parts, and the axes of a matrix, name jobs as often as images. */
const INPUTS: readonly PathPattern[] = [
  ["**", "with", "**"],
  ["**", "inputs", "**"],
  ["**", "matrix", "**"],
];

/** Keys alone, wherever they stand. */
export const ANY_YAML_KEYS: readonly ScalarRow[] = [
  {
    shape: "string",
    where: { documents: ["embedded"] },
    key: IMAGE_KEY,
    must: false,
    untagged: "incomplete",
    evidence: "version",
    source: "configuration of Kubernetes software, in a ConfigMap",
  },
  {
    shape: "string",
    where: { documents: ["other"], not: INPUTS },
    key: /^[Ii]mage$/,
    must: false,
    untagged: "incomplete",
    evidence: "version",
    source: "any other YAML: a tag at the key `image` itself",
  },
  {
    shape: "string",
    where: { documents: ["other"], not: INPUTS },
    key: IMAGE_PREFIX_KEY,
    must: false,
    untagged: "incomplete",
    evidence: "path",
    source: "any other YAML: only what can be nothing but an image",
  },
  {
    shape: "task bundle",
    where: { documents: ["other", "manifest", "values"] },
    key: /(?:^b|[_-]b|B)undle$/,
    must: false,
    untagged: "incomplete",
    evidence: "path",
    source: "Tekton bundles and operators' bundles, in catalogues and parameters of tools",
  },
  {
    shape: "string",
    where: {
      documents: ["other", "compose", "kustomization", ...PIPELINE_DOCUMENTS],
      not: INPUTS,
    },
    key: IMAGE_KEY,
    must: false,
    untagged: "incomplete",
    evidence: "path",
    source: "any other YAML: only what can be nothing but an image",
  },
];
