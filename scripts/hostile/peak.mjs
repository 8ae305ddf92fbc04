// Preloaded into a measured process: at its end it writes to the file PEAK_FILE the most memory that the
// process had, in KiB, and the milliseconds of CPU that it took.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(process.env.PEAK_FILE, `${String(maxRSS)} ${String((userCPUTime + systemCPUTime) / 1000)}`);
});
