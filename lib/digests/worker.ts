// The thread that asks registries while the linting thread is blocked.
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import { runAsWorker } from "synckit";
import type { Answer } from "../reference/answer.js";
import type { Reference } from "../reference/reference.js";
import type { LintRun } from "./lint-run.js";
import { createResolver } from "./resolve.js";
import type { ResolveSettings } from "./resolve-settings.js";

/** A message from the linting thread: `start` a batch, or `wait` for its answers a little longer. */
export type Message =
  | {
      readonly kind: "start";
      readonly references: readonly Reference[];
      readonly settings: ResolveSettings;
      readonly since: number | undefined;
      /** With the first batch: what ESLint lints, where it is more than one file and is known. */
      readonly ahead?: LintRun | undefined;
    }
  | { readonly kind: "wait" };

/** What the thread that reads ahead has found in a file. */
export interface FileLookups {
  readonly references: readonly Reference[];
  readonly settings: ResolveSettings;
}

/** The reply, within {@link TURN}: the answers, or `undefined` while they are not there yet. */
export type Reply = { readonly answers: readonly Answer[]; readonly gaveUp: boolean } | undefined;

/**
 * Milliseconds after which the worker replies in any case. A longer silence means that it is dead.
 */
const TURN = 2_000;

/** The memory that reading ahead may use, in megabytes. Where it is not enough, it ends. */
const MEMORY = { maxOldGenerationSizeMb: 512 };

const require = createRequire(import.meta.url);
const resolver = createResolver();
let batch: Promise<readonly Answer[]> = Promise.resolve([]);

runAsWorker(async (message: Message): Promise<Reply> => {
  if (message.kind === "start") {
    const { references, settings, since, ahead } = message;
    batch = resolver.resolveAll(references, settings, { since });
    if (ahead) lookUpAhead(ahead, since);
  }
  let timer: NodeJS.Timeout | undefined;
  const turn = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, TURN);
  });
  const answers = await Promise.race([batch, turn]);
  clearTimeout(timer);
  return answers && { answers, gaveUp: resolver.gaveUp };
});

/**
 * While ESLint waits for the first file's references, those of the files that it lints next are looked up
 * too, so that they are there when it comes to them. Another thread finds them: to read files would keep this
 * one from its answers. Where that fails, each file waits for its own references, and ESLint says what is
 * wrong.
 */
function lookUpAhead(run: LintRun, since: number | undefined): void {
  try {
    const thread = new Worker(require.resolve("#read-ahead"), {
      workerData: run,
      resourceLimits: MEMORY,
      // What the user's configuration prints, ESLint's own thread has printed.
      stdout: true,
      stderr: true,
    });
    thread.unref();
    thread.stdout.resume();
    thread.stderr.resume();
    thread.on("error", () => undefined);
    thread.on("message", ({ references, settings }: FileLookups) => {
      void resolver.resolveAll(references, settings, { since });
    });
  } catch {
    // No thread could be started: nothing is read ahead.
  }
}
