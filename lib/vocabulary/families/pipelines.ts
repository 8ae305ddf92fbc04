// Images that CI services run, and the workspace image of Gitpod.
import type { DocumentKind, ScalarRow } from "../row-types.js";

/** The kinds of documents that these services read. */
export const PIPELINE_DOCUMENTS: readonly DocumentKind[] = [
  "github",
  "gitlab",
  "circleci",
  "drone",
  "cloudbuild",
  "bitbucket",
  "azure",
  "buildkite",
  "gitpod",
];

/**
 * GitHub Actions and CircleCI accept this before a reference, and do not count it as part of the reference.
 */
const DOCKER_SCHEME = /^docker:\/\//;

/** GitLab's dependency proxy: what follows is an image of Docker Hub, with the same digest as there. */
const DEPENDENCY_PROXY = /^\$\{?CI_DEPENDENCY_PROXY(?:_DIRECT)?_GROUP_IMAGE_PREFIX\}?\//;

/** Service by service. Each one has a kind of document of its own. */
export const PIPELINE_IMAGES: readonly ScalarRow[] = [
  {
    shape: "workflow image",
    where: {
      documents: ["github"],
      path: [
        ["jobs", "*", "container"],
        ["jobs", "*", "container", "image"],
        ["jobs", "*", "services", "*", "image"],
      ],
    },
    key: /^(?:container|image)$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    prefix: DOCKER_SCHEME,
    source: "GitHub Actions workflow syntax, jobs.<id>.container and jobs.<id>.services",
  },
  {
    shape: "workflow image",
    where: { documents: ["github"], path: [["jobs", "*", "services", "*"]] },
    anyKey: true,
    key: /./,
    must: false,
    untagged: "latest",
    evidence: "none",
    prefix: DOCKER_SCHEME,
    source: "actions/runner, workflow-v1.0.json: a service may be one string",
  },
  {
    shape: "workflow action",
    where: {
      documents: ["github"],
      path: [
        ["**", "steps", "#", "uses"],
        ["runs", "image"],
      ],
    },
    key: /^(?:uses|image)$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    scheme: "docker://",
    source: "GitHub Actions workflow syntax, jobs.<id>.steps[*].uses; metadata syntax, runs.image",
  },
  {
    shape: "pipeline image",
    where: {
      documents: ["gitlab"],
      path: [
        ["image"],
        ["*", "image"],
        ["image", "name"],
        ["*", "image", "name"],
        ["services", "#"],
        ["*", "services", "#"],
        ["services", "#", "name"],
        ["*", "services", "#", "name"],
      ],
    },
    key: /^(?:image|name|services)$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    prefix: DEPENDENCY_PROXY,
    source: "GitLab CI/CD YAML syntax, image and services; with the prefix, an image of Docker Hub",
  },
  {
    shape: "pipeline image",
    where: { documents: ["circleci"], path: [["**", "docker", "#", "image"]] },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    prefix: DOCKER_SCHEME,
    source: "CircleCI configuration reference, docker executor; `machine.image` is a machine's",
  },
  {
    shape: "pipeline image",
    where: {
      documents: ["drone"],
      path: [
        ["steps", "#", "image"],
        ["services", "#", "image"],
        ["steps", "*", "image"],
        ["services", "*", "image"],
        ["pipeline", "*", "image"],
        ["clone", "*", "image"],
        ["clone", "#", "image"],
        ["stages", "*", "steps", "#", "image"],
        ["secrets", "#", "origin", "image"],
      ],
    },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    source: "Drone, Woodpecker, Crow and Vela pipeline syntax, steps and services",
  },
  {
    shape: "pipeline image",
    where: { documents: ["cloudbuild"], path: [["steps", "#", "name"]] },
    key: /^name$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    source: "Cloud Build configuration schema, steps[].name; `images` names outputs",
  },
  {
    shape: "pipeline image",
    where: {
      documents: ["bitbucket"],
      path: [
        ["**", "image"],
        ["**", "image", "name"],
      ],
    },
    key: /^(?:image|name)$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    source: "Bitbucket Pipelines configuration reference, image",
  },
  {
    shape: "pipeline image",
    where: { documents: ["bitbucket"], path: [["**", "pipe"]] },
    key: /^pipe$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    scheme: "docker://",
    source: "Bitbucket Pipelines configuration reference, pipe",
  },
  {
    shape: "pipeline image",
    where: { documents: ["azure"], path: [["**", "container", "image"]] },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    source: "Azure Pipelines YAML schema, jobs.job.container",
  },
  {
    shape: "pipeline image",
    where: { documents: ["azure"], path: [["**", "container"]] },
    key: /^container$/,
    must: false,
    untagged: "latest",
    // A bare word names a container resource.
    evidence: "some",
    source: "Azure Pipelines YAML schema, jobs.job.container",
  },
  {
    shape: "pipeline image",
    where: {
      documents: ["buildkite"],
      path: [
        ["**", "plugins", "#", "*", "image"],
        ["**", "plugins", "*", "image"],
      ],
    },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    source: "Buildkite, Docker plugin",
  },
  {
    shape: "workspace image",
    where: { documents: ["gitpod"], path: [["image"]] },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    source: "Gitpod, .gitpod.yml",
  },
];
