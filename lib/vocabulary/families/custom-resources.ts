// Custom resources of operators.
import { IMAGE_KEY } from "../keys.js";
import type { PathPattern } from "../path.js";
import type { DigestRule, MappingRow, ScalarRow } from "../row-types.js";

/** Where a resource names the image that it builds. */
export const BUILD_OUTPUTS: readonly PathPattern[] = [["**", "output", "image"]];

const NO_SLOT: DigestRule = {
  to: "none",
  reason: "no-digest-slot",
  message: "this field takes no digest (NicClusterPolicy); exempt it with a reason",
};
const TAG_COMPLETED: DigestRule = {
  to: "none",
  reason: "no-digest-slot",
  message: "the operator completes the tag for each node; exempt it with a reason",
};
const UNKNOWN_SLOT: DigestRule = {
  to: "none",
  reason: "chart-unknown",
  message: "nothing says where a digest goes here; exempt it with a reason",
};

/** Places that an operator names. */
export const OPERATOR_PLACES: readonly ScalarRow[] = [
  {
    shape: "task step",
    where: {
      group: "tekton.dev",
      path: [
        ["**", "steps", "#", "image"],
        ["**", "sidecars", "#", "image"],
        ["**", "stepTemplate", "image"],
        ["**", "stepSpecs", "#", "image"],
      ],
    },
    key: /^image$/,
    must: true,
    untagged: "latest",
    evidence: "none",
    source: "Tekton API, Step.image and Sidecar.image",
  },
  {
    shape: "task step",
    where: { group: "tekton.dev", kinds: ["Condition"], path: [["spec", "check", "image"]] },
    key: /^image$/,
    must: true,
    untagged: "latest",
    evidence: "none",
    source: "Tekton API v1alpha1, Condition",
  },
  {
    shape: "task step",
    where: { group: "tekton.dev", kinds: ["StepAction"], path: [["spec", "image"]] },
    key: /^image$/,
    must: true,
    untagged: "latest",
    evidence: "none",
    source: "Tekton API, StepAction",
  },
  {
    shape: "task bundle",
    where: { group: "tekton.dev", path: [["**", "bundle"]] },
    key: /^bundle$/,
    must: false,
    untagged: "latest",
    evidence: "some",
    // Tekton reads a resolver's parameters instead.
    unless: "resolver",
    source: "Tekton pipelines, Tekton bundles",
  },
  {
    shape: "task bundle",
    where: { group: "tekton.dev", path: [["**", "params", "#", "value"]] },
    key: /^value$/,
    must: false,
    untagged: "latest",
    evidence: "some",
    beside: { key: "name", text: /^bundle$/ },
    source: "Tekton pipelines, bundles resolver",
  },
  {
    shape: "workflow template",
    where: {
      group: "argoproj.io",
      kinds: [
        "Workflow",
        "WorkflowTemplate",
        "ClusterWorkflowTemplate",
        "CronWorkflow",
        "Sensor",
        "EventSource",
      ],
      path: [
        ["**", "container", "image"],
        ["**", "script", "image"],
        ["**", "sidecars", "#", "image"],
      ],
    },
    key: /^image$/,
    must: true,
    untagged: "latest",
    evidence: "none",
    source: "Argo Workflows field reference, Template.container, .script, .sidecars",
  },
  {
    shape: "package",
    where: { group: "pkg.crossplane.io", path: [["spec", "package"]] },
    key: /^package$/,
    must: false,
    untagged: "incomplete",
    evidence: "some",
    source: "Crossplane API, Provider, Configuration and Function, spec.package",
  },
  {
    shape: "package",
    where: { group: "stacks.crossplane.io", path: [["spec", "package"]] },
    key: /^package$/,
    must: false,
    untagged: "incomplete",
    evidence: "some",
    source: "Crossplane before 0.12, stacks",
  },
  {
    shape: "imageName",
    where: { group: "postgresql.cnpg.io", path: [["spec", "imageName"]] },
    key: /^imageName$/,
    must: false,
    untagged: "incomplete",
    evidence: "some",
    source: "CloudNativePG API, Cluster spec.imageName",
  },
];

/** Keys that name an image in any custom resource. */
export const CUSTOM_RESOURCE_KEYS: readonly ScalarRow[] = [
  {
    // Here one word is an image. Elsewhere in a resource it is as often a machine's (`spec.image` of kOps
    // and Cluster API).
    shape: "string",
    where: {
      documents: ["manifest"],
      path: [
        ["**", "#", "image"],
        ["**", "*Image", "image"],
      ],
      not: BUILD_OUTPUTS,
    },
    key: /^image$/,
    must: false,
    untagged: "incomplete",
    evidence: "none",
    source: "kpack, ClusterStore and ClusterStack; items of a workflow that have a tag beside them",
  },
  {
    shape: "string",
    where: { documents: ["manifest"], not: BUILD_OUTPUTS },
    key: IMAGE_KEY,
    must: false,
    untagged: "incomplete",
    evidence: "some",
    source: "custom resources name images at `image` and `*Image`",
  },
];

/** The images of an AWX: each has a key for its version beside it. */
const AWX_IMAGES = ["image", "init_container_image", "redis_image", "postgres_image"];

/** Mappings of operators. */
export const OPERATOR_MAPPINGS: readonly MappingRow[] = [
  ...AWX_IMAGES.map((key): MappingRow => ({
    shape: "image+image_version",
    where: { group: "awx.ansible.com", path: [["spec"]] },
    keys: { repository: [key], tag: [`${key}_version`] },
    when: "siblings",
    digest: { to: "tag" },
    source: "ansible/awx-operator roles/installer: `{{ image }}:{{ image_version }}`",
  })),
  {
    shape: "image+version+containerSHA",
    where: { group: "skyhook.nvidia.com", kinds: ["Skyhook"], path: [["spec", "packages", "*"]] },
    keys: { repository: ["image"], tag: ["version"], digest: ["containerSHA"] },
    when: "operator",
    digest: { to: "new-key", key: "containerSHA" },
    source:
      "NVIDIA/nodewright api/v1alpha1, Package.containerSHA; " +
      "an inline digest cannot be pulled (its issue 282)",
  },
  {
    shape: "image+version+containerSHA",
    where: {
      group: "nodewright.nvidia.com",
      kinds: ["NodeWright", "Nodewright"],
      path: [["spec", "packages", "*"]],
    },
    keys: { repository: ["image"], tag: ["version"], digest: ["containerSHA"] },
    when: "operator",
    digest: { to: "new-key", key: "containerSHA" },
    source: "the same operator under its new name: NVIDIA/nodewright, nodewright_conversion.go",
  },
  {
    shape: "repository+image+version",
    where: { group: "mellanox.com", kinds: ["NicClusterPolicy"] },
    keys: { registry: ["repository"], repository: ["image"], tag: ["version"] },
    when: "triplet",
    digest: NO_SLOT,
    source: "Mellanox/network-operator api/v1alpha1, ImageSpec (its issue 2555)",
  },
  {
    shape: "repository+image+version",
    where: { group: "nvidia.com", kinds: ["ClusterPolicy", "NVIDIADriver"] },
    keys: { registry: ["repository"], repository: ["image"], tag: ["version"] },
    when: "triplet",
    digest: { to: "tag" },
    except: {
      path: [
        ["spec", "driver", "**"],
        ["spec", "driver"],
        ["spec", "gds"],
        ["spec", "gdrcopy"],
        ["spec", "vgpuManager", "**"],
        ["spec", "vgpuManager"],
        ["spec"],
      ],
      digest: TAG_COMPLETED,
    },
    source: "NVIDIA/gpu-operator internal/image/image.go; driver family in controllers/object_controls.go",
  },
  {
    shape: "repository+image+version",
    where: { documents: ["manifest", "values"] },
    keys: { registry: ["repository"], repository: ["image"], tag: ["version"] },
    when: "triplet",
    without: ["tag"],
    digest: UNKNOWN_SLOT,
    source: "operators of the NVIDIA family; no other one is known to take a digest here",
  },
  {
    shape: "image+image_version",
    where: { documents: ["manifest"] },
    keys: { repository: ["image"], tag: ["image_version", "imageVersion", "image_tag", "imageTag"] },
    when: "siblings",
    without: ["tag"],
    digest: UNKNOWN_SLOT,
    source: "operators written in Ansible (Pulp, EDA, Galaxy): `image` and `image_version` beside each other",
  },
];
