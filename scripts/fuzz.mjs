// Tries random input on what reads untrusted text, for a time: `npm run fuzz -- [--seconds N] [--seed N]`.
// What it finds is printed with its seed; make a test of it. `scripts/fuzz/` has the properties.
import { parseArgs } from "node:util";
import fc from "fast-check";
import { properties } from "./fuzz/properties.mjs";

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "60" }, seed: { type: "string" } },
});
const all = Object.entries(await properties());
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const end = performance.now() + Number(values.seconds) * 1000;
const runs = new Map(all.map(([name]) => [name, 0]));
let failed = 0;
// In turns of a second, so that a short time reaches all of them.
for (let turn = 0; performance.now() < end; turn++) {
  for (const [name, property] of all) {
    const result = await fc.check(property, {
      seed: seed + turn,
      numRuns: 1_000_000,
      interruptAfterTimeLimit: 1000,
      markInterruptAsFailure: false,
    });
    runs.set(name, runs.get(name) + result.numRuns);
    if (!result.failed || result.interrupted) continue;
    failed += 1;
    const input = JSON.stringify(result.counterexample);
    process.stdout.write(
      `${name}: seed ${String(seed + turn)}, path ${result.counterexamplePath}: ${input}\n`,
    );
    process.stdout.write(`  ${String(result.errorInstance?.stack ?? result.errorInstance).slice(0, 600)}\n`);
  }
  if (failed > 0) break;
}
for (const [name, count] of runs) process.stdout.write(`${name}: ${String(count)} inputs\n`);
process.exitCode = failed > 0 ? 1 : 0;
