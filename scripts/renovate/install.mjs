// Installs Renovate outside of this repository.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The last version that runs on Node 20. */
export const VERSION = "39.264.1";

/**
 * Installs Renovate into the user's cache, if it is not there yet: none of its 785 packages is needed to use
 * or build this one.
 *
 * @returns the path of its program
 */
export function installRenovate() {
  const folder = join(
    process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
    "container-images-renovate",
    VERSION,
  );
  const bin = join(folder, "node_modules/renovate/dist/renovate.js");
  if (!existsSync(bin)) {
    process.stdout.write(`Installing Renovate ${VERSION} into ${folder}\n`);
    mkdirSync(folder, { recursive: true });
    execFileSync(
      "npm",
      [
        "install",
        "--prefix",
        folder,
        "--no-save",
        "--no-fund",
        "--no-audit",
        "--ignore-scripts",
        `renovate@${VERSION}`,
      ],
      { stdio: "inherit" },
    );
  }
  return bin;
}
