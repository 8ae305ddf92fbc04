// The public hosts of charts that may be contacted without being named in the settings.
import { canonicalHost, findPublicRegistry } from "../registry/hosts.js";
import { matchesHost } from "../registry/named.js";

/** A public host of charts. */
interface ChartHost {
  readonly host: string;
  /** Where its owner names it as the place of their charts. */
  readonly source: string;
}

/** No wildcards: everyone can have a page of GitHub. */
export const CHART_HOSTS: readonly ChartHost[] = [
  { host: "aquasecurity.github.io", source: "https://github.com/aquasecurity/helm-charts" },
  { host: "argoproj.github.io", source: "https://github.com/argoproj/argo-helm" },
  { host: "aws.github.io", source: "https://github.com/aws/eks-charts" },
  { host: "bjw-s-labs.github.io", source: "https://github.com/bjw-s-labs/helm-charts" },
  { host: "charts.bitnami.com", source: "https://github.com/bitnami/charts" },
  { host: "charts.crossplane.io", source: "https://docs.crossplane.io/latest/get-started/install/" },
  { host: "charts.external-secrets.io", source: "https://github.com/external-secrets/external-secrets" },
  { host: "charts.fairwinds.com", source: "https://github.com/FairwindsOps/charts" },
  { host: "charts.gitlab.io", source: "https://docs.gitlab.com/charts/" },
  { host: "charts.jenkins.io", source: "https://github.com/jenkinsci/helm-charts" },
  { host: "charts.jetstack.io", source: "https://cert-manager.io/docs/installation/helm/" },
  { host: "charts.konghq.com", source: "https://github.com/Kong/charts" },
  { host: "charts.longhorn.io", source: "https://github.com/longhorn/charts" },
  { host: "charts.min.io", source: "https://github.com/minio/minio/tree/master/helm/minio" },
  { host: "cloudnative-pg.github.io", source: "https://github.com/cloudnative-pg/charts" },
  { host: "codecentric.github.io", source: "https://github.com/codecentric/helm-charts" },
  { host: "dl.gitea.com", source: "https://gitea.com/gitea/helm-gitea" },
  { host: "emberstack.github.io", source: "https://github.com/emberstack/helm-charts" },
  { host: "falcosecurity.github.io", source: "https://github.com/falcosecurity/charts" },
  { host: "fluxcd-community.github.io", source: "https://github.com/fluxcd-community/helm-charts" },
  { host: "grafana-community.github.io", source: "https://github.com/grafana-community/helm-charts" },
  { host: "grafana.github.io", source: "https://github.com/grafana/helm-charts" },
  { host: "helm.cilium.io", source: "https://docs.cilium.io/en/stable/installation/k8s-install-helm/" },
  { host: "helm.datadoghq.com", source: "https://github.com/DataDog/helm-charts" },
  { host: "helm.elastic.co", source: "https://github.com/elastic/helm-charts" },
  { host: "helm.goharbor.io", source: "https://github.com/goharbor/harbor-helm" },
  { host: "helm.ngc.nvidia.com", source: "https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/" },
  { host: "helm.releases.hashicorp.com", source: "https://github.com/hashicorp/vault-helm" },
  { host: "helm.traefik.io", source: "https://github.com/traefik/traefik-helm-chart" },
  { host: "hub.jupyter.org", source: "https://github.com/jupyterhub/helm-chart" },
  {
    host: "istio-release.storage.googleapis.com",
    source: "https://istio.io/latest/docs/setup/install/helm/",
  },
  { host: "kedacore.github.io", source: "https://github.com/kedacore/charts" },
  { host: "kubernetes-sigs.github.io", source: "https://github.com/kubernetes-sigs/external-dns" },
  { host: "kubernetes.github.io", source: "https://github.com/kubernetes/ingress-nginx" },
  { host: "kyverno.github.io", source: "https://github.com/kyverno/kyverno/tree/main/charts" },
  { host: "metallb.github.io", source: "https://metallb.universe.tf/installation/" },
  { host: "nats-io.github.io", source: "https://github.com/nats-io/k8s" },
  { host: "nvidia.github.io", source: "https://github.com/NVIDIA/k8s-device-plugin" },
  { host: "oauth2-proxy.github.io", source: "https://github.com/oauth2-proxy/manifests" },
  { host: "open-telemetry.github.io", source: "https://github.com/open-telemetry/opentelemetry-helm-charts" },
  { host: "opensearch-project.github.io", source: "https://github.com/opensearch-project/helm-charts" },
  { host: "prometheus-community.github.io", source: "https://github.com/prometheus-community/helm-charts" },
  { host: "rook.github.io", source: "https://rook.io/docs/rook/latest/Helm-Charts/helm-charts/" },
  { host: "stakater.github.io", source: "https://github.com/stakater/stakater-charts" },
  { host: "stefanprodan.github.io", source: "https://github.com/stefanprodan/podinfo" },
  { host: "traefik.github.io", source: "https://github.com/traefik/traefik-helm-chart" },
  { host: "vmware-tanzu.github.io", source: "https://github.com/vmware-tanzu/helm-charts" },
];

const HOSTS: ReadonlySet<string> = new Set(CHART_HOSTS.map(({ host }) => host));

/** A chart repository that may be contacted, or why it may not. */
export type RepositoryTrust =
  | { readonly ok: true; readonly url: string; readonly isOci: boolean; readonly isPlainHttp: boolean }
  | { readonly ok: false; readonly host: string }
  | { readonly ok: false; readonly message: string };

/**
 * Decides whether a chart repository may be contacted. It uses no network.
 *
 * @param text its URL, as a file names it
 * @param registries the setting: hosts that the user trusts, `*` for one label
 * @returns its URL; or the host that must be named first, or what is wrong with the URL
 */
export function trustRepository(text: string, registries: readonly string[]): RepositoryTrust {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOci = url?.protocol === "oci:";
  if (!url || (!isOci && url.protocol !== "https:" && url.protocol !== "http:"))
    return { ok: false, message: "the URL of its repository is not `https://` or `oci://`" };
  if (url.username !== "" || url.password !== "")
    return { ok: false, message: "the URL of its repository holds a password: log in with Helm instead" };
  if (url.search !== "" || url.hash !== "" || !/^[\w./~%+-]*$/.test(url.pathname))
    return { ok: false, message: "the URL of its repository is not a plain one" };
  const host = canonicalHost(url.host.toLowerCase());
  if (host === undefined) return { ok: false, message: "the URL of its repository has no host" };
  const isNamed = registries.some((each) => matchesHost(each, host));
  const isBuiltIn = isOci
    ? findPublicRegistry(host) !== undefined
    : HOSTS.has(host) && url.protocol === "https:";
  if (!isNamed && !isBuiltIn) return { ok: false, host };
  const isPlainHttp =
    url.protocol === "http:" || (isOci && /^(?:localhost|127\.0\.0\.1|\[::1\]):\d+$/.test(host));
  return { ok: true, url: text.replace(/\/+$/, ""), isOci, isPlainHttp };
}
