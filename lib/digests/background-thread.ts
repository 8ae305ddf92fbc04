// The thread that asks registries behind the lint: started when there is something to ask, one for the life
// of the process.
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import type { Answer } from "../reference/answer.js";
import type { Reference } from "../reference/reference.js";
import type { Wanted } from "./key.js";
import type { ResolveSettings } from "./resolve.js";

/** What the thread is told: questions, each with a number that its answer carries. */
export interface Questions {
  readonly settings: ResolveSettings;
  readonly asked: readonly { readonly number: number; readonly reference: Reference }[];
}

export interface Told {
  readonly number: number;
  readonly answer: Answer;
}

export interface Asker {
  /**
   * Asks, and returns at once.
   *
   * @param told called once for each, in any order and never before this call returns
   */
  ask(
    wanted: readonly Wanted[],
    settings: ResolveSettings,
    told: (wanted: Wanted, answer: Answer) => void,
  ): void;
}

/**
 * What the thread may use, in megabytes: it holds some answers of at most 4 MiB at a time, and nothing for
 * long.
 */
const MEMORY = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16, stackSizeMb: 2 };

const require = createRequire(import.meta.url);

/**
 * Makes the thread, not started yet. It keeps no process alive; where it dies, what was asked of it has
 * failed, and the next question starts another.
 *
 * @param path the thread's file, which must be JavaScript; built output by default, also when the sources run
 */
export function createThread(path?: string): Asker {
  const waiting = new Map<number, (answer: Answer) => void>();
  let worker: Worker | undefined;
  let count = 0;

  const over = (): void => {
    worker = undefined;
    const all = [...waiting.values()];
    waiting.clear();
    for (const tell of all)
      tell({ ok: false, reason: "gave-up", message: "the thread that asks registries ended" });
  };

  const start = (): Worker => {
    // Not the flags of the process: a debugger's port, or a loader that only the main thread needs.
    const started = new Worker(path ?? require.resolve("#background-worker"), {
      execArgv: [],
      resourceLimits: MEMORY,
    });
    started.unref();
    started.on("message", ({ number, answer }: Told) => {
      const tell = waiting.get(number);
      waiting.delete(number);
      tell?.(answer);
    });
    // An error is followed by the exit, which tells everyone.
    started.on("error", () => undefined);
    started.once("exit", over);
    return started;
  };

  return {
    ask(wanted, settings, told) {
      const asked = wanted.map((each) => {
        const number = count++;
        waiting.set(number, (answer) => {
          told(each, answer);
        });
        return { number, reference: each.reference };
      });
      const { registries, mirrors, timeout, maxAge, cacheDirectory } = settings;
      const sent = {
        registries,
        mirrors: { ...mirrors },
        timeout,
        maxAge,
        ...(cacheDirectory === undefined ? {} : { cacheDirectory }),
      };
      try {
        worker ??= start();
        worker.postMessage({ settings: sent, asked } satisfies Questions);
      } catch {
        setImmediate(over);
      }
    },
  };
}
