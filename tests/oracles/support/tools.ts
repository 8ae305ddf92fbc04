// The real tools: where they are, and running them.
import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** Where scripts/install-oracles.sh puts what it builds. */
const BUILT = join(
  process.env["CONTAINER_IMAGES_ORACLES"] ??
    join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "container-images-oracles"),
  "bin",
);

/** The path of a tool, or `undefined` where it is not installed. */
export function tool(name: string): string | undefined {
  const folders = [BUILT, ...(process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "")];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/**
 * Whether tools are missing. If so, what is skipped for it is said on standard error: a reporter only counts.
 *
 * @param what what is not tested without them
 */
export function lacks(what: string, ...names: readonly string[]): boolean {
  const missing = names.filter((name) => tool(name) === undefined);
  if (missing.length > 0) console.error(`SKIPPED: ${what}: not installed: ${missing.join(", ")}`);
  return missing.length > 0;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end.
 *
 * @param command a path, or the name of a tool
 * @param options what is added to the environment, the folder to run in, what it reads
 * @returns its exit code and output, whatever the code
 */
export async function run(
  command: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string; input?: string } = {},
): Promise<Ran> {
  const env = {
    ...process.env,
    HTTP_PROXY: "",
    HTTPS_PROXY: "",
    http_proxy: "",
    https_proxy: "",
    ...options.env,
  };
  return await new Promise((resolve) => {
    const child = execFile(
      tool(command) ?? command,
      [...args],
      { env, cwd: options.cwd, maxBuffer: 1 << 28, timeout: 100_000 },
      (error, stdout, stderr) => {
        resolve({ code: error ? (typeof error.code === "number" ? error.code : 1) : 0, stdout, stderr });
      },
    );
    // A program that reads nothing may be gone before the pipe is closed.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(options.input ?? "");
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
