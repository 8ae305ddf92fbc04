// Tools whose files have no name of their own: Ansible, Molecule, Concourse, ECS, Score and the like.
import type { DigestRule, MappingRow, ScalarRow } from "../row-types.js";

/** Concourse reads the digest from another mapping than the image. */
const BESIDE_SOURCE: DigestRule = {
  to: "none",
  reason: "no-digest-slot",
  message: "Concourse takes it in `version` beside `source`; put it there by hand",
};

/** Places that the tool's own reference names. */
export const TOOL_PLACES: readonly ScalarRow[] = [
  {
    shape: "container",
    where: { documents: ["other"], path: [["containers", "*", "image"]] },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    source: "Batect and Score, containers by name",
  },
  {
    shape: "container",
    where: {
      documents: ["other"],
      path: [
        ["**", "ContainerDefinitions", "#", "Image"],
        ["**", "containerDefinitions", "#", "image"],
      ],
    },
    key: /^[Ii]mage$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    source: "AWS CloudFormation, AWS::ECS::TaskDefinition; ECS task definitions",
  },
  {
    shape: "module image",
    where: {
      documents: ["other"],
      path: [
        ["**", "docker_container", "image"],
        ["**", "community.docker.docker_container", "image"],
        ["**", "podman_container", "image"],
        ["**", "containers.podman.podman_container", "image"],
        ["**", "docker_swarm_service", "image"],
        ["**", "community.docker.docker_swarm_service", "image"],
      ],
    },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    source: "Ansible, community.docker and containers.podman collections",
  },
  {
    shape: "module image",
    where: { documents: ["other"], path: [["**", "definition", "services", "*", "image"]] },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    unless: "build",
    source: "Ansible, docker_compose and docker_compose_v2, definition",
  },
  {
    shape: "module image",
    where: {
      documents: ["other"],
      path: [
        ["**", "docker_image", "name"],
        ["**", "community.docker.docker_image", "name"],
      ],
    },
    key: /^name$/,
    must: false,
    untagged: "latest",
    evidence: "some",
    beside: { key: "source", text: /^pull$/ },
    source: "Ansible, community.docker.docker_image with `source: pull`",
  },
  {
    shape: "container",
    where: { documents: ["other"], path: [["**", "*ontainer", "image"]] },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "some",
    source: "Cirrus CI, container and arm_container; devfile, components[].container",
  },
  {
    shape: "test platform",
    where: { documents: ["other"], path: [["platforms", "#", "image"]] },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "version",
    source: "Molecule, platforms of the container drivers",
  },
];

/** Maps of a tool in which every key names an image. */
export const TOOL_IMAGE_MAPS: readonly ScalarRow[] = [
  {
    shape: "string",
    where: {
      documents: ["other"],
      path: [
        ["baseImageOverrides", "*"],
        ["**", "utility_images", "*"],
      ],
    },
    anyKey: true,
    key: /./,
    must: false,
    untagged: "incomplete",
    evidence: "path",
    source: "ko, .ko.yaml; Prow, utility_images",
  },
];

/** Resources of Concourse. */
export const TOOL_MAPPINGS: readonly MappingRow[] = [
  {
    shape: "pipeline image",
    where: { documents: ["other"], path: [["**", "image_resource", "source"]] },
    keys: { repository: ["repository"], tag: ["tag"] },
    when: "operator",
    digest: BESIDE_SOURCE,
    source: "Concourse, a task's image_resource",
  },
  {
    shape: "pipeline image",
    where: {
      documents: ["other"],
      path: [
        ["resources", "#", "source"],
        ["resource_types", "#", "source"],
      ],
    },
    keys: { repository: ["repository"], tag: ["tag"] },
    when: "repository-and-tag",
    digest: BESIDE_SOURCE,
    source: "Concourse, the registry-image and docker-image resources",
  },
];
