// Runs the user's own Helm: no shell, a time limit, a limit of output. Whether there is one, and which.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { displayText } from "../reference/display.js";

/** A Helm that can render charts. */
export interface Helm {
  /** What is run: a path, or a name that is looked for on PATH. */
  readonly program: string;
  /** `3.22.0` */
  readonly version: string;
}

/** What one run of Helm printed, or why it failed, in one line. */
export type HelmRun =
  | { readonly ok: true; readonly output: string }
  | {
      readonly ok: false;
      readonly message: string;
      /** Set where we ended it, so that nothing is known of what it would have said. */
      readonly gaveUp?: true;
    };

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds. */
  readonly timeout?: number;
}

/** Older ones know no `oci://`. */
const OLDEST = [3, 8] as const;
const TIMEOUT = 60_000;
const TIMEOUT_OF_VERSION = 10_000;
/** The largest public charts print 5 MB. */
const MAX_OUTPUT = 24 * 1024 * 1024;
/** Of memory; the largest public charts take a third of it. */
const MAX_MEMORY = 1024 * 1024 * 1024;
const BETWEEN_LOOKS = 100;
const MAX_ERRORS = 64 * 1024;

/**
 * Finds the user's Helm.
 *
 * @param env `HELM` names another program than `helm`
 * @returns the program and its version, or one line that says why none can be used
 */
export async function findHelm(env: NodeJS.ProcessEnv): Promise<Helm | string> {
  const program = env["HELM"] === undefined || env["HELM"] === "" ? "helm" : env["HELM"];
  const run = await runHelm(program, ["version", "--short"], { env, timeout: TIMEOUT_OF_VERSION });
  const named = displayText(program, 100);
  if (!run.ok) return run.message === NOT_THERE ? `${named} is not on PATH` : `${named}: ${run.message}`;
  // One that is built from source may have no third number.
  const [, major = "", minor = "", patch = "0"] =
    /(?<![\w.])v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?/.exec(run.output) ?? [];
  if (major === "") return `${named} does not say its version`;
  const version = `${major}.${minor}.${patch}`;
  const isOld = Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1]);
  return isOld ? `${named} ${version} is too old: 3.8 or newer is needed` : { program, version };
}

const NOT_THERE = "it is not there";

/**
 * Runs Helm once.
 *
 * @param program what {@link findHelm} found
 * @param args its arguments; text from files stands behind `=` or is checked before
 * @param options its environment and time limit
 * @returns its standard output, or one line that says what went wrong; never throws
 */
export function runHelm(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<HelmRun> {
  const { env = process.env, timeout = TIMEOUT } = options;
  return new Promise((resolve) => {
    const out: Buffer[] = [];
    let size = 0;
    let errors = "";
    const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
    const end = (run: HelmRun): void => {
      clearTimeout(timer);
      clearInterval(watch);
      // What the program itself started may hold the streams open.
      child.stdout.destroy();
      child.stderr.destroy();
      child.kill("SIGKILL");
      child.unref();
      resolve(run);
    };
    const timer = setTimeout(() => {
      end({ ok: false, gaveUp: true, message: `it took longer than ${String(timeout / 1000)} s` });
    }, timeout);
    const watch = setInterval(() => {
      if (memoryOf(child.pid) > MAX_MEMORY)
        end({
          ok: false,
          gaveUp: true,
          message: `it took more than ${String(MAX_MEMORY / 1024 / 1024)} MB of memory`,
        });
    }, BETWEEN_LOOKS);
    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.length;
      out.push(chunk);
      if (size > MAX_OUTPUT)
        end({
          ok: false,
          gaveUp: true,
          message: `it printed more than ${String(MAX_OUTPUT / 1024 / 1024)} MB`,
        });
    });
    child.stderr.on("data", (chunk: Buffer) => {
      if (errors.length < MAX_ERRORS) errors += chunk.toString("utf8");
    });
    child.on("error", (error: NodeJS.ErrnoException) => {
      end({ ok: false, message: error.code === "ENOENT" ? NOT_THERE : displayText(error.message, 200) });
    });
    child.on("close", (code) => {
      end(
        code === 0
          ? { ok: true, output: Buffer.concat(out).toString("utf8") }
          : { ok: false, message: reasonIn(errors, code) },
      );
    });
  });
}

/** How many bytes of memory a process takes; 0 where the system does not show it. */
function memoryOf(pid: number | undefined): number {
  try {
    const [, pages] = readFileSync(`/proc/${String(pid)}/statm`, "utf8").split(" ");
    return Number(pages) * 4096;
  } catch {
    return 0;
  }
}

/** What Helm logs, beside its error. */
const NOISE = /^(?:walk|level=|WARNING|coalesce|warning|[IWE]\d{4}|time=).*$/gim;

/** The last part of Helm's chain of errors, which says what went wrong, without paths of this machine. */
function reasonIn(errors: string, code: number | null): string {
  const text = errors
    .replace(NOISE, "")
    .replace(/Use --debug[\s\S]*/, "")
    .trim();
  const lines = text.split("\n");
  const line = lines.find((each) => each.startsWith("Error")) ?? lines[0] ?? "";
  const at = line.lastIndexOf(">: ");
  const short = (at < 0 ? line : line.slice(at + 3)).replace(/(?<![\w:/])\/\S*\/(?=[^/\s]+)/g, "");
  return displayText(short === "" ? `it ended with ${String(code)}` : short, 200);
}
