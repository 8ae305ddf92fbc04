// The thread that asks registries for an editor. It starts with the first question and is kept from then on.
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import type { Answer } from "../reference/answer.js";
import type { Reference } from "../reference/reference.js";
import type { PendingLookup } from "./key.js";
import { settingsToSend, type ResolveSettings } from "./resolve-settings.js";

/** A message to the thread: questions, each with a number that its answer repeats. */
export interface Questions {
  readonly settings: ResolveSettings;
  readonly asked: readonly { readonly number: number; readonly reference: Reference }[];
}

/** A message from the thread: the answer to one question. */
export interface Told {
  readonly number: number;
  readonly answer: Answer;
}

export interface LookupThread {
  /**
   * Asks, and returns at once.
   *
   * @param onAnswer called once for each lookup, in any order, and never before this call returns
   */
  ask(
    lookups: readonly PendingLookup[],
    settings: ResolveSettings,
    onAnswer: (lookup: PendingLookup, answer: Answer) => void,
  ): void;
}

/** The memory that the thread may use, in megabytes. It holds a few answers of at most 4 MiB, briefly. */
const MEMORY = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16, stackSizeMb: 2 };

const require = createRequire(import.meta.url);

/**
 * Makes the thread, which starts with the first question. It does not keep the process alive. If it ends, all
 * open questions fail, and the next question starts another thread.
 *
 * @param path the thread's file, which must be JavaScript; built output by default, also when the sources run
 */
export function createLookupThread(path?: string): LookupThread {
  const waiting = new Map<number, (answer: Answer) => void>();
  let worker: Worker | undefined;
  let count = 0;

  const onEnd = (): void => {
    worker = undefined;
    const all = [...waiting.values()];
    waiting.clear();
    for (const tell of all)
      tell({ ok: false, reason: "gave-up", message: "the thread that asks registries ended" });
  };

  const start = (): Worker => {
    // Without the flags of the process: a debugger's port, or a loader that only the main thread needs.
    const started = new Worker(path ?? require.resolve("#background-worker"), {
      execArgv: [],
      resourceLimits: MEMORY,
    });
    started.on("message", ({ number, answer }: Told) => {
      const tell = waiting.get(number);
      waiting.delete(number);
      tell?.(answer);
    });
    // After an error comes the exit, which fails all open questions.
    started.on("error", () => undefined);
    started.once("exit", onEnd);
    // The last step: to listen for messages keeps the process alive again.
    started.unref();
    return started;
  };

  return {
    ask(lookups, settings, onAnswer) {
      const asked = lookups.map((each) => {
        const number = count++;
        waiting.set(number, (answer) => {
          onAnswer(each, answer);
        });
        return { number, reference: each.reference };
      });
      try {
        worker ??= start();
        worker.postMessage({ settings: settingsToSend(settings), asked } satisfies Questions);
      } catch {
        setImmediate(onEnd);
      }
    },
  };
}
