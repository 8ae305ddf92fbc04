// A project in a temporary folder in which the commands of a page run: the packed plugin, one registry on
// loopback for every host, and nothing else to reach.
import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { install, pack, root } from "../package/packed.js";

const BIN = fileURLToPath(new URL("bin", import.meta.url));
const FAKE_HELM = fileURLToPath(new URL("../support/fake-helm.mjs", import.meta.url));
/** The registries that pages name, which the registry on loopback stands for. */
const HOSTS = [
  "docker.io",
  "gcr.io",
  "gke.gcr.io",
  "ghcr.io",
  "nvcr.io",
  "public.ecr.aws",
  "quay.io",
  "registry.corp.example",
  "registry.k8s.io",
];
/** A port at which nothing listens: a request that leaves this machine fails at once. */
const NOWHERE = "http://127.0.0.1:9";

/** The packages that every project has. */
export interface Modules {
  /** A `node_modules` as npm leaves it. */
  readonly folder: string;
  remove(): void;
}

/** Packs the plugin and installs it, ESLint and what the pages install beside them, offline. */
export function prepareModules(): Modules {
  const folder = mkdtempSync(join(tmpdir(), "container-images-docs-"));
  install(pack(folder), folder);
  const modules = join(folder, "node_modules");
  const bin = join(modules, ".bin");
  mkdirSync(bin);
  mkdirSync(join(modules, "@microsoft"));
  for (const name of ["eslint-plugin-yml", "@microsoft/eslint-formatter-sarif"])
    if (!existsSync(join(modules, name)))
      symlinkSync(join(root, "node_modules", name), join(modules, name), "dir");
  const program = (name: string, file: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\nexec node "${join(modules, file)}" "$@"\n`);
    chmodSync(join(bin, name), 0o755);
  };
  program("eslint", "eslint/bin/eslint.js");
  for (const name of ["container-images", "eslint-plugin-container-images"])
    program(name, "eslint-plugin-container-images/dist/lib/cli/main.js");
  return {
    folder: modules,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface DocsProject {
  readonly root: string;
  /** Writes a file. */
  write(path: string, text: string): void;
  /** Runs a script in bash: what it printed, on both streams, and which of its commands failed. */
  run(script: string): Promise<{ readonly output: string; readonly failed: readonly string[] }>;
  remove(): void;
}

/**
 * Makes a project that is under git.
 *
 * @param files its files by path
 * @param host the registry on loopback
 */
export function docsProject(
  modules: Modules,
  host: string,
  files: Readonly<Record<string, string>>,
): DocsProject {
  const home = mkdtempSync(join(tmpdir(), "container-images-page-"));
  const folder = join(home, "project");
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  mkdirSync(folder);
  for (const [path, text] of Object.entries(files)) write(path, text);
  write(".gitignore", "node_modules\n");
  symlinkSync(modules.folder, join(folder, "node_modules"), "dir");
  const conf = HOSTS.map(
    (name) =>
      `[[registry]]\nlocation = "${name}"\n[[registry.mirror]]\nlocation = "${host}"\ninsecure = true\n`,
  );
  writeFileSync(join(home, "registries.conf"), conf.join("\n"));
  const env = environment(home, modules.folder);
  const git = (...args: readonly string[]): void => {
    execFileSync("git", args, { cwd: folder, env, stdio: "ignore" });
  };
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "start");
  return {
    root: folder,
    write,
    run: (script) => runIn(folder, env, join(home, "failed"), script),
    remove: () => {
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What a new user's shell has, but for the ways out of this machine. */
function environment(home: string, modules: string): Readonly<Record<string, string>> {
  return {
    PATH: [BIN, dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(":"),
    HOME: home,
    LANG: "C.UTF-8",
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_RUNTIME_DIR: join(home, "run"),
    CONTAINERS_REGISTRIES_CONF: join(home, "registries.conf"),
    HTTPS_PROXY: NOWHERE,
    HTTP_PROXY: NOWHERE,
    NO_PROXY: "127.0.0.1",
    HELM: FAKE_HELM,
    DOCS_MODULES: modules,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_AUTHOR_NAME: "a user",
    GIT_AUTHOR_EMAIL: "user@example.com",
    GIT_COMMITTER_NAME: "a user",
    GIT_COMMITTER_EMAIL: "user@example.com",
    GIT_PAGER: "cat",
  };
}

function runIn(
  cwd: string,
  env: Readonly<Record<string, string>>,
  failures: string,
  script: string,
): Promise<{ readonly output: string; readonly failed: readonly string[] }> {
  writeFileSync(failures, "");
  const trap = `trap 'printf "%s: %s\\n" "$?" "$BASH_COMMAND" >>"${failures}"' ERR`;
  return new Promise((done, fail) => {
    const child = spawn("bash", ["-c", `exec 2>&1\nset -o pipefail\n${trap}\n${script}`], {
      cwd,
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.once("error", fail);
    child.once("close", () => {
      done({
        output: output.replaceAll("\r\n", "\n").replaceAll(`${cwd}/`, "").replaceAll(cwd, "."),
        failed: readFileSync(failures, "utf8")
          .split("\n")
          .filter((line) => line !== ""),
      });
    });
  });
}
