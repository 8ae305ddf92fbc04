// What linting costs: our `recommended` beside the least that linting YAML with ESLint takes, and beside another plugin's rules.
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ESLINTS, inProject, median, print, root, timed } from "./measure.mjs";
import { valuesFile } from "./texts.mjs";

/** Interleaved, so that what else the machine does falls on both. */
const RUNS = 11;
/** A tree of real recipes that stands beside the repository on the machines of its developers. */
const CORPUS = join(root, "../shared/corpus/aicr/recipes");
const WARM = fileURLToPath(new URL("warm.mjs", import.meta.url));

const CONFIGS = {
  ours: `import containerImages from "eslint-plugin-container-images";
export default containerImages.configs.recommended;
`,
  bare: `import yml from "eslint-plugin-yml";
export default [{ files: ["**/*.yaml", "**/*.yml"], plugins: { yml }, language: "yml/yaml" }];
`,
  // What templates are to these rules is not the question here: both sides leave them out.
  ymlAndOurs: `import yml from "eslint-plugin-yml";
import containerImages from "eslint-plugin-container-images";
export default [...yml.configs.standard, ...containerImages.configs.recommended, { ignores: ["**/manifests/**"] }];
`,
  yml: `import yml from "eslint-plugin-yml";
export default [...yml.configs.standard, { ignores: ["**/manifests/**"] }];
`,
};

const big = valuesFile(1_000_000, true);
const dense = valuesFile(1_000_000, false);

/** What is linted, beside which configuration of others, and what share of its time ours may take. */
const ROWS = [
  { name: "corpus, whole process", folder: "corpus", pair: ["ours", "bare"], target: 0.55 },
  { name: "1 MB of values, half comments, whole process", folder: "big", pair: ["ours", "bare"], target: 0.42 },
  { name: "1 MB of values, no comments, whole process", folder: "dense", pair: ["ours", "bare"], target: 0.28 },
  { name: "corpus, warm", folder: "corpus", pair: ["ours", "bare"], warm: true, target: 0.2 },
  { name: "half comments, warm", folder: "big", pair: ["ours", "bare"], warm: true, target: 0.2 },
  { name: "no comments, warm", folder: "dense", pair: ["ours", "bare"], warm: true, target: 0.2 },
  { name: "corpus, with yml's standard rules on both sides", folder: "corpus", pair: ["ymlAndOurs", "yml"], target: 1.2 },
  { name: "half comments, the same", folder: "big", pair: ["ymlAndOurs", "yml"], target: 1.2, runs: 5 },
  { name: "no comments, the same", folder: "dense", pair: ["ymlAndOurs", "yml"], target: 1.2, runs: 5 },
];

export async function offline(only = "") {
  const tree = existsSync(CORPUS) ? CORPUS : join(root, "examples/recipes");
  console.log(`The corpus is ${tree === CORPUS ? "a tree of real recipes" : "examples/recipes (the real one is not there)"}; medians of ${String(RUNS)} interleaved runs.\n`);
  const rows = [["", "ESLint", "recommended", "beside", "ratio", "reach"]];
  await inProject(async (project) => {
    cpSync(tree, join(project, "corpus"), { recursive: true });
    for (const [name, text] of Object.entries({ big, dense })) {
      mkdirSync(join(project, name));
      writeFileSync(join(project, name, "values.yaml"), text);
    }
    for (const [name, text] of Object.entries(CONFIGS)) writeFileSync(join(project, `${name}.config.js`), text);
    for (const row of ROWS.filter(({ name }) => name.includes(only))) {
      for (const [version, eslint] of Object.entries(ESLINTS)) {
        const [ours, theirs] = await compare(project, eslint, row);
        rows.push([row.name, version.replace("ESLint ", ""), `${ours.toFixed(0)} ms`, `${theirs.toFixed(0)} ms`, (ours / theirs).toFixed(2), `≤ ${row.target.toFixed(2)}`]);
      }
    }
  });
  print(rows);
}

async function compare(cwd, eslint, { folder, pair, warm = false, runs = RUNS }) {
  const times = pair.map(() => []);
  for (let run = 0; run <= (warm ? 2 : runs); run += 1) {
    for (const [index, name] of pair.entries()) {
      const args = warm ? [WARM, eslint, `${name}.config.js`, folder, String(runs)] : [eslint, "-c", `${name}.config.js`, "-f", "json", folder];
      const { ms, code, output } = await timed(process.execPath, args, { cwd });
      if (code === 2 || (warm && code !== 0)) throw new Error(output);
      // The first run fills the disk's cache.
      if (run > 0) times[index].push(warm ? Number(output) : ms);
    }
  }
  return times.map((each) => median(each));
}
