// Registries that are closed, frozen or moved: since when, what to use instead, and where it was announced.

/** A registry, or one path in it, that nobody should pull from any more. */
export interface DeprecatedRegistry {
  /** `domain` or `domain/path`; `*.` before a domain stands for any subdomain. */
  readonly from: string;
  /** The new place: set where every image is there under the same path and with the same digest. */
  readonly sameAt?: string;
  /** A tag that the deprecation does not cover. */
  readonly exceptTag?: string;
  /** The day, `YYYY-MM-DD`, or the month. */
  readonly since: string;
  /** What happened; the message has it behind the registry's name. */
  readonly what: string;
  /** What to do; the message has it behind a semicolon. */
  readonly remedy: string;
  /** A URL. */
  readonly source: string;
}

const KUBERNETES = { sameAt: "registry.k8s.io", remedy: "use registry.k8s.io" } as const;
const FREEZE = "https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/";
/** A maintainer of registry.k8s.io says there: every old image exists at the new place, path by path. */
const ONE_TO_ONE = "https://github.com/kubernetes-sigs/sig-storage-local-static-provisioner/issues/479";

export const DEPRECATED_REGISTRIES: readonly DeprecatedRegistry[] = [
  { from: "k8s.gcr.io", since: "2023-04-03", what: "is frozen", ...KUBERNETES, source: FREEZE },
  ...["gcr.io", "us.gcr.io", "eu.gcr.io", "asia.gcr.io"].map((domain) => ({
    from: `${domain}/k8s-artifacts-prod`,
    since: "2023-04-03",
    what: "is frozen",
    ...KUBERNETES,
    source: FREEZE,
  })),
  {
    from: "gcr.io/google_containers",
    since: "2020-07",
    what: "is frozen",
    ...KUBERNETES,
    source: ONE_TO_ONE,
  },
  {
    from: "gcr.io/google-containers",
    since: "2020-07",
    what: "is frozen",
    ...KUBERNETES,
    source: ONE_TO_ONE,
  },
  {
    from: "gcr.io/kubebuilder",
    since: "2025-03-18",
    what: "is closed",
    remedy: "take kube-rbac-proxy from quay.io/brancz",
    source: "https://github.com/k8s-operatorhub/community-operators/issues/5378",
  },
  {
    from: "docker.pkg.github.com",
    since: "2025-02-24",
    what: "is closed",
    remedy: "use ghcr.io",
    source: "https://github.blog/changelog/2025-01-23-legacy-docker-registry-closing-down/",
  },
  {
    from: "docker.io/bitnami",
    exceptTag: "latest",
    since: "2025-08-28",
    what: "holds no versions",
    remedy: "docker.io/bitnamilegacy has the old ones, without updates",
    source: "https://github.com/bitnami/containers/issues/83267",
  },
  {
    from: "*.bintray.io",
    since: "2021-05-01",
    what: "is closed",
    remedy: "ask the publisher where the image is",
    source: "https://jfrog.com/blog/into-the-sunset-bintray-jcenter-gocenter-and-chartcenter/",
  },
  {
    from: "registry.centos.org",
    since: "2023-05-26",
    what: "is closed",
    remedy: "use quay.io/centos",
    source: "https://github.com/CentOS/container-index/issues/424",
  },
  {
    from: "registry.svc.ci.openshift.org",
    since: "2021-04-14",
    what: "is closed",
    remedy: "use registry.ci.openshift.org",
    source: "https://github.com/openshift-eng/aos-cd-jobs/pull/2580",
  },
];
