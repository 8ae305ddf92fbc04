// Who publishes charts, and how they are recognised, as data.

/**
 * For each publisher, texts by which it is recognised in a Chart.yaml, a repository or a registry. The first
 * publisher that fits decides, so Bitnami comes first: its charts also name the project that they package.
 */
export const PUBLISHERS: Readonly<Record<string, readonly string[]>> = {
  bitnami: ["bitnami.com", "github.com/bitnami/charts", "/bitnamicharts"],
  stable: ["charts.helm.sh/stable", "github.com/helm/charts"],
  "bjw-s": [
    "bjw-s-labs.github.io/helm-charts",
    "bjw-s.github.io/helm-charts",
    "github.com/bjw-s",
    "ghcr.io/bjw-s-labs/helm",
    "ghcr.io/bjw-s/helm",
  ],
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
