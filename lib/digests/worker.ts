// The thread that asks registries while the linting thread is blocked.
import { runAsWorker } from "synckit";
import type { Answer } from "../reference/answer.js";
import type { Reference } from "../reference/reference.js";
import { createResolver } from "./resolve.js";
import type { ResolveSettings } from "./resolve-settings.js";

/** A message from the linting thread: `start` a batch, or `wait` for its answers a little longer. */
export type Message =
  | {
      readonly kind: "start";
      readonly references: readonly Reference[];
      readonly settings: ResolveSettings;
      readonly since: number | undefined;
    }
  | { readonly kind: "wait" };

/** The reply, within {@link TURN}: the answers, or `undefined` while they are not there yet. */
export type Reply = { readonly answers: readonly Answer[]; readonly gaveUp: boolean } | undefined;

/**
 * Milliseconds after which the worker replies in any case. A longer silence means that it is dead.
 */
const TURN = 2_000;

const resolver = createResolver();
let batch: Promise<readonly Answer[]> = Promise.resolve([]);

runAsWorker(async (message: Message): Promise<Reply> => {
  if (message.kind === "start")
    batch = resolver.resolveAll(message.references, message.settings, { since: message.since });
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
