// The other end of the synchronous bridge: a thread that asks registries while the one that lints waits.
import { runAsWorker } from "synckit";
import type { Answer } from "../reference/answer.js";
import type { Reference } from "../reference/reference.js";
import { createResolver, type ResolveSettings } from "./resolve.js";

/** What the linting thread says: `start` a batch, or `wait` for it some more. */
export type Message =
  | {
      readonly kind: "start";
      readonly references: readonly Reference[];
      readonly settings: ResolveSettings;
      readonly since: number | undefined;
    }
  | { readonly kind: "wait" };

/** What it hears within {@link TURN}: the answers, or that they are still to come. */
export type Reply = { readonly answers: readonly Answer[]; readonly gaveUp: boolean } | undefined;

/**
 * Milliseconds after which the worker answers in any case, so that silence for longer means that it is dead.
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
