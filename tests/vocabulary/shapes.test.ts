import { describe, expect, it } from "vitest";
import { digestOf, fieldsOf, pinAll, summary } from "../images/fields-of.js";

const D = digestOf("a");

/** Each place of the vocabulary: the file's name, its text, what is found, and what it is after pinning. */
interface Case {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly found: readonly string[];
  /** Text → text after pinning, for the parts that change. */
  readonly pinned?: Readonly<Record<string, string>>;
}

const resource = (apiVersion: string, kind: string, rest: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\n${rest}`;

const cases: readonly Case[] = [
  {
    name: "a List's items, each by its own kind",
    file: "l.yaml",
    text: resource(
      "v1",
      "List",
      "items:\n  - apiVersion: skyhook.nvidia.com/v1alpha1\n    kind: Skyhook\n    spec:\n      packages:\n        a:\n          image: g.io/a/b\n          version: v1\n  - apiVersion: v1\n    kind: Pod\n    spec:\n      containers: [{ image: c:1 }]\n",
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
      "spec:\n  stepTemplate: { image: alpine }\n  steps:\n    - image: golang:1.22\n    - image: $(params.image)\n  sidecars:\n    - image: docker:dind\n",
    ),
    found: ["alpine unpinned", "golang:1.22 unpinned", "$(params.image) templated", "docker:dind unpinned"],
  },
  {
    name: "Tekton bundles",
    file: "t.yaml",
    text: resource(
      "tekton.dev/v1",
      "PipelineRun",
      "spec:\n  pipelineRef:\n    resolver: bundles\n    params:\n      - name: bundle\n        value: gcr.io/a/b:1\n      - name: name\n        value: gcr.io/not/it:1\n",
    ),
    found: ["gcr.io/a/b:1 unpinned"],
  },
  {
    name: "Argo Workflows",
    file: "w.yaml",
    text: resource(
      "argoproj.io/v1alpha1",
      "Workflow",
      "spec:\n  templates:\n    - container: { image: alpine }\n    - script: { image: python:3 }\n    - initContainers: [{ image: a:1 }]\n",
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
      "spec:\n  toolkit: { repository: nvcr.io/nvidia/k8s, image: container-toolkit, version: v1 }\n  driver: { repository: nvcr.io/nvidia, image: driver, version: '550' }\n",
    ),
    found: [
      "nvcr.io/nvidia/k8s/container-toolkit:v1 unpinned",
      "nvcr.io/nvidia/driver:550 unpinned none no-digest-slot",
    ],
    pinned: { "version: v1": `version: v1@${D}` },
  },
  {
    name: "Argo CD: values as an object, as a string, and kustomize's images",
    file: "a.yaml",
    text: resource(
      "argoproj.io/v1alpha1",
      "Application",
      "spec:\n  sources:\n    - helm:\n        valuesObject: { image: { repository: a/b, tag: v1 } }\n    - helm:\n        values: |\n          image:\n            repository: c/d\n            tag: v2\n    - kustomize: { images: ['e=quay.io/e/f:v3'] }\n",
    ),
    found: ["a/b:v1 unpinned", "c/d:v2 unpinned", "quay.io/e/f:v3 unpinned"],
    pinned: { "tag: v1": `tag: v1@${D}`, "tag: v2": `tag: v2@${D}`, "f:v3": `f:v3@${D}` },
  },
  {
    name: "Flux: Kustomization and post-renderers",
    file: "f.yaml",
    text: `${resource("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "spec:\n  images:\n    - name: a/b\n      newTag: v1\n")}---\n${resource("helm.toolkit.fluxcd.io/v2", "HelmRelease", "spec:\n  postRenderers:\n    - kustomize:\n        images:\n          - name: c/d\n            newTag: v2\n")}`,
    found: ["a/b:v1 unpinned", "c/d:v2 unpinned"],
  },
  {
    name: "Flux's image automation names images that it scans",
    file: "i.yaml",
    text: resource("image.toolkit.fluxcd.io/v1", "ImageRepository", "spec:\n  image: ghcr.io/a/b\n"),
    found: [],
  },
  {
    name: "Kustomization by its kind",
    file: "any.yaml",
    text: resource(
      "kustomize.config.k8s.io/v1alpha1",
      "Component",
      "images:\n  - name: a\n    newName: b/c\n    newTag: v1\n    digest: ''\n",
    ),
    found: ["b/c:v1 unpinned"],
    pinned: { "digest: ''": `digest: '${D}'` },
  },
  {
    name: "kustomize's patches as strings",
    file: "kustomization.yaml",
    text: "patches:\n  - patch: |-\n      - op: replace\n        path: /spec/template/spec/containers/0/image\n        value: nginx:1\n",
    found: ["nginx:1 unpinned"],
    pinned: { "nginx:1": `nginx:1@${D}` },
  },
  {
    name: "a JSON patch in a file of its own",
    file: "patch.yaml",
    text: "- op: replace\n  path: /spec/image\n  value: ghcr.io/a/b:1\n- op: replace\n  path: /spec/replicas\n  value: a:1\n",
    found: ["ghcr.io/a/b:1 unpinned"],
  },
  {
    name: "a strategic merge patch without a kind",
    file: "patch.yaml",
    text: "spec:\n  template:\n    spec:\n      containers:\n        - name: a\n          image: a:1\n",
    found: ["a:1 unpinned"],
  },
  {
    name: "status, and what kubectl last applied",
    file: "s.yaml",
    text: resource(
      "v1",
      "Pod",
      'metadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: \'{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"a:1"}]}}\'\nstatus:\n  containers: [{ image: b:1 }]\n',
    ),
    found: ["a:1 unpinned none generated", "b:1 unpinned none generated"],
  },
  {
    name: "a ConfigMap that holds a manifest",
    file: "c.yaml",
    text: resource(
      "v1",
      "ConfigMap",
      "data:\n  pod.yaml: |\n    apiVersion: v1\n    kind: Pod\n    spec:\n      containers:\n        - image: a:1\n    ---\n    apiVersion: v1\n    kind: Pod\n    spec:\n      containers:\n        - image: b:2\n  values.yaml: |\n    image: { repository: c/d, tag: v1 }\n  script.sh: |\n    docker run image: x\n",
    ),
    found: ["a:1 unpinned", "b:2 unpinned", "c/d:v1 unpinned"],
    pinned: { "a:1": `a:1@${D}`, "b:2": `b:2@${D}`, "tag: v1": `tag: v1@${D}` },
  },
  {
    name: "JSON in a quoted string: reported, not written",
    file: "c.yaml",
    text: resource("v1", "ConfigMap", 'data:\n  a.json: \'{"image": "ghcr.io/a/b:1"}\'\n'),
    found: ["ghcr.io/a/b:1 unpinned none embedded"],
  },
  {
    name: "siblings in values",
    file: "values.yaml",
    text: "image: a/b\nimageTag: v1\nc:\n  image: d\n  image_tag: v2\ne:\n  imageRegistry: quay.io\n  imageRepository: f/g\n  imageTag: v3\nh:\n  image: i/j\n  tag: v4\n",
    found: ["a/b:v1 unpinned", "d:v2 unpinned", "quay.io/f/g:v3 unpinned", "i/j:v4 unpinned"],
    pinned: { "imageTag: v1": `imageTag: v1@${D}`, v2: `v2@${D}`, v3: `v3@${D}`, v4: `v4@${D}` },
  },
  {
    name: "keys that begin with image",
    file: "values.yaml",
    text: "imageNginx: nginx:1\nimage_name: a:1\nimageName: b:2\nsidecarImageName: c:3\nimagePullPolicy: Always\nimageTag: v1\nimagePrefix: x:y\n",
    found: ["nginx:1 unpinned", "a:1 unpinned", "b:2 unpinned", "c:3 unpinned"],
  },
  {
    name: "maps and lists of references",
    file: "values.yaml",
    text: "images:\n  csi: quay.io/x/csi:v1\n  pullPolicy: Always\nother:\n  images: [a:1, 'quay.io/b/c@sha256:abc']\n",
    found: ["quay.io/x/csi:v1 unpinned", "a:1 unpinned", "quay.io/b/c@sha256:abc invalid"],
  },
  {
    name: "global.imageRegistry, which a lookup goes to",
    file: "values.yaml",
    text: "global: { imageRegistry: r.example }\nimage: { registry: docker.io, repository: a/b, tag: v1 }\n",
    found: ["docker.io/a/b:v1 unpinned"],
  },
  {
    name: "a name whose registry stands elsewhere",
    file: "values.yaml",
    text: "image: { name: app, tag: v1 }\nother: { image: { name: a/b, tag: v1 } }\n",
    found: ["app:v1 incomplete", "a/b:v1 unpinned"],
  },
  {
    name: "a chart's or a git repository",
    file: "values.yaml",
    text: "chart: { repository: a/b, tag: v1 }\ngit: { repository: a/b, tag: v1 }\n",
    found: [],
  },
  {
    name: "helm-unittest",
    file: "tests/a_test.yaml",
    text: "suite: x\ntests:\n  - asserts:\n      - equal: { path: image, value: 'a:1' }\n    image: a:1\n",
    found: [],
  },
  {
    name: "merge keys, which alone add no field",
    file: "values.yaml",
    text: "base: &b { repository: a/b, tag: v1 }\nimage:\n  <<: *b\n  pullPolicy: Always\nother:\n  image: { <<: *b, tag: v2 }\n",
    found: ["a/b:v1 unpinned", "a/b:v2 unpinned"],
    pinned: { "tag: v1": `tag: v1@${D}`, "tag: v2": `tag: v2@${D}` },
  },
  {
    name: "a merged tag that means another image elsewhere",
    file: "values.yaml",
    text: "base: &b { repository: a/b, tag: v1 }\nimage: { <<: *b, repository: c/d }\n",
    found: ["a/b:v1 unpinned none anchor-shared", "c/d:v1 unpinned none anchor-shared"],
  },
  {
    name: "Compose: fragments, build, and the first version",
    file: "docker-compose.yml",
    text: "x-base: &base { image: postgres }\nservices:\n  a: { <<: *base }\n  b: { image: mine, build: . }\n  c: { image: 'redis:7', pull_policy: always }\n",
    found: ["postgres unpinned", "redis:7 unpinned"],
  },
  {
    name: "Compose by its keys",
    file: "stack.yml",
    text: "services:\n  a:\n    image: nginx\n",
    found: ["nginx unpinned"],
  },
  {
    name: "Compose's defaults",
    file: "compose.yaml",
    text: "services:\n  a: { image: '${IMAGE:-nginx:1.27}' }\n  b: { image: '${REGISTRY:-}redis:${TAG:-7}' }\n  c: { image: '${X}/d:1' }\n  e: { image: '${I:-ubuntu}' }\n",
    found: [
      "${IMAGE:-nginx:1.27} unpinned",
      "${REGISTRY:-}redis:${TAG:-7} unpinned",
      "${X}/d:1 templated",
      "${I:-ubuntu} unpinned",
    ],
    pinned: { "1.27}": `1.27@${D}}`, "TAG:-7}": `TAG:-7@${D}}`, "ubuntu}": `ubuntu:latest@${D}}` },
  },
  {
    name: "a workflow by its keys",
    file: "workflow-templates/ci.yml",
    text: "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    container: node:20\n",
    found: ["node:20 unpinned"],
  },
  {
    name: "an action",
    file: "my/action.yml",
    text: "name: a\nruns:\n  using: docker\n  image: docker://alpine:3\n",
    found: ["alpine:3 unpinned"],
  },
  {
    name: "GitLab CI",
    file: "sub/.gitlab-ci.yml",
    text: "image: ruby:3\ndefault:\n  image: { name: 'a:1' }\nservices: [postgres]\njob:\n  image: b\n  services:\n    - c:3\n    - name: d\n      alias: x\n  script: [echo]\n",
    found: [
      "ruby:3 unpinned",
      "a:1 unpinned",
      "postgres unpinned",
      "b unpinned",
      "c:3 unpinned",
      "d unpinned",
    ],
  },
  {
    name: "CircleCI, whose machines are none",
    file: ".circleci/config.yml",
    text: "version: 2.1\nexecutors:\n  e:\n    docker: [{ image: cimg/base:1 }]\njobs:\n  a:\n    machine: { image: 'ubuntu-2204:current' }\n  b:\n    docker:\n      - image: cimg/node:20\n",
    found: ["cimg/base:1 unpinned", "cimg/node:20 unpinned"],
  },
  {
    name: "Drone",
    file: ".drone.yml",
    text: "kind: pipeline\ntype: docker\nsteps:\n  - name: a\n    image: golang\nservices:\n  - image: redis:7\n",
    found: ["golang unpinned", "redis:7 unpinned"],
  },
  {
    name: "Cloud Build, whose outputs are none",
    file: "cloudbuild.yaml",
    text: "steps:\n  - name: gcr.io/cloud-builders/docker\n    args: [build]\nimages: ['gcr.io/a/b:1']\n",
    found: ["gcr.io/cloud-builders/docker unpinned"],
  },
  {
    name: "quoted keys, explicit keys and JSON",
    file: "p.yaml",
    text: '{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"image": "a:1"}]}}\n',
    found: ["a:1 unpinned"],
    pinned: { "a:1": `a:1@${D}` },
  },
  {
    name: "folded block scalars",
    file: "p.yaml",
    text: "containers:\n  - image: >-\n      a:1\n  - image: |\n      b:2\n",
    found: ["a:1 unpinned", "b:2 unpinned"],
    pinned: { "a:1": `a:1@${D}`, "b:2": `b:2@${D}` },
  },
  {
    name: "several documents, CRLF",
    file: "m.yaml",
    text: "containers:\r\n  - image: a:1\r\n---\r\ncontainers:\r\n  - image: b:2\r\n",
    found: ["a:1 unpinned", "b:2 unpinned"],
  },
];

describe("the vocabulary", () => {
  it.each(cases.map((each) => [each.name, each] as const))("%s", (_, { file, text, found, pinned }) => {
    expect(fieldsOf(text, file).map((field) => summary(field))).toEqual(found);
    if (!pinned) return;
    const expected = Object.entries(pinned).reduce((done, [from, to]) => done.replaceAll(from, to), text);
    expect(pinAll(text, file)).toBe(expected);
  });
});

describe("global.imageRegistry", () => {
  it("is where the digest is looked up, and is never written", () => {
    const [field] = fieldsOf(
      "global: { imageRegistry: r.example }\nimage: { registry: docker.io, repository: a/b, tag: v1 }\n",
    );
    expect(field?.reference).toMatchObject({ domain: "r.example", repository: "a/b" });
  });
});
