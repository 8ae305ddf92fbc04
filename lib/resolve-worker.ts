// The thread that asks registries while the linting thread is blocked; the command finds what it reads ahead.
import { answerThread } from "./digests/worker.js";

answerThread(async function* (run) {
  // Only a run with several files needs it.
  const { unpinnedIn } = await import("./cli/read-ahead.js");
  yield* unpinnedIn(run);
});
