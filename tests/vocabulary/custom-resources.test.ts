// Images of custom resources, by the operator that reads them.
import { describe } from "vitest";
import { lines } from "../support/lines.js";
import { D, resource, testShapes, type ShapeCase } from "./shape-cases.js";

const cases: readonly ShapeCase[] = [
  {
    name: "a List's items, each by its own kind",
    file: "l.yaml",
    text: resource(
      "v1",
      "List",
      lines(
        "items:",
        "  - apiVersion: skyhook.nvidia.com/v1alpha1",
        "    kind: Skyhook",
        "    spec:",
        "      packages:",
        "        a:",
        "          image: g.io/a/b",
        "          version: v1",
        "  - apiVersion: v1",
        "    kind: Pod",
        "    spec:",
        "      containers: [{ image: c:1 }]",
      ),
    ),
    found: ["g.io/a/b:v1 unpinned", "c:1 unpinned"],
    pinned: {
      "          version: v1\n": `          version: v1\n          containerSHA: ${D}\n`,
      "c:1": `c:1@${D}`,
    },
  },
  {
    name: "Tekton steps, sidecars and step template",
    file: "t.yaml",
    text: resource(
      "tekton.dev/v1",
      "Task",
      lines(
        "spec:",
        "  stepTemplate: { image: alpine }",
        "  steps:",
        "    - image: golang:1.22",
        "    - image: $(params.image)",
        "  sidecars:",
        "    - image: docker:dind",
      ),
    ),
    found: ["alpine unpinned", "golang:1.22 unpinned", "$(params.image) templated", "docker:dind unpinned"],
  },
  {
    name: "Tekton bundles",
    file: "t.yaml",
    text: resource(
      "tekton.dev/v1",
      "PipelineRun",
      lines(
        "spec:",
        "  pipelineRef:",
        "    resolver: bundles",
        "    params:",
        "      - name: bundle",
        "        value: gcr.io/a/b:1",
        "      - name: name",
        "        value: gcr.io/not/it:1",
      ),
    ),
    found: ["gcr.io/a/b:1 unpinned"],
  },
  {
    name: "Argo Workflows",
    file: "w.yaml",
    text: resource(
      "argoproj.io/v1alpha1",
      "Workflow",
      lines(
        "spec:",
        "  templates:",
        "    - container: { image: alpine }",
        "    - script: { image: python:3 }",
        "    - initContainers: [{ image: a:1 }]",
      ),
    ),
    found: ["alpine unpinned", "python:3 unpinned", "a:1 unpinned"],
  },
  {
    name: "Crossplane packages",
    file: "p.yaml",
    text: resource("pkg.crossplane.io/v1", "Provider", "spec:\n  package: xpkg.upbound.io/a/b:v1\n"),
    found: ["xpkg.upbound.io/a/b:v1 unpinned"],
  },
  {
    name: "CloudNativePG",
    file: "c.yaml",
    text: resource(
      "postgresql.cnpg.io/v1",
      "Cluster",
      "spec:\n  imageName: ghcr.io/cloudnative-pg/postgresql:16\n",
    ),
    found: ["ghcr.io/cloudnative-pg/postgresql:16 unpinned"],
  },
  {
    name: "gpu-operator: an operand and the driver",
    file: "g.yaml",
    text: resource(
      "nvidia.com/v1",
      "ClusterPolicy",
      lines(
        "spec:",
        "  toolkit: { repository: nvcr.io/nvidia/k8s, image: container-toolkit, version: v1 }",
        "  driver: { repository: nvcr.io/nvidia, image: driver, version: '550' }",
      ),
    ),
    found: [
      "nvcr.io/nvidia/k8s/container-toolkit:v1 unpinned",
      "nvcr.io/nvidia/driver:550 unpinned none no-digest-slot",
    ],
    pinned: { "version: v1": `version: v1@${D}` },
  },
  {
    name: "Flux's image automation names images that it scans",
    file: "i.yaml",
    text: resource("image.toolkit.fluxcd.io/v1", "ImageRepository", "spec:\n  image: ghcr.io/a/b\n"),
    found: [],
  },
  {
    name: "AWX: each image with its version beside it",
    file: "awx.yaml",
    text: resource(
      "awx.ansible.com/v1beta1",
      "AWX",
      lines(
        "spec:",
        "  image: quay.io/ansible/awx",
        "  image_version: 24.6.1",
        "  init_container_image: quay.io/ansible/awx-ee:24.6.1@sha256",
        `  init_container_image_version: ${"b".repeat(64)}`,
        "  redis_image: docker.io/redis",
        "  redis_image_version: '7'",
        "  control_plane_ee_image: quay.io/ansible/awx-ee:24.6.1",
      ),
    ),
    found: [
      "quay.io/ansible/awx:24.6.1 unpinned",
      `quay.io/ansible/awx-ee:24.6.1@sha256:${"b".repeat(64)} pinned`,
      "docker.io/redis:7 unpinned",
      "quay.io/ansible/awx-ee:24.6.1 unpinned",
    ],
    pinned: {
      "image_version: 24.6.1": `image_version: 24.6.1@${D}`,
      "'7'": `'7@${D}'`,
      "awx-ee:24.6.1\n": `awx-ee:24.6.1@${D}\n`,
    },
  },
  {
    name: "an operator's image with its version beside it, of which nothing more is known",
    file: "pulp.yaml",
    text: resource(
      "repo-manager.pulpproject.org/v1",
      "Pulp",
      lines("spec:", "  image: quay.io/pulp/pulp-minimal", "  image_version: stable"),
    ),
    found: ["quay.io/pulp/pulp-minimal:stable unpinned none chart-unknown"],
    pinned: {},
  },
];

describe("custom resources", () => {
  testShapes(cases);
});
