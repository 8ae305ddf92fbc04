// Where logins are kept: the variables and files of Docker, Podman and GitLab, in the order in which they
// count.
import { homedir } from "node:os";
import { join } from "node:path";
import { LOGIN_VARIABLE } from "./auth-entries.js";
import type { LoginTool } from "./credentials.js";
import { readSmallFile, type SmallFile } from "./small-file.js";

/** A text in the format of Docker's config.json. */
export interface AuthSource {
  /** Its path, or the name of its variable, for messages. */
  readonly name: string;
  /** Whether it is in the format from before `config.json`: the entries of `auths` without it. */
  readonly legacy?: true;
  /** What writes there. */
  readonly by: LoginTool;
  read(): Promise<SmallFile>;
}

/**
 * Lists the places where logins may be kept. The first that has one for a registry counts.
 *
 * @param env what GitLab and Docker put into `DOCKER_AUTH_CONFIG` comes first. `REGISTRY_AUTH_FILE` then
 *   names the only file. Without it: Podman's `auth.json` of this session and of this user, then Docker's
 *   `config.json`, then its `.dockercfg` of before
 * @see containers-auth.json(5), and `getAuthFilePaths` in containers-image's pkg/docker/config for the order;
 *   docker/cli `getEnvConfig` for `DOCKER_AUTH_CONFIG`
 */
export function authSources(env: NodeJS.ProcessEnv): readonly AuthSource[] {
  const text = set(env[LOGIN_VARIABLE]);
  const variable: readonly AuthSource[] =
    text === undefined
      ? []
      : [{ name: LOGIN_VARIABLE, by: "variable", read: () => Promise.resolve({ kind: "text", text }) }];
  const only = set(env["REGISTRY_AUTH_FILE"]);
  if (only !== undefined) return [...variable, authFile(only, "podman")];
  const legacy: AuthSource = { ...authFile(join(homeOf(env), ".dockercfg")), legacy: true };
  const podman = podmanFiles(env).map((file) => authFile(file, "podman"));
  return [...variable, ...podman, authFile(dockerConfigFile(env)), legacy];
}

/** Makes the source of one file. */
export function authFile(file: string, by: LoginTool = "docker"): AuthSource {
  return { name: file, by, read: () => readSmallFile(file) };
}

/**
 * Finds Docker's configuration file.
 *
 * @param env `DOCKER_CONFIG` names its folder; the default is `.docker` in the home folder
 */
export function dockerConfigFile(env: NodeJS.ProcessEnv): string {
  return join(set(env["DOCKER_CONFIG"]) ?? join(homeOf(env), ".docker"), "config.json");
}

/** The folder of the user's settings: `XDG_CONFIG_HOME`, or `.config` in the home folder. */
export function configHome(env: NodeJS.ProcessEnv): string {
  return set(env["XDG_CONFIG_HOME"]) ?? join(homeOf(env), ".config");
}

/** As {@link homedir}, but by the environment that is asked about. */
function homeOf(env: NodeJS.ProcessEnv): string {
  return process.platform === "win32" ? homedir() : (set(env["HOME"]) ?? homedir());
}

function podmanFiles(env: NodeJS.ProcessEnv): readonly string[] {
  const file = join("containers", "auth.json");
  const session = set(env["XDG_RUNTIME_DIR"]);
  const user = process.getuid?.();
  const first =
    session !== undefined
      ? [join(session, file)]
      : process.platform === "linux" && user !== undefined
        ? [join("/run/containers", String(user), "auth.json")]
        : [];
  return [...first, join(configHome(env), file)];
}

function set(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value;
}
