// npm runs this after it has installed the dependencies of a clone: of a contributor's, and of the one that
// npm or pre-commit makes to install the package from its repository. There, nothing is built yet.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const has = (path) => existsSync(new URL(`../${path}`, import.meta.url));

function npm(...args) {
  const { status } = spawnSync("npm", args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}

if (!has("dist/lib/index.js")) {
  // For `npm install --global` of a repository, npm looks for the dependencies of the clone among those that
  // are installed globally, and installs none.
  if (!has("node_modules/typescript") && process.env.npm_config_global === "true")
    npm("ci", "--no-global", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund");
  // Who leaves out what builds it does not want it built.
  if (has("node_modules/typescript")) npm("run", "build");
}
