// The chart table: which form of a digest a known chart takes for each of its images, as data. A new convention is a row and
// a test; docs/charts.md says what Helm made of each.
import type { PathPattern } from "../vocabulary/path.js";

/**
 * Who publishes charts, and texts of their Chart.yaml, repository or registry by which they are known. The first that fits
 * decides: a chart of Bitnami's names the project that it packages, too.
 */
export const PUBLISHERS: Readonly<Record<string, readonly string[]>> = {
  bitnami: ["bitnami.com", "github.com/bitnami/charts", "/bitnamicharts"],
  stable: ["charts.helm.sh/stable", "github.com/helm/charts"],
  "prometheus-community": [
    "prometheus-community.github.io",
    "github.com/prometheus-community/helm-charts",
    "ghcr.io/prometheus-community/charts",
  ],
  falcosecurity: ["falcosecurity.github.io", "github.com/falcosecurity/"],
  fairwinds: ["charts.fairwinds.com", "github.com/FairwindsOps/"],
  grafana: [
    "grafana-community.github.io",
    "github.com/grafana-community/helm-charts",
    "grafana.github.io/helm-charts",
    "github.com/grafana/helm-charts",
    "ghcr.io/grafana-community",
  ],
  aqua: ["aquasecurity.github.io", "github.com/aquasecurity/", "ghcr.io/aquasecurity/helm-charts"],
  argo: ["argoproj.github.io/argo-helm", "github.com/argoproj/argo-helm", "ghcr.io/argoproj/argo-helm"],
  aws: [
    "aws.github.io/eks-charts",
    "github.com/aws/eks-charts",
    "github.com/aws/aws-app-mesh-controller-for-k8s",
  ],
  cilium: ["helm.cilium.io", "github.com/cilium/cilium", "quay.io/cilium/charts"],
  codecentric: [
    "codecentric.github.io",
    "github.com/codecentric/helm-charts",
    "ghcr.io/codecentric/helm-charts",
  ],
  datadog: ["helm.datadoghq.com", "github.com/DataDog/helm-charts", "datadoghq.com"],
  dynamo: ["github.com/ai-dynamo/dynamo", "helm.ngc.nvidia.com/nvidia/ai-dynamo"],
  elastic: ["helm.elastic.co", "github.com/elastic/helm-charts"],
  gravitee: ["helm.gravitee.io", "github.com/gravitee-io/"],
  "ingress-nginx": ["kubernetes.github.io/ingress-nginx", "github.com/kubernetes/ingress-nginx"],
  istio: ["istio-release.storage.googleapis.com", "github.com/istio/istio", "gcr.io/istio-release/charts"],
  jetstack: [
    "charts.jetstack.io",
    "quay.io/jetstack/charts",
    "github.com/cert-manager/cert-manager",
    "github.com/jetstack/cert-manager",
  ],
  jenkins: ["charts.jenkins.io", "github.com/jenkinsci/helm-charts", "ghcr.io/jenkinsci/helm-charts"],
  jfrog: ["charts.jfrog.io", "github.com/jfrog/charts"],
  jupyterhub: [
    "hub.jupyter.org/helm-chart",
    "jupyterhub.github.io/helm-chart",
    "github.com/jupyterhub/zero-to-jupyterhub-k8s",
  ],
  kedacore: ["kedacore.github.io", "github.com/kedacore/charts", "github.com/kedacore/external-scaler"],
  "kubernetes-dashboard": ["kubernetes.github.io/dashboard", "github.com/kubernetes/dashboard"],
  "kubernetes-sigs": ["kubernetes-sigs.github.io", "github.com/kubernetes-sigs/"],
  mysql: ["mysql.github.io", "github.com/mysql/mysql-operator"],
  nats: ["nats-io.github.io/k8s", "github.com/nats-io/k8s"],
  nvidia: ["helm.ngc.nvidia.com/nvidia", "github.com/NVIDIA/gpu-operator"],
  "open-telemetry": [
    "open-telemetry.github.io",
    "github.com/open-telemetry/opentelemetry-helm-charts",
    "ghcr.io/open-telemetry/opentelemetry-helm-charts",
  ],
  opensearch: ["opensearch-project.github.io", "github.com/opensearch-project/"],
  redpanda: ["charts.redpanda.com", "github.com/redpanda-data/"],
  sonarsource: ["SonarSource.github.io/helm-chart-sonarqube", "github.com/SonarSource/helm-chart-sonarqube"],
};

/** Where a known chart takes an image's digest. */
export type ChartDigest =
  | { readonly to: "tag" }
  /** In a key, added where the user's values lack it. `with`: keys that must hold these values for it to count. */
  | {
      readonly to: "key";
      readonly key: string;
      readonly style: "prefixed" | "bare";
      readonly with?: Readonly<Record<string, string>>;
    }
  /** Appending is a guess that a person must check. */
  | { readonly to: "suggest"; readonly message: string }
  | { readonly to: "none"; readonly reason: "chart-breaks" | "no-digest-slot"; readonly message: string };

/** What else charts do with a tag, and so why a digest in it is wrong, behind "the digest can not stand in the tag: ". */
export const TAG_USES = {
  semver: "the chart compares the tag as a version",
  label: "the chart writes the tag into a label",
  argument: "the chart passes the tag to a program",
  shared: "several images take this tag",
  digest: "the chart's own values hold a digest, and a reference has one",
} as const;

/** Some images of a chart. */
export interface ChartImages {
  /** Paths of their mappings in the chart's own values; the first row of a chart that fits decides. */
  readonly path: readonly PathPattern[];
  readonly digest: ChartDigest;
  /**
   * What the chart makes of the keys. `[…]` stands only where every key in it holds something, and of `a|b` the first that
   * does: `[{registry}/]{repository}[:{tag}|@{digest}]`.
   */
  readonly composition: string;
  /** What else the chart does with the tag, for which a digest in it is wrong. */
  readonly tagIs?: readonly (keyof typeof TAG_USES)[];
}

export interface ChartRow {
  /** Chart.yaml's `name`; `*` for all charts of the publisher that have no row of their own. */
  readonly chart: string;
  readonly publisher: string;
  readonly images: readonly ChartImages[];
  /** Subcharts by the name or alias under which the chart's values hold theirs. */
  readonly subcharts?: Readonly<Record<string, string>>;
  /** Publishers without a row whose chart has this name too: the bare name proves nothing. */
  readonly namesakes?: readonly string[];
  /** Globs over `domain/repository`: in values of a chart that nothing is known of, such an image is suggested, not fixed. */
  readonly lowers?: readonly string[];
  readonly source: string;
}

const TAG = { to: "tag" } as const;
const DIGEST = { to: "key", key: "digest", style: "prefixed" } as const;
const BARE_SHA = { to: "key", key: "sha", style: "bare" } as const;
const PREFIXED_SHA = { to: "key", key: "sha", style: "prefixed" } as const;
const LABEL = {
  to: "none",
  reason: "chart-breaks",
  message: "this chart makes a label of the tag; exempt it with a reason",
} as const;
const SEMVER = {
  to: "none",
  reason: "chart-breaks",
  message: "this chart compares the tag as a version; exempt it with a reason",
} as const;
const DRIVER = {
  to: "none",
  reason: "no-digest-slot",
  message: "the operator completes the tag for each node; exempt it with a reason",
} as const;
const HUB = {
  to: "none",
  reason: "chart-breaks",
  message: "one tag serves several images; write the whole reference into `image`",
} as const;

const ANYWHERE: readonly PathPattern[] = [["**"]];
const IMAGE: readonly PathPattern[] = [["image"]];

/** A chart whose every image is `repository:tag`, and that does nothing else with the tag. */
function appends(publisher: string, chart: string, source: string, namesakes?: readonly string[]): ChartRow {
  return {
    chart,
    publisher,
    images: [{ path: ANYWHERE, digest: TAG, composition: "[{registry}/]{repository}:{tag}" }],
    ...(namesakes ? { namesakes } : {}),
    source,
  };
}

export const CHART_ROWS: readonly ChartRow[] = [
  {
    chart: "*",
    publisher: "bitnami",
    images: [{ path: ANYWHERE, digest: DIGEST, composition: "[{registry}/]{repository}[@{digest}|:{tag}]" }],
    lowers: ["docker.io/bitnami/*", "docker.io/bitnamilegacy/*", "docker.io/bitnamisecure/*"],
    source:
      "bitnami/charts bitnami/common/templates/_images.tpl: with a digest the tag is dropped; a tag that is no version changes a label",
  },
  {
    chart: "kube-prometheus-stack",
    publisher: "prometheus-community",
    images: [
      {
        path: [
          ["prometheus", "prometheusSpec", "image"],
          ["alertmanager", "alertmanagerSpec", "image"],
          ["thanosRuler", "thanosRulerSpec", "image"],
        ],
        digest: BARE_SHA,
        composition: "[{registry}/]{repository}:{tag}[@sha256:{sha}]",
        tagIs: ["semver"],
      },
      { path: ANYWHERE, digest: BARE_SHA, composition: "[{registry}/]{repository}:{tag}[@sha256:{sha}]" },
    ],
    subcharts: {
      "kube-state-metrics": "kube-state-metrics",
      "prometheus-node-exporter": "prometheus-node-exporter",
      grafana: "grafana/grafana",
    },
    lowers: ["quay.io/prometheus/prometheus", "quay.io/prometheus/alertmanager"],
    source:
      "prometheus-community/helm-charts kube-prometheus-stack templates/prometheus/prometheus.yaml: the tag is `version` of the resource too",
  },
  {
    chart: "kube-state-metrics",
    publisher: "prometheus-community",
    images: [
      {
        path: [["image"], ["kubeRBACProxy", "image"]],
        digest: PREFIXED_SHA,
        composition: "[{registry}/]{repository}:{tag}[@{sha}]",
      },
    ],
    namesakes: ["bitnami"],
    source: "prometheus-community/helm-charts kube-state-metrics templates/_helpers.tpl",
  },
  {
    chart: "prometheus-node-exporter",
    publisher: "prometheus-community",
    images: [
      {
        path: IMAGE,
        digest: DIGEST,
        composition: "[{registry}/]{repository}:{tag}[-{distroless}][@{digest}]",
        tagIs: ["semver"],
      },
      {
        path: [
          ["kubeRBACProxy", "image"],
          ["permissionInitContainer", "image"],
        ],
        digest: BARE_SHA,
        composition: "[{registry}/]{repository}:{tag}[@sha256:{sha}]",
      },
    ],
    lowers: ["quay.io/prometheus/node-exporter"],
    source:
      "prometheus-community/helm-charts prometheus-node-exporter templates/_helpers.tpl, daemonset.yaml: semverCompare on the tag; `image.sha` fails",
  },
  {
    chart: "prometheus",
    publisher: "prometheus-community",
    images: [
      {
        path: [
          ["server", "image"],
          ["configmapReload", "prometheus", "image"],
        ],
        digest: DIGEST,
        composition: "[{registry}/]{repository}[@{digest}|:{tag}[-{distroless}]]",
      },
    ],
    subcharts: {
      "kube-state-metrics": "kube-state-metrics",
      "prometheus-node-exporter": "prometheus-node-exporter",
      "prometheus-pushgateway": "prometheus-pushgateway",
      alertmanager: "alertmanager",
    },
    namesakes: ["bitnami"],
    source:
      "prometheus-community/helm-charts prometheus templates/deploy.yaml: with a digest the tag is dropped, without one a suffix may follow it",
  },
  {
    chart: "prometheus-blackbox-exporter",
    publisher: "prometheus-community",
    images: [
      {
        path: [["image"], ["configReloader", "image"]],
        digest: DIGEST,
        composition: "[{registry}/]{repository}:{tag}[@{digest}]",
      },
    ],
    source: "prometheus-community/helm-charts prometheus-blackbox-exporter templates/_helpers.tpl",
  },
  {
    chart: "prometheus-nginx-exporter",
    publisher: "prometheus-community",
    images: [{ path: IMAGE, digest: SEMVER, composition: "{repository}:{tag}", tagIs: ["semver", "label"] }],
    lowers: ["docker.io/nginx/nginx-prometheus-exporter"],
    source:
      "prometheus-community/helm-charts prometheus-nginx-exporter templates/deployment.yaml, _helpers.tpl",
  },
  {
    chart: "prometheus-redis-exporter",
    publisher: "prometheus-community",
    images: [{ path: IMAGE, digest: LABEL, composition: "{repository}:{tag}", tagIs: ["label"] }],
    lowers: ["docker.io/oliver006/redis_exporter"],
    source: "prometheus-community/helm-charts prometheus-redis-exporter templates/_helpers.tpl",
  },
  {
    chart: "prometheus-operator-admission-webhook",
    publisher: "prometheus-community",
    images: [
      {
        path: [["image"], ["jobs", "image"]],
        digest: { to: "key", key: "digest", style: "bare" },
        composition: "[{registry}/]{repository}[@sha256:{digest}|:{tag}]",
      },
    ],
    source:
      "prometheus-community/helm-charts prometheus-operator-admission-webhook templates/deployment.yaml, hooks",
  },
  appends(
    "prometheus-community",
    "alertmanager",
    "prometheus-community/helm-charts alertmanager templates/statefulset.yaml; its schema refuses a `digest`",
    ["bitnami"],
  ),
  appends(
    "prometheus-community",
    "prometheus-adapter",
    "prometheus-community/helm-charts prometheus-adapter templates/deployment.yaml",
  ),
  appends(
    "prometheus-community",
    "prometheus-pushgateway",
    "prometheus-community/helm-charts prometheus-pushgateway templates/_helpers.tpl",
  ),
  {
    chart: "grafana",
    publisher: "grafana",
    images: [
      { path: [["testFramework", "image"]], digest: TAG, composition: "[{registry}/]{repository}:{tag}" },
      { path: ANYWHERE, digest: BARE_SHA, composition: "[{registry}/]{repository}:{tag}[@sha256:{sha}]" },
    ],
    namesakes: ["bitnami", "openstack"],
    lowers: ["docker.io/grafana/grafana"],
    source:
      "grafana-community/helm-charts grafana templates/_pod.tpl; its older versions write the tag into a label",
  },
  {
    chart: "grafana",
    publisher: "stable",
    images: [
      {
        path: ANYWHERE,
        digest: BARE_SHA,
        composition: "{repository}:{tag}[@sha256:{sha}]",
        tagIs: ["label"],
      },
    ],
    source: "helm/charts stable/grafana templates/_pod.tpl, _helpers.tpl",
  },
  {
    chart: "loki",
    publisher: "grafana",
    images: [
      {
        path: ANYWHERE,
        digest: DIGEST,
        composition: "[{registry}/]{repository}[@{digest}|:{tag}]",
        tagIs: ["label"],
      },
    ],
    lowers: ["docker.io/grafana/loki"],
    source: "grafana-community/helm-charts loki templates/_helpers.tpl: with a digest the tag is dropped",
  },
  {
    chart: "grafana-agent-operator",
    publisher: "grafana",
    images: [
      {
        path: IMAGE,
        digest: { to: "suggest", message: "this chart uses the tag for another image, too" },
        composition: "[{registry}/]{repository}:{tag}",
        tagIs: ["shared"],
      },
    ],
    lowers: ["docker.io/grafana/agent-operator"],
    source: "grafana/helm-charts agent-operator templates/tests/test-grafanaagent.yaml",
  },
  appends(
    "grafana",
    "promtail",
    "grafana/helm-charts promtail templates/_helpers.tpl; its label leaves out what follows `@sha`",
  ),
  {
    chart: "ingress-nginx",
    publisher: "ingress-nginx",
    images: [
      {
        path: [
          ["controller", "image"],
          ["controller", "admissionWebhooks", "patch", "image"],
        ],
        digest: DIGEST,
        composition: "[{registry}/][{repository}|{image}[-{chroot}]]:{tag}[@{digest}]",
        tagIs: ["digest"],
      },
      { path: ANYWHERE, digest: DIGEST, composition: "[{registry}/][{repository}|{image}]:{tag}[@{digest}]" },
    ],
    lowers: ["registry.k8s.io/ingress-nginx/*", "k8s.gcr.io/ingress-nginx/*", "docker.io/ingress-nginx/*"],
    source:
      "kubernetes/ingress-nginx charts/ingress-nginx templates/_helpers.tpl; its values hold digests, so that one in the tag would be a second",
  },
  {
    chart: "cert-manager",
    publisher: "jetstack",
    images: [
      {
        path: [
          ["image"],
          ["webhook", "image"],
          ["cainjector", "image"],
          ["acmesolver", "image"],
          ["startupapicheck", "image"],
        ],
        digest: DIGEST,
        composition: "[{registry}/]{repository}[:{tag}][@{digest}]",
      },
    ],
    namesakes: ["bitnami"],
    source: "cert-manager/cert-manager deploy/charts/cert-manager/templates/_helpers.tpl",
  },
  {
    chart: "cilium",
    publisher: "cilium",
    images: [
      {
        path: ANYWHERE,
        digest: { ...DIGEST, with: { useDigest: "true" } },
        composition: "{repository}:{tag}[@{digest}]",
        tagIs: ["digest"],
      },
    ],
    namesakes: ["bitnami"],
    lowers: ["quay.io/cilium/*"],
    source:
      "cilium/cilium install/kubernetes/cilium/templates/_helpers.tpl; released charts hold digests and `useDigest: true`",
  },
  {
    chart: "argo-cd",
    publisher: "argo",
    images: [
      {
        path: [["global", "image"]],
        digest: { to: "suggest", message: "the tag goes into the label app.kubernetes.io/version, too" },
        composition: "{repository}:{tag}",
        tagIs: ["label"],
      },
      { path: ANYWHERE, digest: TAG, composition: "{repository}:{tag}" },
    ],
    namesakes: ["bitnami"],
    lowers: ["quay.io/argoproj/argocd"],
    source: "argoproj/argo-helm charts/argo-cd/templates/_common.tpl, _helpers.tpl",
  },
  appends(
    "aws",
    "aws-efa-k8s-device-plugin",
    "aws/eks-charts stable/aws-efa-k8s-device-plugin/templates/daemonset.yaml",
  ),
  {
    chart: "appmesh-controller",
    publisher: "aws",
    images: [
      {
        path: [["sidecar", "image"]],
        digest: {
          to: "suggest",
          message: "this chart passes repository and tag to the controller as arguments",
        },
        composition: "{repository}:{tag}",
        tagIs: ["argument"],
      },
      { path: ANYWHERE, digest: TAG, composition: "{repository}:{tag}" },
    ],
    lowers: [
      "840364872350.dkr.ecr.*.amazonaws.com/aws-appmesh-envoy",
      "public.ecr.aws/appmesh/aws-appmesh-envoy",
    ],
    source: "aws/eks-charts stable/appmesh-controller/templates/deployment.yaml",
  },
  appends(
    "kubernetes-sigs",
    "aws-ebs-csi-driver",
    "kubernetes-sigs/aws-ebs-csi-driver charts/aws-ebs-csi-driver/templates; its schema refuses a `digest`",
  ),
  appends(
    "kubernetes-sigs",
    "external-dns",
    "kubernetes-sigs/external-dns charts/external-dns/templates/_helpers.tpl; its schema refuses a `digest`",
    ["bitnami"],
  ),
  appends(
    "elastic",
    "elasticsearch",
    "elastic/helm-charts elasticsearch/templates/statefulset.yaml, `image:imageTag`",
    ["bitnami", "openstack"],
  ),
  appends("elastic", "kibana", "elastic/helm-charts kibana/templates/deployment.yaml, `image:imageTag`", [
    "bitnami",
    "openstack",
  ]),
  {
    chart: "gpu-operator",
    publisher: "nvidia",
    images: [
      {
        path: [
          ["driver", "manager"],
          ["vgpuManager", "driverManager"],
          ["vfioManager", "driverManager"],
        ],
        digest: TAG,
        composition: "{repository}/{image}:{version}",
      },
      {
        path: [["driver"], ["vgpuManager"], ["gds"], ["gdrcopy"]],
        digest: DRIVER,
        composition: "{repository}/{image}:{version}-{os}",
        tagIs: ["shared"],
      },
      { path: ANYWHERE, digest: TAG, composition: "{repository}/{image}:{version}" },
    ],
    source:
      "NVIDIA/gpu-operator deployments/gpu-operator/templates/_helpers.tpl, internal/image/image.go, controllers/object_controls.go",
  },
  {
    chart: "istiod",
    publisher: "istio",
    images: [
      { path: [["pilot", "image"], ["image"]], digest: TAG, composition: "{image}" },
      { path: ANYWHERE, digest: HUB, composition: "{hub}/{image}:{tag}", tagIs: ["shared"] },
    ],
    source:
      "istio/istio manifests/charts/istio-control/istio-discovery/templates/deployment.yaml: an `image` with a `/` is taken as it stands",
  },
  {
    chart: "dynamo-operator",
    publisher: "dynamo",
    images: [
      {
        path: [["controllerManager", "manager", "image"]],
        digest: { to: "suggest", message: "this chart passes the tag to `--operator-version`, too" },
        composition: "{repository}:{tag}",
        tagIs: ["argument"],
      },
      { path: ANYWHERE, digest: TAG, composition: "{repository}:{tag}" },
    ],
    lowers: ["nvcr.io/nvidia/ai-dynamo/kubernetes-operator"],
    source: "ai-dynamo/dynamo deploy, templates/deployment.yaml of dynamo-operator",
  },
  {
    chart: "dynamo-platform",
    publisher: "dynamo",
    images: [],
    subcharts: { "dynamo-operator": "dynamo-operator" },
    source: "ai-dynamo/dynamo deploy, Chart.yaml of dynamo-platform",
  },
  {
    chart: "opentelemetry-operator",
    publisher: "open-telemetry",
    images: [
      { path: [["manager", "image"]], digest: LABEL, composition: "{repository}:{tag}", tagIs: ["label"] },
      { path: ANYWHERE, digest: TAG, composition: "{repository}:{tag}" },
    ],
    lowers: ["ghcr.io/open-telemetry/opentelemetry-operator/opentelemetry-operator"],
    source: "open-telemetry/opentelemetry-helm-charts opentelemetry-operator templates/_helpers.tpl",
  },
  {
    chart: "keycloakx",
    publisher: "codecentric",
    images: [
      { path: ANYWHERE, digest: DIGEST, composition: "{repository}[@{digest}|:{tag}]", tagIs: ["label"] },
    ],
    lowers: ["quay.io/keycloak/keycloak"],
    source:
      "codecentric/helm-charts keycloakx templates/_helpers.tpl, statefulset.yaml: with a digest the tag is dropped",
  },
  {
    chart: "keycloak",
    publisher: "codecentric",
    images: [{ path: IMAGE, digest: LABEL, composition: "{repository}:{tag}", tagIs: ["label"] }],
    namesakes: ["bitnami"],
    source: "codecentric/helm-charts keycloak templates/_helpers.tpl",
  },
  {
    chart: "mailhog",
    publisher: "codecentric",
    images: [{ path: IMAGE, digest: LABEL, composition: "{repository}:{tag}", tagIs: ["label"] }],
    lowers: ["docker.io/mailhog/mailhog"],
    source: "codecentric/helm-charts mailhog templates/_helpers.tpl",
  },
  {
    chart: "external-scaler-azure-cosmos-db",
    publisher: "kedacore",
    images: [{ path: IMAGE, digest: LABEL, composition: "{repository}:{tag}", tagIs: ["label"] }],
    lowers: ["ghcr.io/kedacore/external-scaler-azure-cosmos-db"],
    source: "kedacore/charts external-scaler-azure-cosmos-db templates/_helpers.tpl",
  },
  {
    chart: "observability-pipelines-worker",
    publisher: "datadog",
    images: [{ path: IMAGE, digest: LABEL, composition: "{repository}/{name}:{tag}", tagIs: ["label"] }],
    lowers: ["gcr.io/datadoghq", "gcr.io/datadoghq/observability-pipelines-worker"],
    source: "DataDog/helm-charts observability-pipelines-worker templates/_helpers.tpl",
  },
  {
    chart: "cloudprem",
    publisher: "datadog",
    images: [
      {
        path: IMAGE,
        digest: { to: "suggest", message: "this chart puts the tag into an environment variable, too" },
        composition: "{repository}:{tag}",
        tagIs: ["argument"],
      },
    ],
    lowers: ["public.ecr.aws/datadog/cloudprem"],
    source: "DataDog/helm-charts cloudprem templates/_helpers.tpl",
  },
  {
    chart: "datadog",
    publisher: "stable",
    images: [
      {
        path: [
          ["agents", "image"],
          ["clusterAgent", "image"],
          ["clusterChecksRunner", "image"],
        ],
        digest: SEMVER,
        composition: "{repository}:{tag}",
        tagIs: ["semver"],
      },
    ],
    namesakes: ["datadog"],
    lowers: ["docker.io/datadog/*", "gcr.io/datadoghq/agent", "gcr.io/datadoghq/cluster-agent"],
    source: "helm/charts stable/datadog templates/_helpers.tpl",
  },
  {
    chart: "nginx-ingress",
    publisher: "stable",
    images: [
      {
        path: [["controller", "image"]],
        digest: { to: "key", key: "digest", style: "prefixed" },
        composition: "{repository}:{tag}[@{digest}]",
        tagIs: ["semver"],
      },
      { path: ANYWHERE, digest: DIGEST, composition: "{repository}:{tag}[@{digest}]" },
    ],
    lowers: [
      "us.gcr.io/k8s-artifacts-prod/ingress-nginx/*",
      "quay.io/kubernetes-ingress-controller/nginx-ingress-controller",
    ],
    source: "helm/charts stable/nginx-ingress templates/controller-deployment.yaml, _helpers.tpl",
  },
  {
    chart: "pachyderm",
    publisher: "stable",
    images: [
      {
        path: [["pachd", "image"]],
        digest: { to: "suggest", message: "this chart puts the tag into an environment variable, too" },
        composition: "{repository}:{tag}",
        tagIs: ["argument"],
      },
      { path: ANYWHERE, digest: TAG, composition: "{repository}:{tag}" },
    ],
    lowers: ["docker.io/pachyderm/pachd"],
    source: "helm/charts stable/pachyderm templates",
  },
  {
    chart: "prometheus-operator",
    publisher: "stable",
    images: [
      {
        path: [["prometheusOperator", "image"]],
        digest: BARE_SHA,
        composition: "{repository}:{tag}[@sha256:{sha}]",
        tagIs: ["semver"],
      },
      {
        path: [
          ["prometheus", "prometheusSpec", "image"],
          ["alertmanager", "alertmanagerSpec", "image"],
        ],
        digest: SEMVER,
        composition: "{repository}:{tag}",
        tagIs: ["semver"],
      },
      { path: ANYWHERE, digest: BARE_SHA, composition: "{repository}:{tag}[@sha256:{sha}]" },
    ],
    lowers: ["quay.io/coreos/prometheus-operator"],
    source:
      "helm/charts stable/prometheus-operator templates; its Prometheus and Alertmanager hold the tag as a version and `sha` as a field",
  },
  {
    chart: "metrics-server",
    publisher: "stable",
    images: [
      {
        path: IMAGE,
        digest: { to: "suggest", message: "this chart uses the tag in a test's argument, too" },
        composition: "{repository}:{tag}",
        tagIs: ["argument"],
      },
    ],
    namesakes: ["bitnami", "kubernetes-sigs"],
    lowers: ["k8s.gcr.io/metrics-server-amd64", "k8s.gcr.io/metrics-server/metrics-server"],
    source: "helm/charts stable/metrics-server templates",
  },
  {
    chart: "sonarqube",
    publisher: "sonarsource",
    images: [{ path: IMAGE, digest: LABEL, composition: "{repository}:{tag}", tagIs: ["label"] }],
    namesakes: ["bitnami"],
    lowers: ["docker.io/library/sonarqube"],
    source: "SonarSource/helm-chart-sonarqube charts/sonarqube/templates/_helpers.tpl",
  },
  {
    chart: "sonarqube-dce",
    publisher: "sonarsource",
    images: [
      {
        path: [
          ["searchNodes", "image"],
          ["applicationNodes", "image"],
        ],
        digest: LABEL,
        composition: "{repository}:{tag}",
        tagIs: ["label"],
      },
    ],
    source:
      "SonarSource/helm-chart-sonarqube charts/sonarqube-dce/templates/sonarqube-search.yaml, sonarqube-application.yaml",
  },
  {
    chart: "jenkins",
    publisher: "jenkins",
    images: [
      {
        path: [["agent", "image"]],
        digest: {
          to: "suggest",
          message: "this chart makes the id of a pod template of all that `agent` holds",
        },
        composition: "[{registry}/]{repository}:{tag}",
        tagIs: ["argument"],
      },
      { path: ANYWHERE, digest: TAG, composition: "[{registry}/]{repository}:{tag}" },
    ],
    namesakes: ["bitnami", "stable"],
    lowers: ["docker.io/jenkins/inbound-agent"],
    source: "jenkinsci/helm-charts charts/jenkins/templates/_helpers.tpl: `sha256sum (toYaml .Values.agent)`",
  },
  {
    chart: "jupyterhub",
    publisher: "jupyterhub",
    images: [
      {
        path: ANYWHERE,
        digest: { to: "suggest", message: "this chart also hands all its values to the hub, in a Secret" },
        composition: "{name}:{tag}",
        tagIs: ["argument"],
      },
    ],
    namesakes: ["bitnami"],
    lowers: ["quay.io/jupyterhub/*", "registry.k8s.io/kube-scheduler", "registry.k8s.io/pause"],
    source: "jupyterhub/zero-to-jupyterhub-k8s jupyterhub/templates/hub/secret.yaml",
  },
  {
    chart: "kubernetes-dashboard",
    publisher: "kubernetes-dashboard",
    images: [
      {
        path: [
          ["auth", "image"],
          ["api", "image"],
          ["web", "image"],
          ["metricsScraper", "image"],
        ],
        digest: LABEL,
        composition: "{repository}:{tag}",
        tagIs: ["label"],
      },
      { path: ANYWHERE, digest: TAG, composition: "{repository}:{tag}" },
    ],
    namesakes: ["stable"],
    lowers: ["docker.io/kubernetesui/dashboard-*"],
    source: "kubernetes/dashboard charts/kubernetes-dashboard/templates/deployments, services",
  },
  {
    chart: "nats-operator",
    publisher: "nats",
    images: [
      {
        path: [
          ["cluster", "configReload"],
          ["cluster", "metrics"],
        ],
        digest: { to: "suggest", message: "this chart hands the tag to the operator in a field of its own" },
        composition: "[{registry}/]{repository}:{tag}",
        tagIs: ["argument"],
      },
      { path: ANYWHERE, digest: TAG, composition: "[{registry}/]{repository}:{tag}" },
    ],
    lowers: [
      "docker.io/connecteverything/nats-server-config-reloader",
      "docker.io/synadia/prometheus-nats-exporter",
    ],
    source:
      "nats-io/k8s helm/charts/nats-operator/templates/natscluster.yaml: `reloaderImageTag`, `metricsImageTag`",
  },
  {
    chart: "trivy-operator",
    publisher: "aqua",
    images: [
      {
        path: [["trivy", "image"]],
        digest: {
          to: "suggest",
          message: "this chart hands the tag to the operator in a ConfigMap, `trivy.tag`",
        },
        composition: "[{registry}/]{repository}:{tag}",
        tagIs: ["argument"],
      },
      { path: ANYWHERE, digest: TAG, composition: "[{registry}/]{repository}:{tag}" },
    ],
    lowers: ["mirror.gcr.io/aquasec/trivy", "ghcr.io/aquasecurity/trivy"],
    source: "aquasecurity/trivy-operator deploy/helm/templates/configmaps/trivy.yaml",
  },
  {
    chart: "falco-talon",
    publisher: "falcosecurity",
    images: [
      { path: IMAGE, digest: LABEL, composition: "[{registry}/]{repository}:{tag}", tagIs: ["label"] },
    ],
    lowers: ["falco.docker.scarf.sh/falcosecurity/falco-talon", "docker.io/falcosecurity/falco-talon"],
    source: "falcosecurity/charts charts/falco-talon/templates/_helpers.tpl",
  },
  {
    chart: "opensearch",
    publisher: "opensearch",
    images: [
      { path: IMAGE, digest: SEMVER, composition: "{repository}:{tag}", tagIs: ["semver"] },
      { path: ANYWHERE, digest: TAG, composition: "{repository}:{tag}" },
    ],
    namesakes: ["bitnami"],
    lowers: ["docker.io/opensearchproject/opensearch"],
    source: "opensearch-project/helm-charts charts/opensearch/templates/_helpers.tpl: `semver` of the tag",
  },
  {
    chart: "connectors",
    publisher: "redpanda",
    images: [{ path: IMAGE, digest: SEMVER, composition: "{repository}:{tag}", tagIs: ["semver"] }],
    lowers: ["docker.redpanda.com/redpandadata/connectors"],
    source:
      "redpanda-data/helm-charts charts/connectors/templates/_helpers.go.tpl: a tag that is no version fails",
  },
  {
    chart: "insights-agent",
    publisher: "fairwinds",
    images: [
      {
        path: ANYWHERE,
        digest: {
          to: "suggest",
          message: "this chart hands its tags on to its jobs, in arguments and a ConfigMap",
        },
        composition: "{repository}:{tag}",
        tagIs: ["argument"],
      },
    ],
    lowers: [
      "us-docker.pkg.dev/fairwinds-ops/oss/*",
      "quay.io/fairwinds/insights-right-sizer",
      "quay.io/fairwinds/vpa-*",
      "docker.io/aquasec/kube-hunter",
      "docker.io/library/python",
    ],
    source: "FairwindsOps/charts stable/insights-agent/templates",
  },
  {
    chart: "fairwinds-insights",
    publisher: "fairwinds",
    images: [
      {
        path: [["cronjobImage"]],
        digest: { to: "suggest", message: "this chart puts the tag into an environment variable, too" },
        composition: "{repository}:{tag}",
        tagIs: ["argument"],
      },
    ],
    lowers: ["us-docker.pkg.dev/fairwinds-ops/insights/insights-cronjob"],
    source: "FairwindsOps/charts stable/fairwinds-insights/templates",
  },
  {
    chart: "ae",
    publisher: "gravitee",
    images: [
      { path: [["engine", "image"]], digest: LABEL, composition: "{repository}:{tag}", tagIs: ["label"] },
    ],
    lowers: ["docker.io/graviteeio/ae-engine"],
    source: "gravitee-io/helm-charts ae/templates",
  },
  {
    chart: "cockpit",
    publisher: "gravitee",
    images: [
      {
        path: [
          ["api", "image"],
          ["ui", "image"],
          ["generator", "image"],
        ],
        digest: LABEL,
        composition: "{repository}:{tag}",
        tagIs: ["label"],
      },
    ],
    lowers: ["docker.io/graviteeio/cockpit-*"],
    source: "gravitee-io/helm-charts cockpit/templates",
  },
  {
    chart: "insight",
    publisher: "jfrog",
    images: [
      {
        path: [["elasticsearch", "image"]],
        digest: { to: "suggest", message: "this chart writes the tag into system.yaml, too" },
        composition: "[{registry}/]{repository}:{tag}",
        tagIs: ["argument"],
      },
    ],
    lowers: ["releases-docker.jfrog.io/jfrog/elasticsearch-sg"],
    source: "jfrog/charts stable/insight/templates, files/system.yaml",
  },
  {
    chart: "mysql-operator",
    publisher: "mysql",
    images: [
      {
        path: IMAGE,
        digest: {
          to: "none",
          reason: "chart-breaks",
          message: "this chart puts the image's name behind the repository; exempt it",
        },
        composition: "[{registry}/]{repository}/{name}:{tag}",
      },
    ],
    lowers: ["container-registry.oracle.com/mysql"],
    source: "mysql/mysql-operator helm/mysql-operator/templates",
  },
];
