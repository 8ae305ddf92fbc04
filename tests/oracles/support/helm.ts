// Renders charts with the Helm that is installed.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, tool } from "./tools.js";

/** The versions that people run, each with a title that says so where it is not there. */
export const HELMS = ["helm3", "helm4"].map((name) => {
  const missing = tool(name) === undefined;
  return [missing ? `${name} (SKIPPED: not installed)` : name, { name, missing }] as const;
});

export type Rendered =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/**
 * Renders a chart with values, as `helm template` does: no cluster, no network.
 *
 * @param helm `helm3` or `helm4`
 * @param chart the chart's folder
 * @param values a values file's text
 */
export async function render(helm: string, chart: string, values: string): Promise<Rendered> {
  const folder = mkdtempSync(join(tmpdir(), "container-images-helm-"));
  try {
    const file = join(folder, "values.yaml");
    writeFileSync(file, values);
    const { code, stdout, stderr } = await run(
      helm,
      ["template", "release", chart, "--kube-version", "v1.33.0", "-f", file],
      { env: { HELM_CACHE_HOME: folder, HELM_CONFIG_HOME: folder, HELM_DATA_HOME: folder } },
    );
    return code === 0 ? { ok: true, text: stdout } : { ok: false, message: stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
