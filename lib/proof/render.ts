// Renders a chart with `helm template`: no cluster, nothing of the user's own Helm folders, and no network,
// since the chart's schemas refer to nothing outside (local-schemas.ts).
import { join } from "node:path";
import { runHelm, type Helm } from "./run-helm.js";

/** Rendered documents, each the text behind its `# Source:` line; or why there are none, in one line. */
export type Rendering =
  | { readonly ok: true; readonly documents: readonly string[] }
  | {
      readonly ok: false;
      readonly message: string;
      /** Set where a limit ended it, so that nothing is known of the chart. */
      readonly gaveUp?: true;
    };

/** Helm built from source assumes a version that many charts no longer support. */
const KUBERNETES = "v1.33.0";

/** What charts look for in a cluster, and leave a resource out without it. */
const API_VERSIONS = [
  "monitoring.coreos.com/v1",
  "policy/v1/PodDisruptionBudget",
  "cert-manager.io/v1",
  "gateway.networking.k8s.io/v1",
];

/**
 * Renders a chart.
 *
 * @param helm the program
 * @param chart the chart's folder, below a folder that may be written to
 * @param values paths of values files, the last one counts most
 * @param timeout milliseconds
 */
export async function render(
  helm: Pick<Helm, "program">,
  chart: string,
  values: readonly string[],
  timeout?: number,
): Promise<Rendering> {
  const args = [
    "template",
    "release",
    chart,
    "--namespace=space",
    `--kube-version=${KUBERNETES}`,
    ...API_VERSIONS.map((version) => `--api-versions=${version}`),
    ...values.map((file) => `--values=${file}`),
  ];
  const run = await runHelm(helm.program, args, {
    env: environment(join(chart, "..")),
    ...(timeout === undefined ? {} : { timeout }),
  });
  if (!run.ok) return run;
  return { ok: true, documents: run.output.split(/^---\s*$/m).filter((text) => text.trim() !== "") };
}

/** What Helm gets of the environment: no cluster, no plugins, no credentials. */
function environment(folder: string): NodeJS.ProcessEnv {
  const home = join(folder, ".helm");
  const kept = ["PATH", "SystemRoot", "TEMP", "TMP", "TMPDIR"].flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  );
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    HELM_CACHE_HOME: home,
    HELM_CONFIG_HOME: home,
    HELM_DATA_HOME: home,
    // Go gives memory back earlier.
    GOMEMLIMIT: "1GiB",
  } as NodeJS.ProcessEnv;
}
