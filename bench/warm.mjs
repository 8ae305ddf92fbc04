// Lints a folder many times in one process, as an editor's server does: prints the median of the later times, in milliseconds.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { median } from "./measure.mjs";

const [eslint, config, folder, runs] = process.argv.slice(2);
const { Linter } = createRequire(eslint)("../lib/api.js");
const { default: configs } = await import(pathToFileURL(resolve(config)).href);
const linter = new Linter({ cwd: process.cwd() });
const files = readdirSync(folder, { recursive: true })
  .filter((name) => /\.ya?ml$/.test(name))
  .map((name) => ({ filename: join(folder, name), text: readFileSync(join(folder, name), "utf8") }));
const times = [];
for (let run = 0; run < Number(runs); run += 1) {
  const start = performance.now();
  for (const { filename, text } of files) linter.verify(text, configs, { filename: resolve(filename) });
  times.push(performance.now() - start);
}
console.log(median(times.slice(2)));
