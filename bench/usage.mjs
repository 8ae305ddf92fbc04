// Preloaded into a measured process: writes its CPU time and its peak memory to a file when it ends.
import { writeFileSync } from "node:fs";

const { CONTAINER_IMAGES_BENCH_USAGE: file } = process.env;

process.on("exit", () => {
  const { userCPUTime, maxRSS } = process.resourceUsage();
  if (file) writeFileSync(file, JSON.stringify({ user: userCPUTime / 1000, memory: maxRSS / 1024 }));
});
