// The synchronous bridge: rules cannot wait for a promise, so a thread of its own asks while this one stands
// still.
import { createRequire } from "node:module";
import type * as Synckit from "synckit";
import type { Answer, Failure } from "../reference/answer.js";
import type { Reference } from "../reference/reference.js";
import type { ResolveSettings } from "./resolve.js";
import type { Message, Reply } from "./worker.js";

/**
 * Milliseconds in which the worker must say something. It does so every two seconds while it waits for
 * registries, however long they take; so this is how long a machine may be too busy for it, and not how long
 * a lookup may take.
 */
const WORKER_TIMEOUT = 60_000;

const require = createRequire(import.meta.url);

export interface SyncResolver {
  /**
   * Finds out what references point to, and blocks until it is known.
   *
   * @param since milliseconds since the epoch: cached answers since then count whatever `maxAge`
   * @returns one answer for each reference, in their order; never throws: a worker that cannot be used is a
   *   failure of all
   */
  resolveAll(
    references: readonly Reference[],
    settings: ResolveSettings,
    since: number | undefined,
  ): readonly Answer[];
  /** Whether nothing more is looked up: registries were silent for too long, or there is no worker. */
  readonly gaveUp: boolean;
}

/**
 * Makes the bridge. The worker starts at the first call and lives as long as this thread, without keeping it
 * alive.
 *
 * @param workerPath the worker's file, which must be JavaScript; built output by default, also when the
 *   sources run
 * @see the `imports` of package.json, which is the same for `dist/` and for the sources
 */
export function createSyncResolver(workerPath?: string): SyncResolver {
  let call: ((message: Message) => Reply) | undefined;
  let over: "silence" | "worker" | undefined;

  const start = (): ((message: Message) => Reply) => {
    // Loaded here and not above: most runs ask nothing, and need none of it.
    const { createSyncFn } = require("synckit") as typeof Synckit;
    return createSyncFn<(message: Message) => Promise<Reply>>(
      workerPath ?? require.resolve("#resolve-worker"),
      { timeout: WORKER_TIMEOUT },
    );
  };

  return {
    get gaveUp() {
      return over !== undefined;
    },
    resolveAll(references, settings, since) {
      if (over !== undefined) return references.map(() => failed(over));
      try {
        call ??= start();
        const { registries, mirrors, timeout, maxAge, cacheDirectory } = settings;
        const sent = {
          registries,
          mirrors: { ...mirrors },
          timeout,
          maxAge,
          ...(cacheDirectory === undefined ? {} : { cacheDirectory }),
        };
        let reply = call({ kind: "start", references, settings: sent, since });
        while (!reply) reply = call({ kind: "wait" });
        const { answers, gaveUp } = reply;
        if (answers.length !== references.length) throw new Error("no answers");
        if (gaveUp) over = "silence";
        return answers;
      } catch {
        over = "worker";
        return references.map(() => failed("worker"));
      }
    },
  };
}

function failed(why: "silence" | "worker" | undefined): Failure {
  const what =
    why === "silence" ? "registries did not answer for too long" : "the thread that asks registries ended";
  return {
    ok: false,
    reason: "gave-up",
    message: `${what}, so nothing more is looked up in this run; \`container-images pin\` ${why === "silence" ? "waits longer" : "needs no such thread"}`,
  };
}
