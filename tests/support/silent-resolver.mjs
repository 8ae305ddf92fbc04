// A name server that never answers: it notes each question in a file, and ends with the process that started
// it.
import { createSocket } from "node:dgram";
import { appendFileSync } from "node:fs";

const parent = process.ppid;
createSocket("udp4")
  .on("message", () => appendFileSync(process.argv[2], "asked\n"))
  .bind(53, "127.0.0.1");
setInterval(() => {
  if (process.ppid !== parent) process.exit();
}, 100);
