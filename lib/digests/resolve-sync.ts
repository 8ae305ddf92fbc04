// Looks up references synchronously: a rule cannot wait for a promise, so another thread asks while this one
// blocks.
import { createRequire } from "node:module";
import type * as Synckit from "synckit";
import type { Answer, Failure } from "../reference/answer.js";
import type { Reference } from "../reference/reference.js";
import type { LintRun } from "./lint-run.js";
import { settingsToSend, type ResolveSettings } from "./resolve-settings.js";
import type { Message, Reply } from "./worker.js";

/**
 * Milliseconds within which the worker must reply. It replies every two seconds, however long the registries
 * take: this limits how long the machine may be too busy, and not how long a lookup may take.
 */
const WORKER_TIMEOUT = 60_000;

const require = createRequire(import.meta.url);

export interface SyncResolver {
  /**
   * Finds out what references point to, and blocks until the answers are there.
   *
   * @param since milliseconds since the epoch: cached answers that are newer count whatever `maxAge` says
   * @returns one answer for each reference, in their order; never throws: if the worker cannot be used, all
   *   of them are failures
   */
  resolveAll(
    references: readonly Reference[],
    settings: ResolveSettings,
    since: number | undefined,
  ): readonly Answer[];
  /** Whether nothing more is looked up, because registries were silent for too long or there is no worker. */
  readonly gaveUp: boolean;
}

/**
 * Makes the resolver. Its worker starts with the first call. It lives as long as this thread and does not
 * keep it alive.
 *
 * @param workerPath the worker's file, which must be JavaScript; built output by default, also when the
 *   sources run
 * @param ahead what this run lints, whose other files the worker may look into while this thread waits
 * @see `imports` in package.json, which holds for `dist/` and for the sources
 */
export function createSyncResolver(workerPath?: string, ahead?: LintRun): SyncResolver {
  let call: ((message: Message) => Reply) | undefined;
  let over: "silence" | "worker" | undefined;

  const start = (): ((message: Message) => Reply) => {
    // Loaded here and not above, because most runs ask nothing.
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
        const isFirst = call === undefined;
        call ??= start();
        let reply = call({
          kind: "start",
          references,
          settings: settingsToSend(settings),
          since,
          ...(isFirst ? { ahead } : {}),
        });
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
  const [what, advice] =
    why === "silence"
      ? ["registries did not answer for too long", "waits longer"]
      : ["the thread that asks registries ended", "needs no such thread"];
  return {
    ok: false,
    reason: "gave-up",
    message:
      `${what}, so nothing more is looked up in this run; ` +
      `\`npx eslint-plugin-container-images pin\` ${advice}`,
  };
}
