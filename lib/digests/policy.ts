// When a lookup may happen: ESLint calls a rule's fix on every lint, so somebody has to know whether anyone
// wants one.
import { isMainThread } from "node:worker_threads";
import type { Resolve } from "../settings/settings.js";

/** The variable with which a person, or CI, decides. */
export const RESOLVE_VARIABLE = "CONTAINER_IMAGES_RESOLVE";
/**
 * Ours alone: what the main thread saw on its command line, for ESLint's worker threads, which do not see it.
 */
export const RUN_VARIABLE = "ESLINT_PLUGIN_CONTAINER_IMAGES_RUN";

export type Mode = Exclude<Resolve, "auto">;

export interface Policy {
  readonly mode: Mode;
  /** What decided: for the message of a digest that was not looked up. */
  readonly decidedBy: "variable" | "setting" | "command line";
  /** One line to print once, where the variable has a value that means nothing. */
  readonly warning?: string;
}

/** What the main thread saw when the plugin was loaded. */
export interface Run {
  readonly mode: Mode;
  /** The process that saw it: a child inherits the variable, and has a command line of its own. */
  readonly pid: number;
  /**
   * When `container-images pin` began, in milliseconds since the epoch: answers since then count whatever
   * `maxAge`.
   */
  readonly since?: number;
}

/** What the policy is computed from, so that it can be tested as a table. */
export interface Surroundings {
  readonly env: Record<string, string | undefined>;
  /** `process.argv`, with the program and the script in front. */
  readonly argv: readonly string[];
  readonly isMainThread: boolean;
  readonly pid: number;
}

/** This process and thread. */
export function hereAndNow(): Surroundings {
  return { env: process.env, argv: process.argv, isMainThread, pid: process.pid };
}

/**
 * What `vscode-languageserver` reads, and `vscode-languageclient` starts its servers with
 * (`createMessageTransports`, both of 9.0).
 */
const EDITOR_FLAGS: ReadonlySet<string> = new Set(["--stdio", "--node-ipc", "--pipe", "--socket"]);
const MODES: ReadonlySet<string> = new Set<Mode>(["cache", "registry", "background"]);

/**
 * Decides whether digests may be looked up: by the variable, else by a setting that is not `auto`, else by
 * the command line of the process (an editor's server before `--fix`).
 *
 * @param setting `settings["container-images"].resolve`
 * @returns the mode; a value of the variable that means nothing is `cache`, with a warning
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
 * Reads what a command line wants.
 *
 * @param argv with the program and the script in front; what stands behind `--` are files
 */
export function detect(argv: readonly string[]): Mode {
  const end = argv.indexOf("--", 2);
  const words = argv.slice(2, end < 0 ? argv.length : end);
  if (words.some((word) => EDITOR_FLAGS.has(word.split("=", 1)[0] ?? "")) || isJetBrains(argv))
    return "background";
  // The last one counts, as for ESLint.
  const fixes = { "--fix": false, "--fix-dry-run": false };
  for (const word of words) {
    const [, negated, name, value] = /^--(no-)?(fix|fix-dry-run)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === "fix" || name === "fix-dry-run")
      fixes[`--${name}`] = (negated === undefined) === (value !== "false");
  }
  return fixes["--fix"] || fixes["--fix-dry-run"] ? "registry" : "cache";
}

/**
 * The service in which JetBrains' IDEs run ESLint: `js-language-service.js -id=… -debug-name=eslint`, as seen
 * in lists of processes. What an IDE or an editor puts into the environment is no sign: its terminal has it,
 * too.
 */
function isJetBrains(argv: readonly string[]): boolean {
  return /(?:^|[\\/])js-language-service\.js$/.test(argv[1] ?? "") && argv.includes("-debug-name=eslint");
}

/**
 * Remembers the command line for the threads that ESLint starts (`--concurrency`). To be called when the
 * plugin is loaded; in a thread it does nothing.
 *
 * @param surroundings whose environment is written to: threads get a copy of the process's own
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
 * Reads what {@link writeRun} wrote in this process; nothing when it was another process, or no text of ours.
 */
export function readRun({ env, pid }: Pick<Surroundings, "env" | "pid">): Run | undefined {
  const match = /^(cache|registry|background) (\d{1,10})(?: (\d{1,15}))?$/.exec(env[RUN_VARIABLE] ?? "");
  const [, mode = "", process = "", since] = match ?? [];
  if (!isMode(mode) || Number(process) !== pid) return undefined;
  return { mode, pid, ...(since === undefined ? {} : { since: Number(since) }) };
}

/** Writes what this process's threads, and other copies of the plugin in it, are to know. */
export function writeRun(env: Surroundings["env"], { mode, pid, since }: Run): void {
  env[RUN_VARIABLE] = [mode, pid, ...(since === undefined ? [] : [since])].join(" ");
}

function isMode(text: string): text is Mode {
  return MODES.has(text);
}
