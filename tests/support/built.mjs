// The process of built.ts: reads what to run from standard input, prints the answers, and ends by itself.
import { Worker } from "node:worker_threads";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { createLookup } from "../../build/lib/digests/lookup.js";
import { createResolver } from "../../build/lib/digests/resolve.js";
import { parseReference } from "../../build/lib/reference/reference.js";
import { readSettings } from "../../build/lib/settings/read.js";

let threads = 0;
const workers = createRequire(import.meta.url)("node:worker_threads");
workers.Worker = class extends Worker {
  constructor(...options) {
    super(...options);
    threads += 1;
  }
};
syncBuiltinESMExports();

let text = "";
for await (const chunk of process.stdin) text += chunk;
const { way, calls, settings: written } = JSON.parse(text);
const { settings } = readSettings({ "container-images": written });
const resolver = way === "resolver" ? createResolver() : undefined;
const lookup = createLookup();
const answers = [];
for (const references of calls) {
  const parsed = references.map((reference) => parseReference(reference).reference);
  answers.push(resolver ? await resolver.resolveAll(parsed, settings) : lookup(parsed, settings));
}
process.stdout.write(JSON.stringify({ answers, threads }));
