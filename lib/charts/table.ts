// The chart table, as data: where a known chart takes the digest of each of its images. docs/known-charts.md
// shows them. What data/charts.json proves of a chart has no row here; a row is for what that leaves open:
// - charts that it does not have (`istiod`), or in one major version only (`gpu-operator`); keys that a chart
//   reads and its values do not show (`cert-manager`); all charts of a publisher (`bitnami`);
// - images that no rendering shows, or that an operator composes (`gpu-operator`'s `driver`);
// - `lowers`: what is known of images where nothing names their chart;
// - `subcharts`, and names that several publishers have.
// A new convention is a row and a test.
import type { PathPattern } from "../vocabulary/path.js";
import type { ChartImages, ChartRow } from "./chart-row.js";

const TAG = { to: "tag" } as const;
const DIGEST = { to: "key", key: "digest", style: "prefixed" } as const;
const BARE_SHA = { to: "key", key: "sha", style: "bare" } as const;
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

/** For a chart whose every image is `repository:tag`, and that does nothing else with the tag. */
const APPENDS: readonly ChartImages[] = [
  { path: ANYWHERE, digest: TAG, composition: "[{registry}/]{repository}:{tag}" },
];

export const CHART_ROWS: readonly ChartRow[] = [
  {
    chart: "*",
    publisher: "bitnami",
    images: [{ path: ANYWHERE, digest: DIGEST, composition: "[{registry}/]{repository}[@{digest}|:{tag}]" }],
    lowers: ["docker.io/bitnami/*", "docker.io/bitnamilegacy/*", "docker.io/bitnamisecure/*"],
    source:
      "bitnami/charts bitnami/common/templates/_images.tpl: with a digest the tag is dropped; " +
      "a tag that is no version changes a label",
  },
  {
    chart: "app-template",
    publisher: "bjw-s",
    images: [
      {
        path: [
          ["controllers", "*", "containers", "*", "image"],
          ["controllers", "*", "initContainers", "*", "image"],
        ],
        digest: TAG,
        composition: "{repository}:{tag}",
      },
    ],
    source:
      "bjw-s-labs/helm-charts charts/library/common templates/lib/container/fields/_image.tpl: its own " +
      "values hold no image; rendered by hand for 2.0 to 5.2, of which only 5.x reads a `digest`",
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
      "prometheus-community/helm-charts kube-prometheus-stack templates/prometheus/prometheus.yaml: " +
      "the tag is `version` of the resource too",
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
      "prometheus-community/helm-charts prometheus-node-exporter templates/_helpers.tpl, daemonset.yaml: " +
      "semverCompare on the tag; `image.sha` fails",
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
      "prometheus-community/helm-charts prometheus templates/deploy.yaml: " +
      "with a digest the tag is dropped, without one a suffix may follow it",
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
      "prometheus-community/helm-charts prometheus-operator-admission-webhook templates/deployment.yaml, " +
      "hooks",
  },
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
      "grafana-community/helm-charts grafana templates/_pod.tpl; " +
      "its older versions write the tag into a label",
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
      "kubernetes/ingress-nginx charts/ingress-nginx templates/_helpers.tpl; " +
      "its values hold digests, so that one in the tag would be a second",
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
      "cilium/cilium install/kubernetes/cilium/templates/_helpers.tpl; " +
      "released charts hold digests and `useDigest: true`",
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
  {
    chart: "aws-efa-k8s-device-plugin",
    publisher: "aws",
    images: APPENDS,
    source: "aws/eks-charts stable/aws-efa-k8s-device-plugin/templates/daemonset.yaml",
  },
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
  {
    chart: "aws-ebs-csi-driver",
    publisher: "kubernetes-sigs",
    images: APPENDS,
    source:
      "kubernetes-sigs/aws-ebs-csi-driver charts/aws-ebs-csi-driver/templates; its schema refuses a `digest`",
  },
  {
    chart: "elasticsearch",
    publisher: "elastic",
    images: APPENDS,
    namesakes: ["bitnami", "openstack"],
    source: "elastic/helm-charts elasticsearch/templates/statefulset.yaml, `image:imageTag`",
  },
  {
    chart: "kibana",
    publisher: "elastic",
    images: APPENDS,
    namesakes: ["bitnami", "openstack"],
    source: "elastic/helm-charts kibana/templates/deployment.yaml, `image:imageTag`",
  },
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
      "NVIDIA/gpu-operator deployments/gpu-operator/templates/_helpers.tpl, internal/image/image.go, " +
      "controllers/object_controls.go",
  },
  {
    chart: "istiod",
    publisher: "istio",
    images: [
      { path: [["pilot", "image"], ["image"]], digest: TAG, composition: "{image}" },
      { path: ANYWHERE, digest: HUB, composition: "{hub}/{image}:{tag}", tagIs: ["shared"] },
    ],
    source:
      "istio/istio manifests/charts/istio-control/istio-discovery/templates/deployment.yaml: " +
      "an `image` with a `/` is taken as it stands",
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
      "codecentric/helm-charts keycloakx templates/_helpers.tpl, statefulset.yaml: " +
      "with a digest the tag is dropped",
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
      "helm/charts stable/prometheus-operator templates; " +
      "its Prometheus and Alertmanager hold the tag as a version and `sha` as a field",
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
      "SonarSource/helm-chart-sonarqube charts/sonarqube-dce/templates/sonarqube-search.yaml, " +
      "sonarqube-application.yaml",
  },
  {
    chart: "jenkins",
    publisher: "jenkins",
    images: [
      {
        path: [["agent", "image"]],
        digest: {
          to: "suggest",
          message: "this chart makes the id of a pod template from all that `agent` holds",
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
      "nats-io/k8s helm/charts/nats-operator/templates/natscluster.yaml: " +
      "`reloaderImageTag`, `metricsImageTag`",
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
