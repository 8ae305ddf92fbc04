// What the thread does that asks registries while the linting thread is blocked.
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

/** The reply, within {@link TURN}: the answers, or `undefined` while they are not there yet. */
export type Reply = { readonly answers: readonly Answer[]; readonly gaveUp: boolean } | undefined;

/**
 * Milliseconds after which the worker replies in any case. A longer silence means that it is dead.
 */
const TURN = 2_000;

/** Finds what a run of ESLint will ask for, file by file. */
export type ReadAhead = (run: LintRun) => AsyncIterable<{
  readonly references: readonly Reference[];
  readonly settings: ResolveSettings;
}>;

/**
 * Answers the linting thread. While that waits for the first file's references, those of the files that it
 * will lint next are looked up too, so that they are there when it comes to them.
 *
 * @param readAhead where it fails, nothing is read ahead, and each file waits for its own references
 */
export function answerThread(readAhead: ReadAhead): void {
  const resolver = createResolver();
  let batch: Promise<readonly Answer[]> = Promise.resolve([]);

  const lookUpAhead = async (run: LintRun, since: number | undefined): Promise<void> => {
    try {
      for await (const { references, settings } of readAhead(run))
        void resolver.resolveAll(references, settings, { since });
    } catch {
      // ESLint says what is wrong when it comes to it.
    }
  };

  runAsWorker(async (message: Message): Promise<Reply> => {
    if (message.kind === "start") {
      const { references, settings, since, ahead } = message;
      batch = resolver.resolveAll(references, settings, { since });
      if (ahead) void lookUpAhead(ahead, since);
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
}
