// Where Helm is, and `helm template` to documents.
import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { render } from "../../build/lib/proof/render.js";

/** Where scripts/install-oracles.sh puts what it builds. */
const BUILT = join(
  process.env.CONTAINER_IMAGES_ORACLES ??
    join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "container-images-oracles"),
  "bin",
);

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
 * Renders a chart as the command `charts` does.
 *
 * @returns `{ ok: true, documents }`, each the text behind its `# Source:` line, or `{ ok: false, message }`
 */
export function template(helm, chart, values = []) {
  return render({ program: helm }, chart, values);
}
