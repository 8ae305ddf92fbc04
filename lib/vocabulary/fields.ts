// The vocabulary: where an image stands and where its digest goes, as data. A new shape is a row here and a test.
// Facts and their sources: docs/shapes.md and, for each row, its `source`.
import type { PathPattern } from "./path.js";

/** What a document is, as far as its images are concerned (the house, "Which files, and how strictly"). */
export type DocumentKind =
  | "kustomization"
  | "compose"
  | "github"
  | "gitlab"
  | "circleci"
  | "drone"
  | "cloudbuild"
  | "bitbucket"
  | "azure"
  | "buildkite"
  | "gitpod"
  | "manifest"
  | "values"
  /** YAML in a string of a manifest, of no kind of its own. */
  | "embedded"
  | "other"
  | "none";

/** How a tag that is not written is read: Docker and Kubernetes take `latest`; a chart or operator fills in its own. */
export type Untagged = "latest" | "incomplete";

/** In which documents and where in them a row applies; what is absent does not restrict. */
export interface Where {
  readonly documents?: readonly DocumentKind[];
  /** Matched against `apiVersion`'s group, before the `/`. */
  readonly group?: string;
  readonly kinds?: readonly string[];
  /** The path of the scalar (one-string rows) or of the mapping that holds the keys (mapping rows). */
  readonly path?: readonly PathPattern[];
  /** Paths at which it does not apply. */
  readonly not?: readonly PathPattern[];
}

/** A reference in one scalar. */
export interface ScalarRow {
  readonly shape: string;
  readonly where: Where;
  /** The key that holds it: exact words, or a pattern. */
  readonly key: RegExp;
  /** The key says little, the last fixed key of its path alone does: it is not asked of every key of every file. */
  readonly anyKey?: true;
  /** Whether an image must stand here, so that anything else is `invalid`. */
  readonly must: boolean;
  readonly untagged: Untagged;
  /**
   * What a text must show before it counts as an image: nothing; a tag, digest or registry; a tag or digest; or a digest, or a
   * tag with a registry or a path before it.
   */
  readonly evidence: "none" | "some" | "version" | "path";
  /** Written before the reference and no part of it, as in `docker://`; without it, what stands there is no image. */
  readonly scheme?: string;
  /** May be written before the reference, and is no part of it. */
  readonly prefix?: RegExp;
  /** The reference is what stands behind the last of these. */
  readonly after?: string;
  /** Where its digest goes, if not behind the reference. */
  readonly takes?: DigestRule & { readonly to: "none" };
  /** A sibling key that says the image is built here and not pulled. */
  readonly unless?: string;
  /** A sibling key, and what its text must be; or keys of which one must be there, and one more. */
  readonly beside?:
    | { readonly key: string; readonly text: RegExp }
    | { readonly anyOf: readonly string[]; readonly and?: string };
  readonly source: string;
}

/** Where a mapping takes its digest. */
export type DigestRule =
  /** Appended to the tag: `tag: v1@sha256:…`. */
  | { readonly to: "tag" }
  /** In a key that is there already, even empty; a row below decides where it is not. */
  | { readonly to: "key"; readonly prefix: "sha256:" | "by-style" }
  /** In a key of its own, added where it is not there. */
  | { readonly to: "new-key"; readonly key: string; readonly comments: "behind-line" }
  | {
      readonly to: "none";
      readonly reason: "no-digest-slot" | "chart-unknown" | "chart-breaks";
      readonly message: string;
    };

/** A reference in several keys of one mapping. */
export interface MappingRow {
  readonly shape: string;
  readonly where: Where;
  /** For each part, the keys that may hold it; the first that is there does. */
  readonly keys: {
    readonly registry?: readonly string[];
    readonly repository: readonly string[];
    readonly tag?: readonly string[];
    readonly digest?: readonly string[];
  };
  /**
   * What makes a mapping this shape:
   * - `operator`: `where` proves it; any part may be missing
   * - `image-key`: it stands at an image key or in `images`; any part may be missing
   * - `override`: a new name alone, or any name with a new tag or digest
   * - `image-version`: it stands at an image key, with a repository and a version
   * - `repository-and-tag`: anywhere, with a repository and a tag or digest
   * - `triplet`: anywhere, with a name that has no registry, and all three keys
   * - `siblings`: anywhere, with a name that has no tag of its own, and a tag; a registry will do where the key says "repository"
   */
  readonly when:
    "operator" | "override" | "image-key" | "image-version" | "repository-and-tag" | "triplet" | "siblings";
  /** Set for a user's own row, which decides before any chart: how its digest key holds a digest. */
  readonly own?: "sha256:" | "hex";
  /** A key that must not be there. */
  readonly without?: readonly string[];
  readonly digest: DigestRule;
  /** Paths in which the digest rule does not hold, and what holds there. */
  readonly except?: { readonly path: readonly PathPattern[]; readonly digest: DigestRule };
  readonly source: string;
}

/** Keys of Pod specs whose items hold a container each (Kubernetes API, PodSpec). They count in every kind of document. */
export const CONTAINER_LISTS = ["containers", "initContainers", "ephemeralContainers"] as const;

/** Keys that a container has beside its image, and nothing else does (Kubernetes API, Container). */
const CONTAINER_KEYS = [
  "command",
  "args",
  "imagePullPolicy",
  "volumeMounts",
  "securityContext",
  "livenessProbe",
  "readinessProbe",
  "envFrom",
  "terminationMessagePath",
];

/** Where a resource names the image that it makes. */
const BUILT: readonly PathPattern[] = [["**", "output", "image"]];

/** Inputs of actions and of reusable parts, and the axes of a matrix, name jobs as well as images. */
const INPUTS: readonly PathPattern[] = [
  ["**", "with", "**"],
  ["**", "inputs", "**"],
  ["**", "matrix", "**"],
];

/** A key that names an image: `image`, `sidecarImage`, `proxy_image`. A machine's image is no container's, and the last is OpenShift's own note. */
export const IMAGE_KEY = /^(?!(?:vmImage|lastTriggeredImage)$)(?:.*(?:Image|image))$/;

/** Other keys that hold a whole reference in values and custom resources: `image_name`, `imageName`, `imageNginx`, `imageRef`. */
export const IMAGE_PREFIX_KEY =
  /^(?:image|[A-Za-z]+Image|[a-z_]+_image)(?:[_-]?(?:name|Name|ref|Ref|url|URL|uri|URI)|(?!Pull|Tag|Version|Registry|Repository|Repo|Policy|ID|Id|Digest|Prefix|Suffix|Secret|Type|Size|Format|Hash|Sha|SHA|Path|Dir|Host|Namespace|Family|Project|Name)[A-Z][A-Za-z0-9]*)$/;

/** A key that says that it names an image's repository, so that it needs no tag beside it. */
export const REPOSITORY_KEY = /^image_?[Rr]epo(?:sitory)?$/;

/** The runner of GitHub Actions and that of CircleCI read it as no part of the reference. */
const DOCKER_SCHEME = /^docker:\/\//;

/** GitLab's dependency proxy: what stands behind it is an image of Docker Hub, and the digest is the same. */
const DEPENDENCY_PROXY = /^\$\{?CI_DEPENDENCY_PROXY(?:_DIRECT)?_GROUP_IMAGE_PREFIX\}?\//;

/** Documents in which tools of a continuous integration run images by the runtime's own rules. */
const PIPELINES: readonly DocumentKind[] = [
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

export const SCALAR_ROWS: readonly ScalarRow[] = [
  {
    shape: "container",
    where: { path: CONTAINER_LISTS.map((list): PathPattern => ["**", list, "#", "image"]) },
    key: /^image$/,
    must: true,
    untagged: "latest",
    evidence: "none",
    source: "Kubernetes API, Container.image",
  },
  {
    // `extraInitContainers` of a chart, `myContainers` of a custom resource: they become containers as they stand.
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
  {
    shape: "compose service",
    where: { documents: ["compose"], path: [["services", "*", "image"]] },
    key: /^image$/,
    must: true,
    untagged: "latest",
    evidence: "none",
    unless: "build",
    source: "Compose specification, services.image; with `build` it names the output",
  },
  {
    // Fragments under `x-…` that services merge, and files of the first version, which had services at the top.
    shape: "compose service",
    where: {
      documents: ["compose"],
      path: [
        ["*", "image"],
        ["*", "*", "image"],
        ["services", "#", "image"],
        ["#", "image"],
      ],
    },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    unless: "build",
    source: "Compose specification, extensions and fragments",
  },
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
    shape: "workspace image",
    where: { documents: ["gitpod"], path: [["image"]] },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    source: "Gitpod, .gitpod.yml",
  },
  {
    shape: "module image",
    where: {
      documents: ["other"],
      path: [
        "docker_container",
        "community.docker.docker_container",
        "podman_container",
        "containers.podman.podman_container",
        "docker_swarm_service",
        "community.docker.docker_swarm_service",
      ].map((module): PathPattern => ["**", module, "image"]),
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
      path: ["docker_image", "community.docker.docker_image"].map((module): PathPattern => [
        "**",
        module,
        "name",
      ]),
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
    // A container that stands elsewhere, in a patch or a custom resource: what else it holds shows it.
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
    where: { documents: ["manifest", "kustomization", "embedded", "other"], not: BUILT },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "version",
    beside: { anyOf: CONTAINER_KEYS },
    source: "Kubernetes API, Container, where a custom resource leaves out its name",
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
  {
    // Elsewhere in a resource one word is a machine's as often (`spec.image` of kOps and Cluster API).
    shape: "string",
    where: {
      documents: ["manifest"],
      path: [
        ["**", "#", "image"],
        ["**", "*Image", "image"],
      ],
      not: BUILT,
    },
    key: /^image$/,
    must: false,
    untagged: "incomplete",
    evidence: "none",
    source: "kpack, ClusterStore and ClusterStack; items of a workflow that have a tag beside them",
  },
  {
    shape: "string",
    where: { documents: ["manifest"], not: BUILT },
    key: IMAGE_KEY,
    must: false,
    untagged: "incomplete",
    evidence: "some",
    source: "custom resources name images at `image` and `*Image`",
  },
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
    // Keys that say something of all the images in the map.
    anyKey: true,
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
      documents: ["other", "compose", "kustomization", ...PIPELINES],
      not: INPUTS,
    },
    key: IMAGE_KEY,
    must: false,
    untagged: "incomplete",
    evidence: "path",
    source: "any other YAML: only what can be nothing but an image",
  },
];

const NO_SLOT: DigestRule = {
  to: "none",
  reason: "no-digest-slot",
  message: "this field takes no digest (NicClusterPolicy); exempt it with a reason",
};
const DRIVER: DigestRule = {
  to: "none",
  reason: "no-digest-slot",
  message: "the operator completes the tag for each node; exempt it with a reason",
};
const CONCOURSE: DigestRule = {
  to: "none",
  reason: "no-digest-slot",
  message: "Concourse takes it in `version` beside `source`; put it there by hand",
};
const UNKNOWN_TRIPLET: DigestRule = {
  to: "none",
  reason: "chart-unknown",
  message: "nothing says where a digest goes here; exempt it with a reason",
};

export const MAPPING_ROWS: readonly MappingRow[] = [
  {
    shape: "pipeline image",
    where: { documents: ["other"], path: [["**", "image_resource", "source"]] },
    keys: { repository: ["repository"], tag: ["tag"] },
    when: "operator",
    digest: CONCOURSE,
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
    digest: CONCOURSE,
    source: "Concourse, the registry-image and docker-image resources",
  },
  {
    shape: "image+version+containerSHA",
    where: { group: "skyhook.nvidia.com", kinds: ["Skyhook"], path: [["spec", "packages", "*"]] },
    keys: { repository: ["image"], tag: ["version"], digest: ["containerSHA"] },
    when: "operator",
    digest: { to: "new-key", key: "containerSHA", comments: "behind-line" },
    source:
      "NVIDIA/nodewright api/v1alpha1, Package.containerSHA; an inline digest cannot be pulled (its issue 282)",
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
    digest: { to: "new-key", key: "containerSHA", comments: "behind-line" },
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
      digest: DRIVER,
    },
    source: "NVIDIA/gpu-operator internal/image/image.go; driver family in controllers/object_controls.go",
  },
  {
    shape: "repository+image+version",
    where: { documents: ["manifest", "values"] },
    keys: { registry: ["repository"], repository: ["image"], tag: ["version"] },
    when: "triplet",
    without: ["tag"],
    digest: UNKNOWN_TRIPLET,
    source: "operators of the NVIDIA family; no other one is known to take a digest here",
  },
  {
    shape: "kustomization image",
    where: { documents: ["kustomization"], path: [["images", "#"]] },
    keys: { repository: ["newName", "name"], tag: ["newTag"], digest: ["digest"] },
    when: "override",
    digest: { to: "new-key", key: "digest", comments: "behind-line" },
    source: "kustomize api/types, Image; it emits tag and digest when both are given",
  },
  {
    shape: "kustomization image",
    where: { group: "kustomize.toolkit.fluxcd.io", path: [["spec", "images", "#"]] },
    keys: { repository: ["newName", "name"], tag: ["newTag"], digest: ["digest"] },
    when: "override",
    digest: { to: "new-key", key: "digest", comments: "behind-line" },
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
    digest: { to: "new-key", key: "digest", comments: "behind-line" },
    source: "Flux, HelmRelease spec.postRenderers",
  },
  {
    shape: "kustomization image",
    where: { group: "", kinds: ["ImageTagTransformer"], path: [["imageTag"]] },
    keys: { repository: ["newName", "name"], tag: ["newTag"], digest: ["digest"] },
    when: "override",
    digest: { to: "new-key", key: "digest", comments: "behind-line" },
    source: "kustomize, ImageTagTransformer as a resource of its own",
  },
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

/** Keys beside a tag that say the chart adds to it, so that a digest behind the tag would not be the last thing in it. */
export const SUFFIX_KEYS: readonly string[] = [
  "distroless",
  "variant",
  "flavor",
  "flavour",
  "tagSuffix",
  "tagPostfix",
  "imageTagSuffix",
  "suffix",
  "chroot",
  "doNotCheckTag",
];

/** Keys that hold a bare or prefixed hexadecimal digest beside a tag; charts differ in which (image-fields, "sha"). */
export const SHA_KEY = "sha";

/** Every key that a mapping row reads, and those that change what it means. */
export const MAPPING_KEYS: ReadonlySet<string> = new Set([
  ...MAPPING_ROWS.flatMap((row) => [
    ...(row.keys.registry ?? []),
    ...row.keys.repository,
    ...(row.keys.tag ?? []),
    ...(row.keys.digest ?? []),
  ]),
  SHA_KEY,
  "useDigest",
]);

/**
 * Ends of keys of which one stands before a colon in every text that holds an image field; `tag` and `digest` alone make
 * none, for the mapping they stand in has an image key or a `repository`.
 */
export const VOCABULARY_KEYS: readonly string[] = [
  "[Ii]mages?",
  "[Ii]mage[_-]?[A-Za-z]{1,40}",
  "repository",
  "container",
  "services",
  "bundle",
  "package",
  "steps",
  "pipe",
];

/** Texts that show an image wherever they stand. */
export const VOCABULARY_TEXTS: readonly string[] = ["docker://", "/[A-Za-z]*[Ii]mage\\b"];
