// Preloaded into a measured process: at its end it writes the most memory that the process had, in KiB, to
// the file PEAK_FILE.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS));
});
