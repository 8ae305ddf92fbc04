// Containers and image volumes of the Kubernetes API, and of what is built on it.
import { CONTAINER_KEYS } from "../keys.js";
import type { ScalarRow } from "../row-types.js";
import { BUILD_OUTPUTS } from "./custom-resources.js";

/** Places that the API names. They hold in every kind of document. */
export const CONTAINER_PLACES: readonly ScalarRow[] = [
  {
    shape: "container",
    where: {
      path: [
        ["**", "containers", "#", "image"],
        ["**", "initContainers", "#", "image"],
        ["**", "ephemeralContainers", "#", "image"],
      ],
    },
    key: /^image$/,
    must: true,
    untagged: "latest",
    evidence: "none",
    source: "Kubernetes API, Container.image",
  },
  {
    // `extraInitContainers` of a chart, `myContainers` of a custom resource: charts and operators copy them
    // into a Pod as they are.
    shape: "container",
    where: {
      path: [
        ["**", "*Containers", "#", "image"],
        ["**", "sidecars", "#", "image"],
      ],
    },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    beside: { anyOf: ["name"] },
    source: "Kubernetes API, Container, in charts' values and custom resources",
  },
  {
    shape: "image volume",
    where: { documents: ["manifest"], path: [["**", "volumes", "#", "image", "reference"]] },
    key: /^reference$/,
    must: true,
    untagged: "latest",
    evidence: "none",
    source: "Kubernetes API, ImageVolumeSource.reference",
  },
  {
    shape: "image volume",
    where: { documents: ["manifest"], path: [["**", "image", "reference"]] },
    key: /^reference$/,
    must: false,
    untagged: "latest",
    evidence: "some",
    source: "Kubernetes API, ImageVolumeSource in custom resources (CloudNativePG, extensions)",
  },
];

/** Containers in places that no API names: the keys beside `image` show them. */
export const CONTAINERS_BY_THEIR_KEYS: readonly ScalarRow[] = [
  {
    shape: "container",
    where: { documents: ["manifest", "kustomization", "embedded", "other"] },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    beside: { anyOf: CONTAINER_KEYS, and: "name" },
    source: "Kubernetes API, Container; kustomize's patches",
  },
  {
    shape: "container",
    where: { documents: ["manifest", "kustomization", "embedded", "other"], not: BUILD_OUTPUTS },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "version",
    beside: { anyOf: CONTAINER_KEYS },
    source: "Kubernetes API, Container, where a custom resource leaves out its name",
  },
];

/** A resource or an annotation that holds one container. */
export const SINGLE_CONTAINERS: readonly ScalarRow[] = [
  {
    shape: "container",
    where: { documents: ["manifest"], path: [["**", "*ontainer", "image"]] },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    source: "Knative before v1; operators of which a resource holds one container",
  },
  {
    shape: "container",
    where: { documents: ["embedded"], path: [["container", "image"]] },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    source: "kustomize and kpt, functions in an annotation",
  },
];
