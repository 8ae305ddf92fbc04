// Starts credential helpers: programs called docker-credential-NAME, which keep logins in a keychain or get
// them from a cloud.
import { execFile } from "node:child_process";
import { delimiter } from "node:path";
import { codeOf, oneLine } from "./failure.js";
import { findProgram, programFolders } from "./find-program.js";
import { parseRecord } from "./json.js";

/** What a helper said. */
export type HelperAnswer =
  | { readonly kind: "login"; readonly username: string; readonly secret: string }
  /** It has none for this server. */
  | { readonly kind: "none" }
  /** Completes the sentence "The helper …". It holds nothing that the helper printed. */
  | { readonly kind: "failed"; readonly how: string };

export interface Helpers {
  /**
   * Asks a helper for a login. Each is asked once for a server and run, also if it fails.
   *
   * @param name the part behind `docker-credential-`
   * @param server the server's name, as the helper knows it
   * @returns never throws
   * @see https://github.com/docker/docker-credential-helpers: `get`, the server on standard input
   */
  get(name: string, server: string): Promise<HelperAnswer>;
}

/** A name that is a part of a file's name, and nothing else. */
const NAME = /^[A-Za-z0-9_.-]+$/;
const MAX_BYTES = 64 * 1024;
/**
 * Milliseconds for which an answer counts, in a process that runs for long: some tokens end after an hour.
 */
const KNOWN = 10 * 60_000;

/** For the whole process, because each of its clients may need the same login. */
const answers = new Map<string, { readonly answer: Promise<HelperAnswer>; readonly until: number }>();

/**
 * Prepares helpers; none is started yet.
 *
 * @param env where they are looked for (PATH), and what they get; of PATH without the linted tree
 * @param limit milliseconds for one answer
 * @param cwd a folder of the linted tree
 */
export function createHelpers(env: NodeJS.ProcessEnv, limit: number, cwd = process.cwd()): Helpers {
  return {
    async get(name, server) {
      if (!NAME.test(name)) return { kind: "failed", how: "has a name that no program can have" };
      const folders = programFolders(env, cwd);
      const program = await findProgram(`docker-credential-${name}`, folders);
      if (program.kind === "missing") return { kind: "failed", how: "is not on PATH" };
      if (program.kind === "refused")
        return { kind: "failed", how: "is inside the linted tree, from which nothing is started" };
      const key = JSON.stringify([program.file, server]);
      const before = answers.get(key);
      if (before && performance.now() < before.until) return before.answer;
      const others = Object.entries(env).filter(([variable]) => variable.toUpperCase() !== "PATH");
      // What the helper starts is not taken from the tree either.
      const cleaned = { ...Object.fromEntries(others), PATH: folders.kept.join(delimiter) };
      const answer = run(program.file, server, cleaned, limit);
      answers.set(key, { answer, until: performance.now() + KNOWN });
      return answer;
    },
  };
}

function run(file: string, server: string, env: NodeJS.ProcessEnv, limit: number): Promise<HelperAnswer> {
  const options = {
    env,
    timeout: limit,
    killSignal: "SIGKILL",
    maxBuffer: MAX_BYTES,
    windowsHide: true,
  } as const;
  return new Promise((resolve) => {
    const child = execFile(file, ["get"], options, (error, stdout, stderr) => {
      resolve(error ? failureOf(error, `${stdout}\n${stderr}`, limit) : answerOf(stdout));
    });
    // A helper that does not read its input closes it.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(`${server}\n`);
  });
}

function failureOf(
  error: { readonly killed?: boolean; readonly signal?: unknown },
  output: string,
  limit: number,
): HelperAnswer {
  const failed = (how: string): HelperAnswer => ({ kind: "failed", how });
  const code: unknown = "code" in error ? error.code : undefined;
  if (codeOf(error) === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER")
    return failed(`answers with more than ${String(MAX_BYTES / 1024)} KiB`);
  if (error.killed === true) return failed(`gave no answer within ${String(limit / 1000)} s`);
  if (typeof code === "number")
    return /credentials not found/i.test(output) ? { kind: "none" } : failed(`ended with ${String(code)}`);
  if (typeof error.signal === "string") return failed(`was ended by ${oneLine(error.signal)}`);
  return failed(`cannot be started (${oneLine(codeOf(error))})`);
}

function answerOf(stdout: string): HelperAnswer {
  const reply = parseRecord(Buffer.from(stdout));
  const [username, secret] = [reply?.["Username"], reply?.["Secret"]];
  if (typeof username !== "string" || typeof secret !== "string")
    return { kind: "failed", how: "answers with something that is no login" };
  return username === "" && secret === "" ? { kind: "none" } : { kind: "login", username, secret };
}
