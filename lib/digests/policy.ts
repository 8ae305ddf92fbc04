// Decides when a lookup may happen. ESLint asks a rule for its fix on every lint, also where no one applies
// it.
import { isMainThread } from "node:worker_threads";
import type { Resolve } from "../settings/settings.js";

/** The environment variable with which a user or CI decides. */
export const RESOLVE_VARIABLE = "CONTAINER_IMAGES_RESOLVE";
/**
 * Internal: tells ESLint's worker threads what the main thread saw on its command line, which they cannot
 * see.
 */
export const RUN_VARIABLE = "ESLINT_PLUGIN_CONTAINER_IMAGES_RUN";

export type Mode = Exclude<Resolve, "auto">;

export interface Policy {
  readonly mode: Mode;
  /** What the decision was based on, for the message about a digest that was not looked up. */
  readonly decidedBy: "variable" | "setting" | "command line";
  /** One line to print once, where the variable has an unknown value. */
  readonly warning?: string;
}

/** What the main thread saw when the plugin was loaded. */
export interface Run {
  readonly mode: Mode;
  /** The process that saw it. A child process inherits the variable, but has its own command line. */
  readonly pid: number;
  /**
   * When `pin` began, in milliseconds since the epoch: newer answers count whatever `maxAge`
   * says.
   */
  readonly since?: number;
}

/** The input of the decision, which tests can replace. */
export interface Surroundings {
  readonly env: Record<string, string | undefined>;
  /** `process.argv`: the program and the script come first. */
  readonly argv: readonly string[];
  readonly isMainThread: boolean;
  readonly pid: number;
}

/** This process and thread. */
export function hereAndNow(): Surroundings {
  return { env: process.env, argv: process.argv, isMainThread, pid: process.pid };
}

/**
 * The flags of a language server, as `vscode-languageserver` reads them (`createMessageTransports`, 9.0).
 */
const EDITOR_FLAGS: ReadonlySet<string> = new Set(["--stdio", "--node-ipc", "--pipe", "--socket"]);
const MODES: ReadonlySet<string> = new Set<Mode>(["cache", "registry", "background"]);

/**
 * Decides whether digests may be looked up: by the variable, else by a setting that is not `auto`, else by
 * the command line of the process (an editor's server before `--fix`).
 *
 * @param setting `settings["container-images"].resolve`
 * @returns the mode; an unknown value of the variable counts as `cache`, with a warning
 */
export function decide(setting: Resolve, surroundings: Surroundings): Policy {
  const variable = surroundings.env[RESOLVE_VARIABLE] ?? "";
  if (isMode(variable)) return { mode: variable, decidedBy: "variable" };
  if (variable !== "" && variable !== "auto") {
    return {
      mode: "cache",
      decidedBy: "variable",
      warning: `${RESOLVE_VARIABLE} is none of auto, cache, registry and background: read as cache`,
    };
  }
  if (variable === "" && setting !== "auto") return { mode: setting, decidedBy: "setting" };
  const mode = surroundings.isMainThread
    ? detect(surroundings.argv)
    : (readRun(surroundings)?.mode ?? "cache");
  return { mode, decidedBy: "command line" };
}

/**
 * Reads the mode from a command line.
 *
 * @param argv the program and the script come first; the arguments after `--` are files
 */
export function detect(argv: readonly string[]): Mode {
  const end = argv.indexOf("--", 2);
  const words = argv.slice(2, end < 0 ? argv.length : end);
  if (words.some((word) => EDITOR_FLAGS.has(word.split("=", 1)[0] ?? "")) || isJetBrains(argv))
    return "background";
  // The last one counts, as in ESLint.
  const fixes = { "--fix": false, "--fix-dry-run": false };
  for (const word of words) {
    const [, negated, name, value] = /^--(no-)?(fix|fix-dry-run)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === "fix" || name === "fix-dry-run")
      fixes[`--${name}`] = (negated === undefined) === (value !== "false");
  }
  return fixes["--fix"] || fixes["--fix-dry-run"] ? "registry" : "cache";
}

/**
 * Whether this is the service in which the IDEs of JetBrains run ESLint. Their process lists show it as
 * `js-language-service.js -id=… -debug-name=eslint`. Environment variables do not tell: the IDE's terminal
 * has them too.
 */
function isJetBrains(argv: readonly string[]): boolean {
  return /(?:^|[\\/])js-language-service\.js$/.test(argv[1] ?? "") && argv.includes("-debug-name=eslint");
}

/**
 * Remembers the command line for the threads that ESLint starts (`--concurrency`). It is called when the
 * plugin is loaded, and does nothing in a thread.
 *
 * @param surroundings its environment is written to, of which threads get a copy
 */
export function rememberCommandLine(surroundings: Surroundings = hereAndNow()): void {
  if (!surroundings.isMainThread) return;
  const since = readRun(surroundings)?.since;
  writeRun(surroundings.env, {
    mode: detect(surroundings.argv),
    pid: surroundings.pid,
    ...(since === undefined ? {} : { since }),
  });
}

/**
 * Reads what {@link writeRun} wrote in this process; `undefined` where another process wrote it, or something
 * else.
 */
export function readRun({ env, pid }: Pick<Surroundings, "env" | "pid">): Run | undefined {
  const match = /^(cache|registry|background) (\d{1,10})(?: (\d{1,15}))?$/.exec(env[RUN_VARIABLE] ?? "");
  const [, mode = "", process = "", since] = match ?? [];
  if (!isMode(mode) || Number(process) !== pid) return undefined;
  return { mode, pid, ...(since === undefined ? {} : { since: Number(since) }) };
}

/** Writes what the threads of this process, and other copies of the plugin in it, must know. */
export function writeRun(env: Surroundings["env"], { mode, pid, since }: Run): void {
  env[RUN_VARIABLE] = [mode, pid, ...(since === undefined ? [] : [since])].join(" ");
}

function isMode(text: string): text is Mode {
  return MODES.has(text);
}
