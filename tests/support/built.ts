// Runs the built resolver in a process of its own, for tests of what happens when a process starts and ends.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Answer } from "../../lib/reference/answer.js";

const script = fileURLToPath(new URL("built.mjs", import.meta.url));
const worker = fileURLToPath(new URL("../../dist/lib/digests/worker.js", import.meta.url));

/** What to run: `resolver` in that process itself, or `lookup` as rules call it, through the worker. */
export interface BuiltRun {
  readonly way: "resolver" | "lookup";
  /** Several calls after one another. */
  readonly calls: readonly (readonly string[])[];
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface BuiltResult {
  readonly code: number | null;
  readonly answers: readonly (readonly Answer[])[];
  /** Whether a thread had been started at the end. */
  readonly threads: number;
  readonly stderr: string;
}

/**
 * Runs the built code. The process must end by itself: nothing in it calls `process.exit`.
 *
 * @throws when `dist/` is not built
 */
export function runBuilt(
  run: BuiltRun,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<BuiltResult> {
  if (!existsSync(worker)) throw new Error("this test needs the built output: run `npm run build`");
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [script, ...args],
      { env: { ...withoutProxies(), ...env }, timeout: 150_000 },
      (error, stdout, stderr) => {
        try {
          const { answers, threads } = JSON.parse(stdout) as Pick<BuiltResult, "answers" | "threads">;
          resolve({ code: error === null ? 0 : (child.exitCode ?? null), answers, threads, stderr });
        } catch {
          reject(
            new Error(
              `the process ended with ${String(child.exitCode)} ${String(child.signalCode)}: ${stderr}`,
            ),
          );
        }
      },
    );
    child.stdin?.end(JSON.stringify(run));
  });
}

function withoutProxies(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/_proxy$/i.test(name) && !name.startsWith("CONTAINER_IMAGES_") && name !== "NODE_OPTIONS",
    ),
  );
}
