// Preloaded into a process: writes a line to the file in WATCH_OUTSIDE for each socket, name lookup and
// thread.
import { appendFileSync } from "node:fs";
import { createRequire, syncBuiltinESMExports } from "node:module";

const require = createRequire(import.meta.url);
const file = process.env.WATCH_OUTSIDE;
const note = (what) => appendFileSync(file, `${what}\n`);

const net = require("node:net");
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  note("socket");
  return connect.apply(this, args);
};
const dns = require("node:dns");
for (const name of ["lookup", "resolve"]) {
  const original = dns[name];
  dns[name] = (...args) => {
    note("dns");
    return original(...args);
  };
}
const threads = require("node:worker_threads");
threads.Worker = class extends threads.Worker {
  constructor(...args) {
    super(...args);
    note("thread");
  }
};
const processes = require("node:child_process");
for (const name of ["spawn", "fork", "exec", "execFile", "spawnSync", "execSync", "execFileSync"]) {
  const original = processes[name];
  processes[name] = (...args) => {
    note("process");
    return original(...args);
  };
}
syncBuiltinESMExports();
