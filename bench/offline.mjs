// What linting costs: our `recommended` against the least that linting YAML with ESLint takes.
import { cpSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ESLINTS, inProject, median, print, root, timed } from "./measure.mjs";

/** Interleaved, so that what else the machine does falls on both. */
const RUNS = 11;
/** A tree of real recipes that stands beside the repository on the machines of its developers. */
const CORPUS = join(root, "../shared/corpus/aicr/recipes");

const CONFIGS = {
  ours: `import containerImages from "eslint-plugin-container-images";
export default containerImages.configs.recommended;
`,
  bare: `import yml from "eslint-plugin-yml";
export default [{ files: ["**/*.yaml", "**/*.yml"], plugins: { yml }, language: "yml/yaml" }];
`,
};

export async function offline() {
  const tree = existsSync(CORPUS) ? CORPUS : join(root, "examples/recipes");
  console.log(`On ${tree === CORPUS ? "the corpus" : "examples/recipes (the corpus is not there)"}, median of ${String(RUNS)} interleaved runs:\n`);
  const rows = [["", "recommended", "yml/yaml alone", "ratio"]];
  await inProject(async (folder) => {
    cpSync(tree, join(folder, "recipes"), { recursive: true });
    for (const [name, text] of Object.entries(CONFIGS)) writeFileSync(join(folder, `${name}.config.js`), text);
    for (const [version, eslint] of Object.entries(ESLINTS)) {
      const times = { ours: [], bare: [] };
      for (let run = 0; run <= RUNS; run += 1) {
        for (const name of Object.keys(CONFIGS)) {
          const { ms, code, output } = await timed(process.execPath, [eslint, "-c", `${name}.config.js`, "-f", "json", "recipes"], { cwd: folder });
          if (code === 2) throw new Error(output);
          // The first run fills the disk's cache.
          if (run > 0) times[name].push(ms);
        }
      }
      const [ours, bare] = [median(times.ours), median(times.bare)];
      rows.push([version, `${ours.toFixed(0)} ms`, `${bare.toFixed(0)} ms`, (ours / bare).toFixed(2)]);
    }
  });
  print(rows);
}
