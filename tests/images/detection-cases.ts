// What nine other tools' own tests expect to find, in cases of our own: file, text, and what is found there.

/** name, file, text, what is found */
export type DetectionCase = readonly [name: string, file: string, text: string, found: readonly string[]];

const D = `sha256:${"a".repeat(64)}`;
const resource = (apiVersion: string, kind: string, rest: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }\n${rest}`;
const template = (kind: string, rest: string): string =>
  resource("apps/v1", kind, `spec:\n  template:\n    spec:\n${rest}`);

const renovate: readonly DetectionCase[] = [
  [
    "Compose, version 3",
    "docker-compose.yml",
    "version: '3.8'\nservices:\n  cache:\n    image: quay.io/acme/cache:alpine\n  db:\n    image: postgres:16.1\n  job:\n    image: acme/job\n",
    ["quay.io/acme/cache:alpine unpinned", "postgres:16.1 unpinned", "acme/job unpinned"],
  ],
  [
    "Compose, version 1: services at the top",
    "docker-compose.yml",
    "web:\n  image: node:20.1\ndb:\n  image: mysql:8\n",
    ["node:20.1 unpinned", "mysql:8 unpinned"],
  ],
  [
    "Compose without a version",
    "compose.yaml",
    "services:\n  web: { image: 'caddy:2' }\n",
    ["caddy:2 unpinned"],
  ],
  [
    "Compose under other names",
    "deploy/docker-compose_dev.yml",
    "services:\n  web: { image: 'caddy:2' }\n",
    ["caddy:2 unpinned"],
  ],
  [
    "Compose: a default",
    "compose.yml",
    "services:\n  web: { image: '${WEB:-caddy:2.7}' }\n",
    ["${WEB:-caddy:2.7} unpinned"],
  ],
  [
    "Compose: defaults of name and tag",
    "compose.yml",
    "services:\n  web: { image: '${WEB:-acme/web}:${TAG:-latest}' }\n",
    ["${WEB:-acme/web}:${TAG:-latest} unpinned"],
  ],
  [
    "Compose: a tag of its own kind",
    "compose.yml",
    "web:\n  image: node:20\nworker:\n  extends: { service: web }\n  ports: !reset null\n",
    ["node:20 unpinned"],
  ],
  [
    "Compose: a Jinja line within",
    "docker-compose.yml",
    "services:\n  web:\n    image: quay.io/acme/web:1\n    environment:\n      {{ services['web']['env'] }}\n",
    ["quay.io/acme/web:1 unpinned"],
  ],
  [
    "Compose: a fragment",
    "compose.yml",
    "x-base: &base\n  image: debian:12\nservices:\n  a:\n    <<: *base\n  b:\n    <<: *base\n",
    ["debian:12 unpinned"],
  ],
  ["Compose: nothing", "compose.yml", "nothing here\n", []],
  [
    "Batect: containers by name",
    "batect.yml",
    "containers:\n  env:\n    image: acme/build:1.2\n  plain:\n    image: node\n  own:\n    build_directory: .\n",
    ["acme/build:1.2 unpinned", "node unpinned"],
  ],
  [
    "GitLab CI: image and services",
    ".gitlab-ci.yml",
    "image:\n  # why\n  name: acme/build:1.2\nservices:\n  # why\n  - mariadb:11\n  - name: acme/cache:3\n    alias: cache\n",
    ["acme/build:1.2 unpinned", "mariadb:11 unpinned", "acme/cache:3 unpinned"],
  ],
  [
    "GitLab CI: jobs",
    ".gitlab-ci.yml",
    "one:\n  image: hadolint/hadolint:latest\n  script: [a]\n'two:b':\n  image: docker:27\n  services: ['docker:dind', 'acme/x@sha256:0ecb2ad60']\n  script: [a]\n",
    [
      "hadolint/hadolint:latest unpinned",
      "docker:27 unpinned",
      "docker:dind unpinned",
      "acme/x@sha256:0ecb2ad60 invalid",
    ],
  ],
  [
    "GitLab CI: an alias before its name",
    ".gitlab-ci.yml",
    "services:\n  - alias: db\n    name: postgres:16\n",
    ["postgres:16 unpinned"],
  ],
  [
    "GitLab CI: an image behind other keys",
    ".gitlab-ci.yml",
    "job:\n  image:\n    entrypoint: ['']\n    name: acme/lint:1\n",
    ["acme/lint:1 unpinned"],
  ],
  [
    "GitLab CI: variables",
    ".gitlab-ci.yml",
    "image: { name: '$REGISTRY/acme/build:1' }\nservices: ['docker.io/${ORG}/cache:2']\n",
    ["$REGISTRY/acme/build:1 templated", "docker.io/${ORG}/cache:2 templated"],
  ],
  [
    "GitLab CI: the dependency proxy",
    ".gitlab-ci.yml",
    "image: ${CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX}/acme/build:1\nservices: ['$CI_DEPENDENCY_PROXY_DIRECT_GROUP_IMAGE_PREFIX/mariadb:11']\n",
    [
      "${CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX}/acme/build:1 unpinned",
      "$CI_DEPENDENCY_PROXY_DIRECT_GROUP_IMAGE_PREFIX/mariadb:11 unpinned",
    ],
  ],
  [
    "GitLab CI: references and documents",
    "ci/.gitlab-ci.yml",
    "spec: { inputs: {} }\n---\njob:\n  script:\n    - !reference [.a, script]\n  image: node:20\n",
    ["node:20 unpinned"],
  ],
  [
    "GitLab CI: components are none",
    ".gitlab-ci.yml",
    "include:\n  - component: gitlab.example/org/project/part@1.0\n",
    [],
  ],
  [
    "CircleCI: executors and jobs",
    ".circleci/config.yml",
    "executors:\n  e:\n    docker:\n      - image: cimg/ruby:3.0-browsers\njobs:\n  a:\n    docker: [{ image: node }]\n  b:\n    machine: { image: 'android:202102-01' }\n",
    ["cimg/ruby:3.0-browsers unpinned", "node unpinned"],
  ],
  [
    "CircleCI: an orb's own",
    ".circleci/config.yml",
    "orbs:\n  mine:\n    executors:\n      py: { docker: [{ image: 'cimg/python:3.9' }] }\n",
    ["cimg/python:3.9 unpinned"],
  ],
  [
    "CircleCI: aliases",
    ".circleci/config.yml",
    "aliases:\n  - &node\n    image: cimg/node:20.1\njobs:\n  a:\n    docker:\n      - *node\n",
    ["cimg/node:20.1 unpinned"],
  ],
  [
    "CircleCI: two merge keys",
    ".circleci/config.yml",
    "aliases:\n  - &base\n    docker:\n      - image: node:18\n  - &env\n    environment: { A: b }\njobs:\n  a:\n    <<: *base\n    <<: *env\n",
    ["node:18 unpinned"],
  ],
  [
    "CircleCI: pinned",
    ".circleci/config.yml",
    `jobs:\n  a:\n    docker:\n      - image: python:3.7@${D}\n`,
    [`python:3.7@${D} pinned`],
  ],
  [
    "Drone",
    ".drone.yml",
    `kind: pipeline\nsteps:\n  - name: a\n    image: elixir:1.8-alpine\n  - name: b\n    image: amd64/node:20@${D}\nservices:\n  - name: c\n    image: mysql:8\n`,
    ["elixir:1.8-alpine unpinned", `amd64/node:20@${D} pinned`, "mysql:8 unpinned"],
  ],
  [
    "Drone: a digest on another line",
    ".drone.yml",
    `kind: pipeline\nsteps:\n  - image: "amd64/node:20\\\n      @${D}"\n`,
    [`amd64/node:20@${D} pinned`],
  ],
  [
    "Woodpecker: maps of steps",
    ".woodpecker.yml",
    "clone:\n  git:\n    image: woodpeckerci/plugin-git:2\nsteps:\n  a:\n    image: redis:alpine\n  b: { image: my-own }\nservices:\n  c:\n    image: postgres:16\n",
    [
      "woodpeckerci/plugin-git:2 unpinned",
      "redis:alpine unpinned",
      "my-own unpinned",
      "postgres:16 unpinned",
    ],
  ],
  [
    "Woodpecker: the older key",
    ".woodpecker/test.yml",
    "pipeline:\n  a:\n    image: quay.io/acme/a:1\n",
    ["quay.io/acme/a:1 unpinned"],
  ],
  [
    "Crow",
    ".crow/build.yaml",
    "steps:\n  - name: a\n    image: node:20\npipeline:\n  b:\n    image: redis:7\n",
    ["node:20 unpinned", "redis:7 unpinned"],
  ],
  [
    "Vela: steps, stages, services and secrets",
    ".vela.yml",
    "version: '1'\nstages:\n  go:\n    steps:\n      - name: a\n        image: golang:1.22\nsteps:\n  - image: node:20\nservices:\n  - image: redis:alpine\nsecrets:\n  - origin:\n      image: target/secret-vault:v0.1\n",
    [
      "golang:1.22 unpinned",
      "node:20 unpinned",
      "redis:alpine unpinned",
      "target/secret-vault:v0.1 unpinned",
    ],
  ],
  [
    "Cloud Build",
    "cloudbuild.yaml",
    "steps:\n  - name: 'gcr.io/cloud-builders/docker:19.03.8'\n    args: [build]\n  - name: node:20\n  - name: gcr.io/cloud-builders/kubectl\nimages: ['gcr.io/acme/app']\n",
    [
      "gcr.io/cloud-builders/docker:19.03.8 unpinned",
      "node:20 unpinned",
      "gcr.io/cloud-builders/kubectl unpinned",
    ],
  ],
  [
    "Azure Pipelines: container resources",
    "azure-pipelines.yml",
    "resources:\n  containers:\n    - container: linux\n      image: ubuntu:16.04\n    - container: none\n",
    ["ubuntu:16.04 unpinned"],
  ],
  [
    "Azure Pipelines: a job's container",
    ".azuredevops/build.yml",
    "jobs:\n  - job: a\n    container: mcr.microsoft.com/dotnet/sdk:8.0\n  - job: b\n    container: linux\n",
    ["mcr.microsoft.com/dotnet/sdk:8.0 unpinned"],
  ],
  [
    "Azure Pipelines: no image",
    "azure-pipelines.yml",
    "pool: { vmImage: ubuntu-22.04 }\nsteps:\n  - task: Bash@3\n",
    [],
  ],
  [
    "Bitbucket: image, names and pipes",
    "bitbucket-pipelines.yml",
    "image: node:20\ndefinitions:\n  steps:\n    - step: &build\n        image:\n          username: x\n          name: node:18.15\npipelines:\n  default:\n    - step:\n        image: node:10\n        script:\n          - pipe: docker://acme/pipe:2.0\n          - pipe: atlassian/aws-s3-deploy:0.2\n",
    ["node:20 unpinned", "node:18.15 unpinned", "node:10 unpinned", "acme/pipe:2.0 unpinned"],
  ],
  [
    "Bitbucket by its keys",
    "my-pipelines.yml",
    "pipelines:\n  default:\n    - step:\n        image: node:10\n",
    ["node:10 unpinned"],
  ],
  [
    "Ansible: docker_container",
    "roles/a/tasks/main.yml",
    "- name: a\n  docker_container:\n    name: a\n    image: busybox\n- name: b\n  community.docker.docker_container:\n    name: b\n    image: acme/app:1\n    tag: x\n- name: c\n  docker_container: { name: c, state: absent }\n",
    ["busybox unpinned", "acme/app:1 unpinned"],
  ],
  [
    "Ansible: a Compose definition",
    "tasks/main.yaml",
    "- docker_service:\n    definition:\n      services:\n        a: { image: 'acme/a:1' }\n        b: { image: redis }\n",
    ["acme/a:1 unpinned", "redis unpinned"],
  ],
  [
    "Ansible: an image beside its module",
    "tasks/main.yml",
    "- name: a\n  docker_container:\n  image: quay.io/acme/redis:1\n",
    ["quay.io/acme/redis:1 unpinned"],
  ],
  [
    "Kubernetes: a list written in two ways",
    "d.yaml",
    template(
      "Deployment",
      '      containers:\n      - image: "quay.io/acme/a:v2"\n        name: a\n      - name: b\n        image: nginx:1.22 # why\n',
    ),
    ["quay.io/acme/a:v2 unpinned", "nginx:1.22 unpinned"],
  ],
  [
    "Kubernetes: an underscore in the tag",
    "d.yaml",
    template(
      "Deployment",
      "      containers: [{ name: a, image: 'ghcr.io/acme/a:stable_release-v1.67-x' }]\n",
    ),
    ["ghcr.io/acme/a:stable_release-v1.67-x unpinned"],
  ],
  [
    "Kubernetes: image volumes of Pod and CronJob",
    "v.yaml",
    `${resource("v1", "Pod", "spec:\n  volumes:\n    - image: { notReference: x }\n    - image: { reference: 'quay.io/acme/v:1' }\n")}---\n${resource("batch/v1", "CronJob", "spec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          volumes: [{ name: v, image: { reference: 'quay.io/acme/w:2' } }]\n")}`,
    ["quay.io/acme/v:1 unpinned", "quay.io/acme/w:2 unpinned"],
  ],
  [
    "Kubernetes: no image",
    "n.yaml",
    resource("networking.k8s.io/v1", "NetworkPolicy", "spec:\n  podSelector: {}\n"),
    [],
  ],
  [
    "Kustomize: tags, names, numbers",
    "kustomization.yaml",
    "images:\n  - name: node\n    newTag: v0.1\n  - newTag: v0.2\n    name: group/app\n  - name: a/b\n    newName: but.here.example/mine # why\n    newTag: v0.4\n  - name: quay.io/acme/x:5000\n  - name: foo\n",
    ["node:v0.1 unpinned", "group/app:v0.2 unpinned", "but.here.example/mine:v0.4 unpinned"],
  ],
  [
    "Kustomize: digests",
    "kustomization.yaml",
    `images:\n  - name: postgres\n    digest: ${D}\n  - name: postgres:16\n    digest: ${D}\n  - name: postgres\n    digest: 02641143766\n  - name: postgres\n    newTag: 11@${D}\n`,
    [
      `postgres@${D} pinned`,
      `postgres:16@${D} pinned`,
      "postgres@02641143766 invalid",
      `postgres:11@${D} pinned`,
    ],
  ],
  [
    "Kustomize: a new name that says all",
    "kustomization.yaml",
    `images:\n  - name: postgres\n    newName: acme/postgres:16@${D}\n  - name: postgres\n    newName: acme/postgres:16\n  - name: postgres\n    newName: acme/postgres@${D}\n`,
    [`acme/postgres:16@${D} pinned`, "acme/postgres:16 unpinned", `acme/postgres@${D} pinned`],
  ],
  [
    "Kustomize: a component",
    "kustomization.yml",
    "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\nimages: [{ name: node, newTag: v1 }]\n",
    ["node:v1 unpinned"],
  ],
  [
    "Kustomize: bases and charts are none",
    "kustomization.yaml",
    "bases: ['github.com/user/repo//deploy?ref=v0.0.1']\nhelmCharts:\n  - name: redis\n    repo: oci://registry-1.docker.io/bitnamicharts\n    version: 18.12.1\n",
    [],
  ],
  [
    "Helm values as `helm create` writes them",
    "values.yaml",
    "replicaCount: 1\nimage:\n  repository: nginx\n  tag: 1.16.1\n  pullPolicy: IfNotPresent\nimagePullSecrets: []\n",
    ["nginx:1.16.1 unpinned"],
  ],
  [
    "Helm values: nested, in lists, inline",
    "values.yaml",
    `inline_image: docker.io/library/nginx:1.18\napi:\n  image:\n    image:\n      repository: acme/postgresql\n      tag: 11.6.0\nother:\n  - image:\n      registry: docker.io\n      repository: acme/postgresql\n      tag: 11.5.0@${D}\nempty:\n`,
    [
      "docker.io/library/nginx:1.18 unpinned",
      "acme/postgresql:11.6.0 unpinned",
      `docker.io/acme/postgresql:11.5.0@${D} pinned`,
    ],
  ],
  [
    "Helm values: a version where others have a tag",
    "values.yaml",
    "coreImage:\n  registry: docker.io\n  repository: bitnami/harbor-core\n  version: 2.1.3\n",
    ["docker.io/bitnami/harbor-core:2.1.3 unpinned none chart-unknown"],
  ],
  [
    "Helm values in a HelmRelease among other documents",
    "values.yaml",
    `${resource("source.toolkit.fluxcd.io/v1", "HelmRepository", "spec: { url: 'https://acme.example' }\n")}---\n${resource("helm.toolkit.fluxcd.io/v2", "HelmRelease", "spec:\n  chart: { spec: { chart: x, version: 0.13.10 } }\n  values:\n    controller:\n      image: { repository: quay.io/acme/controller, tag: v0.13 }\n")}`,
    ["quay.io/acme/controller:v0.13 unpinned"],
  ],
  [
    "Flux: Kustomization's images",
    "k.yaml",
    resource(
      "kustomize.toolkit.fluxcd.io/v1",
      "Kustomization",
      `spec:\n  images:\n    - name: a\n      newName: registry.example/a\n      newTag: v1\n    - name: b\n      digest: ${D}\n    - name: c\n`,
    ),
    ["registry.example/a:v1 unpinned", `b@${D} pinned`],
  ],
  [
    "Flux: sources are none",
    "s.yaml",
    resource(
      "source.toolkit.fluxcd.io/v1",
      "OCIRepository",
      "spec:\n  url: oci://ghcr.io/acme/charts/x\n  ref: { tag: 1.0.0 }\n",
    ),
    [],
  ],
  [
    "Argo CD: kustomize's images",
    "a.yaml",
    resource(
      "argoproj.io/v1alpha1",
      "Application",
      `spec:\n  source:\n    repoURL: git@example.org:x\n    kustomize:\n      images:\n        - acme.example/a:v2.3.4\n        - acme.example/b@${D}\n`,
    ),
    ["acme.example/a:v2.3.4 unpinned", `acme.example/b@${D} pinned`],
  ],
  [
    "Argo CD: a chart is none",
    "a.yaml",
    resource(
      "argoproj.io/v1alpha1",
      "Application",
      "spec:\n  source:\n    chart: some/image\n    targetRevision: 2.4.1\n    repoURL: ghcr.io/acme/charts\n",
    ),
    [],
  ],
  [
    "Crossplane: packages, and those that name none",
    "p.yaml",
    `${resource("pkg.crossplane.io/v1", "Provider", "spec:\n  package: xpkg.upbound.io/acme/provider-nop:v0.2.0\n")}---\n${resource("pkg.crossplane.io/v1", "Function", "spec:\n  package: null\n")}---\n${resource("pkg.crossplane.io/v1", "Configuration", "spec:\n  package: ''\n")}`,
    ["xpkg.upbound.io/acme/provider-nop:v0.2.0 unpinned"],
  ],
  [
    "Tekton: bundles by both resolvers",
    "t.yaml",
    `kind: Pipeline\nspec:\n  tasks:\n    - taskRef: { bundle: gcr.io/acme/a:1 }\n  finally:\n    - taskRef:\n        resolver: bundles\n        params:\n          - { name: bundle, value: gcr.io/acme/b }\n          - { name: kind, value: task }\n`,
    ["gcr.io/acme/a:1 unpinned", "gcr.io/acme/b unpinned"],
  ],
  [
    "Tekton: a bundle that a resolver puts aside",
    "t.yaml",
    "kind: Pipeline\nspec:\n  tasks:\n    - taskRef:\n        bundle: gcr.io/acme/ignored:1\n        resolver: bundles\n        params: [{ name: bundle, value: gcr.io/acme/b:1 }]\n        resource: [{ name: bundle, value: gcr.io/acme/ignored:1 }]\n",
    ["gcr.io/acme/b:1 unpinned"],
  ],
  [
    "Tekton: bundles that say nothing",
    "t.yaml",
    "kind: Pipeline\nspec:\n  tasks:\n    - taskRef: { bundle: true }\n    - taskRef: { bundle: '' }\n",
    [],
  ],
  [
    "Tekton: steps, templates and sidecars in a List",
    "t.yaml",
    "kind: List\nitems:\n  - kind: Task\n    spec:\n      steps: [{ image: acme/a }]\n      stepTemplate: { image: acme/b }\n      sidecars: [{ image: acme/c }]\n  - kind: StepAction\n    spec: { image: acme/d }\n",
    ["acme/a unpinned", "acme/b unpinned", "acme/c unpinned", "acme/d unpinned"],
  ],
  [
    "Tekton: a TriggerTemplate's resources",
    "t.yaml",
    "kind: TriggerTemplate\nspec:\n  resourcetemplates:\n    - kind: TaskRun\n      spec:\n        taskRef: { bundle: gcr.io/acme/t }\n    - kind: PipelineRun\n      spec:\n        pipelineSpec: { tasks: [{ taskSpec: { steps: [{ image: acme/s }] } }] }\n",
    ["gcr.io/acme/t unpinned", "acme/s unpinned"],
  ],
  [
    "GitHub: containers, services and actions",
    ".github/workflows/ci.yml",
    `on: push\njobs:\n  a:\n    container: node:20-bullseye\n    services:\n      db: { image: 'redis:5' }\n    steps:\n      - uses: docker://acme/lint\n      - uses: "docker://busybox:1.37"\n      - uses: docker://node:6@${D}\n      - uses: actions/checkout@v4\n  b:\n    container: { image: 'node:18' }\n`,
    [
      "node:20-bullseye unpinned",
      "redis:5 unpinned",
      "acme/lint unpinned",
      "busybox:1.37 unpinned",
      `node:6@${D} pinned`,
      "node:18 unpinned",
    ],
  ],
  [
    "GitHub: templates of workflows",
    "workflow-templates/ci.yml",
    "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    container: node:20\n",
    ["node:20 unpinned"],
  ],
  [
    "GitHub: a service in one string",
    ".github/workflows/ci.yml",
    "jobs:\n  a:\n    services:\n      db: mariadb:11\n      cache: { image: 'redis:7' }\n",
    ["mariadb:11 unpinned", "redis:7 unpinned"],
  ],
  [
    "GitHub: Gitea's folder",
    ".gitea/workflows/ci.yaml",
    "jobs:\n  a:\n    container: node:20\n",
    ["node:20 unpinned"],
  ],
  [
    "Buildkite: the Docker plugin",
    ".buildkite/pipeline.yml",
    "steps:\n  - plugins:\n      - docker#v5.0.0:\n          image: node:20\n      - docker-compose#v2.5.1:\n          image-repository: index.docker.io/acme/app\n",
    ["node:20 unpinned"],
  ],
];

const dependabot: readonly DetectionCase[] = [
  [
    "Helm: a registry of its own",
    "values.yaml",
    'image:\n  repository: "nginx"\n  tag: "1.14.2"\n  registry: "registry.example.com"\n',
    ["registry.example.com/nginx:1.14.2 unpinned"],
  ],
  [
    "Helm: a string and a mapping",
    "values.yaml",
    "foo:\n  image: nginx:1.14.2\nbar:\n  image:\n    repository: 'canonical/ubuntu'\n    tag: 18.04\n",
    ["nginx:1.14.2 unpinned", "canonical/ubuntu:18.04 unpinned"],
  ],
  [
    "Helm: a version, no registry",
    "values.yaml",
    "image:\n  repository: 'mcr.microsoft.com/sql/sql'\n  version: v1.2.3\n",
    ["mcr.microsoft.com/sql/sql:v1.2.3 unpinned none chart-unknown"],
  ],
  [
    "Helm: a digest as version",
    "values.yaml",
    `image:\n  repository: 'canonical/ubuntu'\n  version: '${D}'\n`,
    [`canonical/ubuntu@${D} pinned`],
  ],
  [
    "Helm: no tag",
    "values.yaml",
    "image:\n  repository: 'nginx'\n  registry: registry.example.com\n",
    ["registry.example.com/nginx incomplete"],
  ],
  ["Helm: a tag of something else", "values.yaml", "some:\n  other:\n    tag: foo\n", []],
  [
    "Helm: tags that are no versions",
    "values.yaml",
    "a:\n  image: { repository: some.repository, tag: some-name_123 }\nb:\n  image: { repository: some.repository, tag: 3.2025.123-123abc-20250305t1309 }\nc:\n  image: { repository: some.repository, tag: '' }\n",
    [
      "some.repository:some-name_123 unpinned",
      "some.repository:3.2025.123-123abc-20250305t1309 unpinned",
      "some.repository incomplete",
    ],
  ],
  [
    "Helm: dates and symbols beside it",
    "values.yaml",
    'image:\n  repository: nginx\n  date: 2023-01-01\n  symbol: :test\n  tag: "1.25.3"\n',
    ["nginx:1.25.3 unpinned"],
  ],
  [
    "Helm: a chart's dependencies are none",
    "Chart.yaml",
    "apiVersion: v2\nname: x\nversion: 0.1.0\ndependencies:\n  - { name: redis, version: 17.11.3, repository: 'https://charts.example' }\n",
    [],
  ],
  [
    "Kubernetes: no tag",
    "pod.yaml",
    resource("v1", "Pod", "spec: { containers: [{ name: a, image: nginx }] }\n"),
    ["nginx unpinned"],
  ],
  [
    "Kubernetes: a digest alone, of a private registry",
    "pod.yaml",
    resource(
      "v1",
      "Pod",
      `spec: { containers: [{ name: a, image: 'registry-host.io:5000/me/ubuntu@${D}' }] }\n`,
    ),
    [`registry-host.io:5000/me/ubuntu@${D} pinned`],
  ],
  [
    "Kubernetes: a registry without a port",
    "pod.yaml",
    resource(
      "v1",
      "Pod",
      "spec: { containers: [{ name: a, image: 'account.dkr.ecr.region.amazonaws.com/me/ubuntu:17.04' }] }\n",
    ),
    ["account.dkr.ecr.region.amazonaws.com/me/ubuntu:17.04 unpinned"],
  ],
  [
    "Kubernetes: several resources",
    "pod.yaml",
    `${resource("v1", "Pod", "spec: { containers: [{ image: 'nginx:1.2' }] }\n")}---\n${resource("v1", "Pod", "spec: { containers: [{ image: 'ubuntu:20.04' }] }\n")}`,
    ["nginx:1.2 unpinned", "ubuntu:20.04 unpinned"],
  ],
  [
    "Kubernetes: the same image twice",
    "pod.yaml",
    resource("v1", "Pod", "spec: { containers: [{ image: 'nginx:1' }, { image: 'nginx:1' }] }\n"),
    ["nginx:1 unpinned", "nginx:1 unpinned"],
  ],
  [
    "Kubernetes: a placeholder",
    "pod.yaml",
    resource("v1", "Pod", "spec: { containers: [{ image: '<<VAR>>/official/thing:<<VAR2>>' }] }\n"),
    [],
  ],
  [
    "Compose: folded and literal",
    "docker-compose.yml",
    `services:\n  a:\n    image: >-\n      docker.io/library/nginx:1.25@${D}\n  b:\n    image: |\n      docker.io/library/nginx:1.25@${D}\n`,
    [`docker.io/library/nginx:1.25@${D} pinned`, `docker.io/library/nginx:1.25@${D} pinned`],
  ],
  [
    "Compose: what `docker compose config` writes",
    "docker-compose.yml",
    `name: minio\nservices:\n  minio:\n    command: [server, /data, --console-address, ':9001']\n    image: quay.io/minio/minio:RELEASE.2025-01-20T14-49-07Z@${D}\n    networks: { default: null }\n`,
    [`quay.io/minio/minio:RELEASE.2025-01-20T14-49-07Z@${D} pinned`],
  ],
  [
    "Compose: a default",
    "docker-compose.yml",
    "services:\n  a:\n    image: ${UBUNTU:-ubuntu:17.04}\n",
    ["${UBUNTU:-ubuntu:17.04} unpinned"],
  ],
  [
    "Compose: a variable tag beside a plain one",
    "docker-compose.yml",
    "services:\n  a: { image: 'me/app:${TAG}' }\n  b: { image: 'postgres:16' }\n",
    ["me/app:${TAG} templated", "postgres:16 unpinned"],
  ],
  ["Compose: a list", "docker-compose.yml", "- a\n- b\n", []],
  [
    "Actions: an image",
    ".github/workflows/a.yml",
    "on: [push]\njobs:\n  a:\n    steps:\n    - uses: docker://ghcr.io/acme/checkout@master\n",
    [],
  ],
];

const ratchet: readonly DetectionCase[] = [
  [
    "Actions: jobs",
    ".github/workflows/a.yml",
    `jobs:\n  a:\n    steps:\n      - uses: 'actions/checkout@v3'\n      - uses: 'docker://ubuntu:20.04'\n      - uses: 'docker://ubuntu@${D}'\n        with: { uses: 'foo/bar@v0', image: /a/b.jpg }\n  b:\n    uses: './.github/workflows/other.yml'\n`,
    ["ubuntu:20.04 unpinned", `ubuntu@${D} pinned`],
  ],
  [
    "Actions: a composite action",
    "action.yml",
    "runs:\n  using: composite\n  steps:\n    - uses: 'docker://ubuntu:20.04'\n",
    ["ubuntu:20.04 unpinned"],
  ],
  [
    "Actions: services",
    ".github/workflows/a.yml",
    "jobs:\n  a:\n    services:\n      nginx: { image: 'nginx:1.21' }\n      ubuntu: { image: 'ubuntu:20.04' }\n",
    ["nginx:1.21 unpinned", "ubuntu:20.04 unpinned"],
  ],
  [
    "Actions: an expression",
    ".github/workflows/a.yml",
    "jobs:\n  a:\n    container: { image: 'ghcr.io/${{ github.repository }}/c:1' }\n",
    ["ghcr.io/${{ github.repository }}/c:1 templated"],
  ],
  [
    "Actions: wide indentation",
    ".github/workflows/a.yml",
    "jobs:\n        a:\n                            container:\n                                      image: 'ubuntu:20.04'\n",
    ["ubuntu:20.04 unpinned"],
  ],
  [
    "CircleCI: Docker's scheme",
    ".circleci/config.yml",
    "executors:\n  e:\n    docker:\n      - image: 'docker://ubuntu:20.04'\n",
    ["docker://ubuntu:20.04 unpinned"],
  ],
  [
    "CircleCI: jobs",
    ".circleci/config.yml",
    "jobs:\n  a:\n    docker:\n      - image: 'ubuntu:20.04'\n      - image: 'ubuntu:22.04'\n",
    ["ubuntu:20.04 unpinned", "ubuntu:22.04 unpinned"],
  ],
  [
    "Cloud Build",
    "cloudbuild.yml",
    "steps:\n  - name: 'ubuntu:20.04'\n    args: ['-c', 'name: foo']\n  - name: 'gcr.io/foo/bar/baz'\n",
    ["ubuntu:20.04 unpinned", "gcr.io/foo/bar/baz unpinned"],
  ],
  [
    "Drone",
    ".drone.yml",
    "steps:\n  - name: git\n    image: alpine/git\n  - name: test\n    image: mysql\n",
    ["alpine/git unpinned", "mysql unpinned"],
  ],
  [
    "Drone, by its keys",
    "ci/build.yml",
    "steps:\n  - name: test\n    image: golang\n    commands: [go test]\n",
    ["golang unpinned"],
  ],
  [
    "GitLab CI: nothing",
    ".gitlab-ci.yml",
    "stages: [plan]\nworkflow:\n  rules:\n    - if: $CI_COMMIT_TAG\n",
    [],
  ],
  [
    "GitLab CI: hidden jobs",
    ".gitlab-ci.yml",
    ".test:base:\n  image: python\njob:\n  extends: [.test:base]\n  image: node:12\n  services:\n    - postgres:14.3\n    - name: selenium/firefox:latest\n      alias: firefox\n",
    ["python unpinned", "node:12 unpinned", "postgres:14.3 unpinned", "selenium/firefox:latest unpinned"],
  ],
  [
    "Tekton",
    "task.yaml",
    resource(
      "tekton.dev/v1beta1",
      "Task",
      "spec:\n  params: [{ name: u, type: string }]\n  steps:\n    - name: git\n      image: alpine/git\n",
    ),
    ["alpine/git unpinned"],
  ],
];

const kbld: readonly DetectionCase[] = [
  [
    "a kind without a version",
    "app.yml",
    `kind: Object\nspec:\n- image: nginx:1.14.2\n- image: library/nginx:1.14.2\n- image: docker.io/library/nginx:1.14.2\n- image: nginx@${D}\n`,
    [
      "nginx:1.14.2 unpinned",
      "library/nginx:1.14.2 unpinned",
      "docker.io/library/nginx:1.14.2 unpinned",
      `nginx@${D} pinned`,
    ],
  ],
  [
    "a digest that is none",
    "app.yml",
    "kind: Object\nspec:\n- image: nginx@sha256:digest\n",
    ["nginx@sha256:digest invalid"],
  ],
  [
    "keys of the user's",
    "app.yml",
    "kind: Object\nspec:\n- sidecarImage: index.docker.io/library/nginx:1\n- nested: { customImage: 'nginx:1' }\n",
    ["index.docker.io/library/nginx:1 unpinned", "nginx:1 unpinned"],
  ],
  [
    "its own configuration",
    "kbld.yml",
    resource(
      "kbld.k14s.io/v1alpha1",
      "Config",
      "overrides:\n- image: foo/img:a\n  newImage: docker.io/foo/img:1\n",
    ),
    [],
  ],
  [
    "an images lock",
    "images.yml",
    `apiVersion: imgpkg.carvel.dev/v1alpha1\nkind: ImagesLock\nimages:\n- annotations: { kbld.carvel.dev/id: 'nginx:1.14.2' }\n  image: index.docker.io/library/nginx@${D}\n`,
    [`index.docker.io/library/nginx@${D} pinned`],
  ],
  [
    "a file of no kind",
    "config.yml",
    `images:\n- image: nginx:1.14.2\n- sidecarImage: acme/side:2\n- nodeImage: node:v1@${D}\n`,
    ["nginx:1.14.2 unpinned", "acme/side:2 unpinned", `node:v1@${D} pinned`],
  ],
  [
    "YAML in a string",
    "app.yml",
    "kind: ConfigMap\nmetadata: {}\ndata:\n  a.yml: |\n    nested:\n      image: docker.io/library/nginx:1\n",
    ["docker.io/library/nginx:1 unpinned"],
  ],
];

const kustomize: readonly DetectionCase[] = [
  [
    "containers and init containers in any kind",
    "foo.yaml",
    resource(
      "example.com/v1",
      "Foo",
      "spec:\n  containers:\n  - image: nginx:1.2.1\n  template:\n    spec:\n      initContainers:\n      - image: apache:1.2.3\n",
    ),
    ["nginx:1.2.1 unpinned", "apache:1.2.3 unpinned"],
  ],
  [
    "tags, digests and neither",
    "deploy.yaml",
    template(
      "Deployment",
      "      containers:\n      - image: nginx:1.7.9\n      - image: nginx:latest\n      initContainers:\n      - image: nginx\n      - image: nginx@sha256:111111111111111111\n",
    ),
    [
      "nginx:1.7.9 unpinned",
      "nginx:latest unpinned",
      "nginx unpinned",
      "nginx@sha256:111111111111111111 invalid",
    ],
  ],
  [
    "an image of a custom resource",
    "foo.yaml",
    resource("example.com/v1", "Foo", `spec:\n  image: nginx:1.2.1@${D}\n`),
    [`nginx:1.2.1@${D} pinned`],
  ],
  ["empty lists", "deploy.yaml", resource("v1", "Deployment", "spec:\n  containers:\n"), []],
  [
    "a tag that a tool fills in",
    "deploy.yaml",
    template("Deployment", "      containers:\n      - image: some.registry.io/my-image:{GENERATED_TAG}\n"),
    ["some.registry.io/my-image:{GENERATED_TAG} templated"],
  ],
  [
    "image volumes",
    "deploy.yaml",
    template("Deployment", "      volumes:\n      - name: v\n        image: { reference: nginx }\n"),
    ["nginx unpinned"],
  ],
  [
    "patches, inline",
    "kustomization.yaml",
    "patches:\n  - patch: |-\n      - op: add\n        path: /spec/template/spec/initContainers/-\n        value:\n          name: a\n          image: busybox\n          command: [sh]\n",
    ["busybox unpinned"],
  ],
  [
    "values of a chart, inline",
    "kustomization.yaml",
    "helmCharts:\n  - name: x\n    valuesInline:\n      image: { repository: acme/x, tag: v1 }\n",
    ["acme/x:v1 unpinned"],
  ],
  [
    "a schema of resources",
    "crd.yaml",
    resource(
      "apiextensions.k8s.io/v1",
      "CustomResourceDefinition",
      "spec:\n  containers:\n  - image: acme/a:1\n",
    ),
    [],
  ],
  [
    "the description of an interface",
    "api.yaml",
    "openapi: 3.1.0\ninfo: { title: x, version: '1' }\ncomponents:\n  schemas:\n    App:\n      example:\n        image: quay.io/acme/a:1\n",
    [],
  ],
  [
    "a kind in lower case, and lists of containers under other names",
    "foo.yaml",
    "kind: thing\nmetadata: { name: x }\nspec:\n  ownContainers:\n  - { name: a, image: nginx }\n  - { name: b, image: 'acme/b:1' }\n",
    ["nginx unpinned", "acme/b:1 unpinned"],
  ],
  [
    "Knative before v1: one container",
    "svc.yaml",
    resource(
      "serving.knative.dev/v1alpha1",
      "Service",
      "spec:\n  runLatest: { configuration: { revisionTemplate: { spec: { container: { image: echo } } } } }\n",
    ),
    ["echo unpinned"],
  ],
  [
    "a transformer as a resource",
    "t.yaml",
    `apiVersion: builtin\nkind: ImageTagTransformer\nmetadata: { name: x }\nimageTag:\n  name: nginx\n  newName: acme/nginx\n  newTag: v2\n`,
    ["acme/nginx:v2 unpinned"],
  ],
  [
    "a function in an annotation, in a resource in a string",
    "kustomization.yaml",
    "generators:\n- |-\n  apiVersion: v1\n  kind: Render\n  metadata:\n    annotations:\n      config.kubernetes.io/function: |\n        container:\n          image: gcr.io/acme/fn:v1\n",
    ["gcr.io/acme/fn:v1 unpinned"],
  ],
  [
    "a function's image in one word",
    "g.yaml",
    resource("v1", "Generate", "").replace(
      "metadata: { name: x }\n",
      "metadata:\n  annotations:\n    config.kubernetes.io/function: |\n      container:\n        image: render\n",
    ),
    ["render unpinned"],
  ],
];

const digester: readonly DetectionCase[] = [
  [
    "a Pod's containers",
    "pod.yaml",
    resource(
      "v1",
      "Pod",
      "spec:\n  containers: [{ name: a, image: registry.example.com/repository/image:tag }]\n  initContainers: [{ name: b, image: image2 }]\n",
    ),
    ["registry.example.com/repository/image:tag unpinned", "image2 unpinned"],
  ],
  [
    "a CronJob's",
    "cron.yaml",
    resource(
      "batch/v1",
      "CronJob",
      "spec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers: [{ image: image0 }]\n          initContainers: [{ image: image1 }]\n",
    ),
    ["image0 unpinned", "image1 unpinned"],
  ],
  [
    "a Deployment's, one pinned",
    "deploy.yaml",
    template("Deployment", `      containers: [{ image: image0 }, { image: 'image1@${D}' }]\n`),
    ["image0 unpinned", `image1@${D} pinned`],
  ],
];

const frizbee: readonly DetectionCase[] = [
  [
    "a list of services",
    "services.yml",
    "version: v1\nservices:\n  - name: api\n    image: registry.k8s.io/api:v1.20.0\n  - name: own\n    image: own:latest\n  # - image: nginx:1\n",
    ["registry.k8s.io/api:v1.20.0 unpinned", "own:latest unpinned"],
  ],
  ["what is no reference", "services.yml", "version: v1\nservices:\n  - image: invalid@@reference\n", []],
  [
    "a Pod",
    "pod.yaml",
    resource("v1", "Pod", "spec:\n  containers:\n  - name: a\n    image: alpine\n"),
    ["alpine unpinned"],
  ],
  [
    "Actions",
    ".github/workflows/a.yml",
    "jobs:\n  a:\n    steps:\n      - uses: docker://alpine:3 # v3\n",
    ["alpine:3 unpinned"],
  ],
];

const zizmor: readonly DetectionCase[] = [
  [
    "no tag, latest, a tag and a digest",
    ".github/workflows/a.yml",
    `jobs:\n  a:\n    container: { image: fake.example.com/a }\n  b:\n    services:\n      x: { image: 'fake.example.com/x:latest' }\n      y: { image: 'fake.example.com/y:7.4.3' }\n      z: { image: 'fake.example.com/z@${D}' }\n      empty: { image: '' }\n`,
    [
      "fake.example.com/a unpinned",
      "fake.example.com/x:latest unpinned",
      "fake.example.com/y:7.4.3 unpinned",
      `fake.example.com/z@${D} pinned`,
    ],
  ],
  [
    "a container as one string",
    ".github/workflows/a.yml",
    "jobs:\n  a:\n    runs-on: ubuntu-latest\n    container: node:18\n",
    ["node:18 unpinned"],
  ],
  [
    "steps",
    ".github/workflows/a.yml",
    "jobs:\n  a:\n    steps:\n      - uses: docker://ubuntu\n      - uses: docker://ghcr.io/acme/publish\n",
    ["ubuntu unpinned", "ghcr.io/acme/publish unpinned"],
  ],
  [
    "expressions, and the matrix that they read",
    ".github/workflows/a.yml",
    "jobs:\n  a:\n    container: ${{ matrix.image }}\n    strategy:\n      matrix:\n        include:\n          - image: ghcr.io/acme/a:1\n          - image: ubuntu\n",
    ["${{ matrix.image }} templated"],
  ],
  [
    "an action that runs an image",
    "my-action/action.yml",
    'name: a\nruns:\n  using: docker\n  image: "docker://ghcr.io/acme/lint:v8" # x\n',
    ["ghcr.io/acme/lint:v8 unpinned"],
  ],
  [
    "an action that builds its own",
    "my-action/action.yaml",
    "name: a\nruns:\n  using: docker\n  image: Dockerfile\n",
    [],
  ],
];

const dockerLock: readonly DetectionCase[] = [
  [
    "Compose: an image",
    "docker-compose.yml",
    "version: '3'\nservices:\n  svc:\n    image: busybox\n",
    ["busybox unpinned"],
  ],
  [
    "Compose: builds",
    "docker-compose.yml",
    "services:\n  a:\n    image: unused\n    build: ./a\n  b:\n    image: unused\n    build: { context: ., args: { IMAGE: busybox } }\n",
    [],
  ],
  [
    "Compose: a variable",
    "docker-compose.yml",
    "services:\n  svc:\n    image: ${DOT_ENV_IMAGE}\n",
    ["${DOT_ENV_IMAGE} templated"],
  ],
  [
    "Kubernetes: a document behind a mark",
    "pod.yml",
    `---\n${resource("v1", "Pod", "spec:\n  containers:\n  - name: a\n    image: busybox\n  - image: bash:v1\n    name: b\n")}`,
    ["busybox unpinned", "bash:v1 unpinned"],
  ],
  [
    "Kubernetes: a digest too short",
    "pod.yml",
    resource("v1", "Pod", "spec:\n  containers:\n  - name: a\n    image: redis:1.0@sha256:123\n"),
    ["redis:1.0@sha256:123 invalid"],
  ],
];

/** Cases that public repositories gave rise to. */
const repositories: readonly DetectionCase[] = [
  [
    "a container in a patch of JSON",
    "patch.yaml",
    "- op: add\n  path: /spec/template/spec/containers/-\n  value:\n    name: proxy\n    image: nginx:1.25\n    ports: []\n    volumeMounts: []\n",
    ["nginx:1.25 unpinned"],
  ],
  [
    "a container alone in a ConfigMap",
    "c.yaml",
    resource(
      "v1",
      "ConfigMap",
      "data:\n  sidecar.container: |\n    name: hello\n    image: python:alpine\n    command: [python]\n",
    ),
    ["python:alpine unpinned"],
  ],
  [
    "configuration in JSON in a ConfigMap",
    "c.yaml",
    resource(
      "v1",
      "ConfigMap",
      'data:\n  agent: |-\n    {\n      "image" : "kserve/agent:v0.16.0",\n      "cpu": "1"\n    }\n',
    ),
    ["kserve/agent:v0.16.0 unpinned"],
  ],
  [
    "a template in a ConfigMap",
    "c.yaml",
    resource(
      "v1",
      "ConfigMap",
      "data:\n  templates: |\n    {{- range .Values.x }}\n    - name: {{ . }}\n    {{- end }}\n    spec:\n      containers:\n        - image: busybox:1.28\n",
    ),
    ["busybox:1.28 unpinned"],
  ],
  [
    "resources in an annotation",
    "csv.yaml",
    resource(
      "operators.coreos.com/v1alpha1",
      "ClusterServiceVersion",
      'spec:\n  examples: |-\n    [{"apiVersion": "mellanox.com/v1alpha1", "kind": "NicClusterPolicy", "spec": {"ofedDriver": {"image": "doca-driver", "repository": "nvcr.io/nvidia", "version": "v1"}}}]\n',
    ),
    ["nvcr.io/nvidia/doca-driver:v1 unpinned none no-digest-slot"],
  ],
  [
    "OpenStack-Helm",
    "values_overrides/nova/ubuntu.yaml",
    "images:\n  tags:\n    nova_api: quay.io/airshipit/nova:2026.1\n    registry: docker.io/library/registry:2\n",
    ["quay.io/airshipit/nova:2026.1 unpinned", "docker.io/library/registry:2 unpinned"],
  ],
  [
    "a prefix for other images",
    "values.yaml",
    "images:\n  repository: us-central1-docker.pkg.dev/acme/demo\n  tag: ''\n",
    [],
  ],
  [
    "a word whose registry stands beside it",
    "values.yaml",
    "sidecar:\n  containerRegistry: gcr.io/acme\n  image: agent\n  tag: 7.52.0\n",
    ["agent:7.52.0 incomplete"],
  ],
  [
    "digits as a tag behind `@sha256`",
    "values.yaml",
    `image: a/b@sha256\nimageTag: ${"a".repeat(64)}\n`,
    [`a/b@sha256:${"a".repeat(64)} pinned`],
  ],
  [
    "inputs of an action and axes of a matrix",
    ".github/workflows/a.yml",
    "jobs:\n  a:\n    strategy: { matrix: { ceph-image: ['quay.io/ceph/ceph:v20'] } }\n    steps:\n      - uses: a/b@v1\n        with: { image: 'ghcr.io/a/b:1' }\n",
    [],
  ],
  [
    "an image that is built",
    "k.yaml",
    resource(
      "kafka.strimzi.io/v1",
      "KafkaConnect",
      "spec:\n  build:\n    output: { type: docker, image: 'ttl.sh/x:24h' }\n",
    ),
    [],
  ],
  [
    "what a test expects",
    "chainsaw-test.yaml",
    resource(
      "chainsaw.kyverno.io/v1alpha1",
      "Test",
      "spec:\n  steps:\n    - try:\n        - assert: { resource: { spec: { image: 'ghcr.io/a/b:1' } } }\n        - apply: { resource: { apiVersion: v1, kind: Pod, spec: { containers: [{ image: 'c:1' }] } } }\n",
    ),
    ["c:1 unpinned"],
  ],
  [
    "helm-unittest without a suite's name",
    "charts/x/tests/d_test.yaml",
    "templates: [d.yaml]\ntests:\n  - set: { image: 'a/b:1' }\n    asserts:\n      - equal: { path: image, value: 'a/b:1' }\n",
    [],
  ],
  [
    "a manifest called like a test",
    "tests/katib_test.yaml",
    resource("kubeflow.org/v1", "Experiment", "spec:\n  containers: [{ image: 'ghcr.io/a/b:1' }]\n"),
    ["ghcr.io/a/b:1 unpinned"],
  ],
  [
    "a volume of another kind",
    "pod.yaml",
    resource("v1", "Pod", "spec:\n  volumes:\n    - rbd: { image: foo, pool: kube }\n"),
    [],
  ],
  [
    "CloudNativePG's extensions",
    "c.yaml",
    resource(
      "postgresql.cnpg.io/v1",
      "Cluster",
      "spec:\n  postgresql:\n    extensions:\n      - image: { reference: 'ghcr.io/a/postgis:3' }\n",
    ),
    ["ghcr.io/a/postgis:3 unpinned"],
  ],
  [
    "OpenShift's own note",
    "dc.yaml",
    resource(
      "apps.openshift.io/v1",
      "DeploymentConfig",
      `spec:\n  triggers:\n    - imageChangeParams: { lastTriggeredImage: 'registry.example/a@${D}' }\n`,
    ),
    [],
  ],
  [
    "Molecule's platforms",
    "molecule/default/molecule.yml",
    'driver: { name: docker }\nplatforms:\n  - name: a\n    image: "acme/docker-${DISTRO:-rocky9}-ansible:latest"\n',
    ["acme/docker-${DISTRO:-rocky9}-ansible:latest unpinned"],
  ],
  [
    "Ansible's k8s module",
    "tasks/main.yml",
    "- kubernetes.core.k8s:\n    definition:\n      apiVersion: apps/v1\n      kind: Deployment\n      spec: { template: { spec: { containers: [{ image: 'a:1' }] } } }\n",
    ["a:1 unpinned"],
  ],
  [
    "Argo CD's overrides beside an application",
    ".argocd-source-app.yaml",
    "kustomize:\n  images:\n    - quay.io/a/b:0.3\n",
    ["quay.io/a/b:0.3 unpinned"],
  ],
  [
    "k3s's charts",
    "h.yaml",
    resource(
      "helm.cattle.io/v1",
      "HelmChart",
      "spec:\n  chart: x\n  valuesContent: |-\n    image: { repository: a/b, tag: v1 }\n",
    ),
    ["a/b:v1 unpinned"],
  ],
  [
    "Helmfile's values",
    "helmfile.yaml",
    "releases:\n  - name: x\n    chart: a/x\n    values:\n      - image: { repository: a/b, tag: v1 }\n",
    ["a/b:v1 unpinned"],
  ],
  [
    "Fleet's values",
    "fleet.yaml",
    "helm:\n  chart: x\n  values:\n    image: { repository: a/b, tag: v1 }\n",
    ["a/b:v1 unpinned"],
  ],
  [
    "containers of a chart under other names",
    "values.yaml",
    "extraInitContainers:\n  - name: wait\n    image: busybox\nsidecars:\n  - name: log\n    image: fluent/fluent-bit\n",
    ["busybox unpinned", "fluent/fluent-bit unpinned"],
  ],
  [
    "a repository whose tag stands elsewhere",
    "values.yaml",
    "connect:\n  api:\n    imageRepository: ghcr.io/acme/api\n  other:\n    imageRepository: acme/api\n",
    ["ghcr.io/acme/api incomplete"],
  ],
  [
    "values under a name that says nothing",
    "helm/agent.yaml",
    "agents:\n  image:\n    repository: acme/agent\n    tag: v1\nsource:\n  repository: acme/git\n  tag: v1\n",
    ["acme/agent:v1 unpinned"],
  ],
  [
    "Ansible's module pushes under a name",
    "tasks/main.yml",
    "- community.docker.docker_image:\n    name: x\n    repository: ghcr.io/acme/x\n    tag: v1\n",
    [],
  ],
  [
    "kpack's stores and stacks",
    "store.yaml",
    `${resource("kpack.io/v1alpha2", "ClusterStore", "spec:\n  sources:\n  - image: paketobuildpacks/java\n")}---\n${resource("kpack.io/v1alpha2", "ClusterStack", "spec:\n  buildImage: { image: paketobuildpacks/build }\n")}`,
    ["paketobuildpacks/java incomplete", "paketobuildpacks/build incomplete"],
  ],
  [
    "a machine's image",
    "ig.yaml",
    resource("kops.k8s.io/v1alpha2", "InstanceGroup", "spec:\n  image: ubuntu-os-cloud/ubuntu-2404\n"),
    [],
  ],
  [
    "ko's base images",
    ".ko.yaml",
    `defaultBaseImage: cgr.dev/acme/static@${D}\nbaseImageOverrides:\n  example.com/acme/cmd: ghcr.io/acme/base:latest\n`,
    [`cgr.dev/acme/static@${D} pinned`, "ghcr.io/acme/base:latest unpinned"],
  ],
  [
    "Prow's own images",
    "config/prow/config.yaml",
    "plank:\n  default_decoration_config_entries:\n    - config:\n        utility_images:\n          clonerefs: gcr.io/acme/clonerefs:v1\n",
    ["gcr.io/acme/clonerefs:v1 unpinned"],
  ],
  ["Gitpod", ".gitpod.yml", "image: gitpod/workspace-full\ntasks: []\n", ["gitpod/workspace-full unpinned"]],
  [
    "Concourse",
    "ci/pipeline.yml",
    "resource_types:\n  - name: slack\n    type: registry-image\n    source: { repository: acme/slack, tag: v1 }\nresources:\n  - name: git\n    type: git\n    source: { uri: 'https://example.com/a.git', branch: main }\njobs:\n  - name: a\n    plan:\n      - task: t\n        config:\n          image_resource:\n            type: registry-image\n            source: { repository: golang }\n",
    ["acme/slack:v1 unpinned none no-digest-slot", "golang incomplete"],
  ],
  [
    "a release process's own placeholders",
    "csv.yaml",
    resource(
      "operators.coreos.com/v1alpha1",
      "ClusterServiceVersion",
      "spec:\n  relatedImages:\n  - image: quay.io/acme/a@sha256:<update_a_SHA>\n  - image: +IMAGE_TO_REPLACE+\n  - image: quay.io/acme/b:1\n",
    ),
    ["quay.io/acme/b:1 unpinned"],
  ],
  [
    "examples in folded JSON",
    "csv.yaml",
    resource("operators.coreos.com/v1alpha1", "ClusterServiceVersion", "").replace(
      "metadata: { name: x }\n",
      'metadata:\n  annotations:\n    alm-examples: >-\n      [{"apiVersion":"acme.io/v1","kind":"Db","spec":{"image":"acme/db:1"}},\n      {"apiVersion":"acme.io/v1","kind":"Db","spec":{"image":"acme/db:2"}}]\n',
    ),
    ["acme/db:1 unpinned none embedded", "acme/db:2 unpinned none embedded"],
  ],
  [
    "Cirrus CI",
    ".cirrus.yml",
    "task:\n  arm_container:\n    image: node:20\nother_task:\n  container: { image: ghcr.io/acme/x }\n",
    ["node:20 unpinned", "ghcr.io/acme/x unpinned"],
  ],
  [
    "Score",
    "score.yaml",
    "apiVersion: score.dev/v1b1\nmetadata: { name: x }\ncontainers:\n  web:\n    image: nginx\n  own:\n    image: .\n",
    ["nginx unpinned"],
  ],
  [
    "CloudFormation",
    "stack.yaml",
    "Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      ContainerDefinitions:\n        - Name: a\n          Image: nginx\n        - Name: b\n          Image: !Sub '${AWS::AccountId}.dkr.ecr/x'\n",
    ["nginx unpinned", "${AWS::AccountId}.dkr.ecr/x templated"],
  ],
  [
    "a bundle of a catalogue",
    "task.yaml",
    `task_bundle: quay.io/acme/task-init:0.4@${D}\ncaBundle: LS0tLS1CRUdJTg==\n`,
    [`quay.io/acme/task-init:0.4@${D} pinned`],
  ],
  [
    "configuration of OpenStack's software",
    "glance/values.yaml",
    "conf:\n  api_audit_map:\n    service_endpoints:\n      image: service/storage/image\n",
    [],
  ],
  [
    "JSON over several lines in a quoted text",
    "values.yaml",
    'runtimes: \'[\n  {\n    "image": "acme/java:8"\n  }\n  ]\'\n',
    ["acme/java:8 unpinned none embedded"],
  ],
  [
    "a template in a template of a ConfigMap",
    "c.yaml",
    resource(
      "v1",
      "ConfigMap",
      "data:\n  config: |-\n    templates:\n      grpc: |\n        spec:\n          initContainers:\n          - name: a\n            image: busybox:1.28\n",
    ),
    ["busybox:1.28 unpinned"],
  ],
  [
    "a description that goes on too far left, as kubectl reads it",
    "op.yaml",
    `${resource("x.io/v1", "X", "spec:\n    text: 'one\n    two: three'\n")}---\n${resource("v1", "Pod", "spec:\n  containers: [{ name: a, image: 'acme/op:1' }]\n")}`,
    ["acme/op:1 unpinned"],
  ],
];

/** By the tool whose tests they follow. */
export const DETECTION: Readonly<Record<string, readonly DetectionCase[]>> = {
  Renovate: renovate,
  Dependabot: dependabot,
  ratchet,
  kbld,
  kustomize,
  "k8s-digester": digester,
  frizbee,
  zizmor,
  "docker-lock": dockerLock,
  "public repositories": repositories,
};
