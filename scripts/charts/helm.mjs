// Runs Helm: where it is, and `helm template` to documents.
import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";

/** Where scripts/install-oracles.sh puts what it builds. */
const BUILT = join(
  process.env.CONTAINER_IMAGES_ORACLES ??
    join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "container-images-oracles"),
  "bin",
);
const MAX_OUTPUT = 1 << 28;
const TIMEOUT = 120_000;
/** Helm built from source assumes a version that many charts no longer support. */
const KUBERNETES = "v1.33.0";

/** The path of the first of these programs that is installed. */
export function findHelm(names = ["helm3", "helm4", "helm"]) {
  const folders = [BUILT, ...(process.env.PATH ?? "").split(delimiter)];
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/**
 * Renders a chart, without a cluster and without a network.
 *
 * @returns `{ ok: true, documents }`, each the text behind its `# Source:` line, or `{ ok: false, message }`
 */
export function template(helm, chart, values = []) {
  const args = [
    "template",
    "release",
    chart,
    "--namespace",
    "space",
    "--kube-version",
    KUBERNETES,
    ...values.flatMap((file) => ["-f", file]),
  ];
  const env = {
    PATH: process.env.PATH,
    HOME: "/nonexistent",
    HELM_CACHE_HOME: join(chart, ".helm"),
    HELM_CONFIG_HOME: join(chart, ".helm"),
    HELM_DATA_HOME: join(chart, ".helm"),
  };
  return new Promise((resolve) => {
    execFile(helm, args, { maxBuffer: MAX_OUTPUT, timeout: TIMEOUT, env }, (error, stdout, stderr) => {
      if (error) resolve({ ok: false, message: reason(stderr || error.message) });
      else
        resolve({
          ok: true,
          documents: stdout.split(/^---\s*$/m).filter((document) => document.trim() !== ""),
        });
    });
  });
}

/** The last part of Helm's chain of errors, which says what went wrong, without paths of this machine. */
function reason(stderr) {
  const text = stderr
    .replace(/^(?:walk|level=|WARNING|coalesce|warning|I\d{4}|W\d{4}).*$/gm, "")
    .replace(/Use --debug[\s\S]*/, "")
    .trim();
  const last = text.split("\n").find((line) => line.startsWith("Error")) ?? text.split("\n")[0] ?? "";
  const at = last.lastIndexOf(">: ");
  return (at < 0 ? last : last.slice(at + 3)).replace(/\/\S*\/(?=[^/\s]+)/g, "").slice(0, 200);
}
