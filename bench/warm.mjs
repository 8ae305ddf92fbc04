// Lints a folder each time it gets a message, as an editor's server does, and answers with the milliseconds
// that it took. Only `Linter#verify` is measured: configuration, plugin and texts are read before.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";

const [eslint, config, folder] = process.argv.slice(2);
const { Linter } = createRequire(eslint)("../lib/api.js");
const { default: configs } = await import(pathToFileURL(resolve(config)).href);
const linter = new Linter({ cwd: process.cwd() });
const files = readdirSync(folder, { recursive: true })
  .filter((name) => /\.ya?ml$/.test(name))
  .map((name) => ({ filename: join(folder, name), text: readFileSync(join(folder, name), "utf8") }));

process.on("message", () => {
  const start = performance.now();
  for (const { filename, text } of files) linter.verify(text, configs, { filename: resolve(filename) });
  process.send(performance.now() - start);
});
process.send("ready");
