// Preloaded into a process with `--expose-gc`: at SIGUSR2 it appends the bytes of its live heap to the file
// WATCH_MEMORY.
import { appendFileSync } from "node:fs";

process.on("SIGUSR2", () => {
  globalThis.gc();
  appendFileSync(process.env.WATCH_MEMORY, `${String(process.memoryUsage().heapUsed)}\n`);
});
