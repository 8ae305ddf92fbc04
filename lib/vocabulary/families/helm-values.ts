// Values of Helm charts.
import { IMAGE_KEY, IMAGE_PREFIX_KEY } from "../keys.js";
import type { MappingRow, ScalarRow } from "../row-types.js";

/** References in one string. */
export const VALUES_KEYS: readonly ScalarRow[] = [
  {
    shape: "string",
    where: { documents: ["manifest", "values"] },
    key: IMAGE_PREFIX_KEY,
    must: false,
    untagged: "incomplete",
    evidence: "version",
    source: "Helm charts' values and custom resources, `imageName`, `image_name`, `imageRef`",
  },
  {
    shape: "string",
    where: {
      documents: ["values"],
      path: [
        ["**", "images", "*"],
        ["**", "images", "#"],
      ],
    },
    anyKey: true,
    // Not the keys that say something of all the images in the map.
    key: /^(?!(?:registry|repository|repo|hub|prefix|tag|version|pullPolicy|pullSecrets?)$)/,
    must: false,
    untagged: "incomplete",
    evidence: "some",
    source: "Helm charts' values, `images` as a map of names to references",
  },
  {
    shape: "string",
    where: { documents: ["values"], path: [["**", "images", "tags", "*"]] },
    anyKey: true,
    key: /./,
    must: false,
    untagged: "incomplete",
    evidence: "some",
    source: "OpenStack-Helm's values, `images.tags`",
  },
  {
    shape: "string",
    // OpenStack-Helm's `conf` is the software's own configuration.
    where: { documents: ["values"], not: [["conf", "**"]] },
    key: /^image$/,
    must: false,
    untagged: "incomplete",
    evidence: "none",
    source: "Helm charts' values, `image` as one string",
  },
  {
    shape: "string",
    where: { documents: ["values"] },
    key: IMAGE_KEY,
    must: false,
    untagged: "incomplete",
    evidence: "some",
    source: "Helm charts' values, `*Image` as one string",
  },
];

/** Mappings of an image. */
export const VALUES_MAPPINGS: readonly MappingRow[] = [
  {
    shape: "registry/repository/version",
    where: { documents: ["manifest", "values"] },
    keys: { registry: ["registry"], repository: ["repository"], tag: ["version"], digest: ["digest"] },
    when: "image-version",
    without: ["tag"],
    digest: {
      to: "none",
      reason: "chart-unknown",
      message: "no digest is known to work behind `version`; exempt it with a reason",
    },
    source: "Helm charts' values: `version` where others have `tag`",
  },
  {
    shape: "registry/repository/tag",
    where: { documents: ["manifest", "values"] },
    keys: {
      registry: ["registry"],
      repository: ["repository", "image", "name"],
      tag: ["tag"],
      digest: ["digest"],
    },
    when: "image-key",
    digest: { to: "tag" },
    source: "Helm charts' values: `image: { registry, repository, tag, digest }`",
  },
  {
    shape: "registry/repository/tag",
    where: { documents: ["manifest", "values"] },
    keys: { registry: ["registry"], repository: ["repository"], tag: ["tag"], digest: ["digest"] },
    when: "repository-and-tag",
    digest: { to: "tag" },
    source: "Helm charts' values: the same keys under a name that says nothing of an image",
  },
  {
    shape: "registry/repository/tag",
    // Ansible's module says with these keys under which name it pushes.
    where: { documents: ["other"], not: [["**", "*docker_image"]] },
    keys: { registry: ["registry"], repository: ["repository"], tag: ["tag"], digest: ["digest"] },
    when: "image-version",
    digest: { to: "tag" },
    source: "Helm charts' values in a file whose name says nothing",
  },
  {
    shape: "image+tag",
    where: { documents: ["values"] },
    keys: {
      registry: ["imageRegistry", "image_registry"],
      repository: ["image", "imageName", "image_name"],
      tag: ["imageTag", "image_tag", "imageVersion", "tag"],
      digest: ["imageDigest"],
    },
    when: "siblings",
    digest: { to: "tag" },
    source:
      "older Helm charts (elastic): `image` and `imageTag` beside each other, composed `image:imageTag`",
  },
  {
    shape: "image+tag",
    where: { documents: ["values"] },
    keys: {
      registry: ["imageRegistry", "image_registry"],
      repository: ["imageRepository", "image_repository", "imageRepo"],
      tag: ["imageTag", "image_tag", "imageVersion"],
      digest: ["imageDigest"],
    },
    when: "siblings",
    digest: { to: "tag" },
    source: "older Helm charts: `imageRegistry`, `imageRepository` and `imageTag`",
  },
];
