// Imports a file and prints, as JSON, the file URLs of everything that this loaded: `node loaded.mjs FILE`.
import { createRequire, register } from "node:module";
import { resolve as resolvePath } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { MessageChannel } from "node:worker_threads";

const HOOKS = `
let port;
export function initialize(data) { port = data.port; }
export async function load(url, context, next) { port.postMessage(url); return next(url, context); }`;

const { port1, port2 } = new MessageChannel();
const loaded = new Set();
port1.on("message", (url) => loaded.add(url)).unref();
register(`data:text/javascript,${encodeURIComponent(HOOKS)}`, {
  data: { port: port2 },
  transferList: [port2],
});

const require = createRequire(import.meta.url);
await import(pathToFileURL(resolvePath(process.argv[2])).href);
// The thread of the hooks sends in order: when the last module is reported, all others are.
const LAST = "data:text/javascript,";
const reported = new Promise((resolve) => {
  port1.on("message", (url) => {
    if (url === LAST) resolve();
  });
});
port1.ref();
await import(LAST);
await reported;
port1.close();
for (const file of Object.keys(require.cache)) loaded.add(pathToFileURL(file).href);
process.stdout.write(JSON.stringify([...loaded].filter((url) => url.startsWith("file:")).sort()));
