// Measures linting: our `recommended` against ESLint with a YAML language and no rules, and together with
// another plugin's rules.
import { fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ESLINTS, inProject, median, print, root, timed } from "./measure.mjs";
import { valuesFile } from "./texts.mjs";

/** How often each side runs, in turn, so that other load on the machine affects both. */
const RUNS = 11;
/**
 * After how many rounds a process is warm: V8 has compiled the code, and another round is not faster. Of
 * sixty rounds that were measured, `yml/yaml` needed 4 to 8. Ours needed about 20 on a tree of many small
 * files, and about 14 on a large file, where one round runs each function thousands of times.
 */
const WARM_UP = { corpus: 24, big: 16, dense: 16 };
/** A tree of real recipes, which developers may have beside the repository. */
const CORPUS = join(root, "../shared/corpus/aicr/recipes");
const WARM = fileURLToPath(new URL("warm.mjs", import.meta.url));

const CONFIGS = {
  ours: `import containerImages from "eslint-plugin-container-images";
export default containerImages.configs.recommended;
`,
  bare: `import yml from "eslint-plugin-yml";
export default [{ files: ["**/*.yaml", "**/*.yml"], plugins: { yml }, language: "yml/yaml" }];
`,
  ymlAndOurs: `import yml from "eslint-plugin-yml";
import containerImages from "eslint-plugin-container-images";
export default [...yml.configs.standard, ...containerImages.configs.recommended];
`,
  yml: `import yml from "eslint-plugin-yml";
export default yml.configs.standard;
`,
};
/** Leaves `manifests/` out: for eslint-plugin-yml, each template there is only a parsing error. */
const NO_MANIFESTS = ["--ignore-pattern", "**/manifests/**"];

const big = valuesFile(1_000_000, true);
const dense = valuesFile(1_000_000, false);

/** What is linted, the two configurations, and the ratio of their times that ours must reach. */
const ROWS = [
  { name: "corpus, whole process", folder: "corpus", pair: ["ours", "bare"], target: 0.55 },
  {
    name: "1 MB of values, half comments, whole process",
    folder: "big",
    pair: ["ours", "bare"],
    target: 0.42,
    runs: 7,
  },
  {
    name: "1 MB of values, no comments, whole process",
    folder: "dense",
    pair: ["ours", "bare"],
    target: 0.28,
    runs: 7,
  },
  { name: "corpus, warm", folder: "corpus", pair: ["ours", "bare"], warm: true, target: 0.2 },
  { name: "half comments, warm", folder: "big", pair: ["ours", "bare"], warm: true, target: 0.2, runs: 5 },
  { name: "no comments, warm", folder: "dense", pair: ["ours", "bare"], warm: true, target: 0.2, runs: 5 },
  {
    name: "corpus, with yml's standard rules on both sides",
    folder: "corpus",
    pair: ["ymlAndOurs", "yml"],
    target: 1.2,
    runs: 5,
  },
  {
    name: "corpus without its manifests/, the same",
    folder: "corpus",
    args: NO_MANIFESTS,
    pair: ["ymlAndOurs", "yml"],
    target: 1.2,
    runs: 7,
  },
  { name: "half comments, the same", folder: "big", pair: ["ymlAndOurs", "yml"], target: 1.2, runs: 3 },
  { name: "no comments, the same", folder: "dense", pair: ["ymlAndOurs", "yml"], target: 1.2, runs: 3 },
];

export async function offline(only = "") {
  const tree = existsSync(CORPUS) ? CORPUS : join(root, "examples/recipes");
  console.log(
    "The corpus is " +
      `${tree === CORPUS ? "a tree of real recipes" : "examples/recipes (the real one is not there)"}; ` +
      `medians of interleaved runs: ${String(RUNS)}, fewer where one takes seconds.`,
  );
  console.log(
    `Warm: the same files again in one process, ${Object.entries(WARM_UP)
      .map(([folder, rounds]) => `${folder} after ${String(rounds)} rounds`)
      .join(", ")} that are not counted.\n`,
  );
  const rows = [["", "ESLint", "recommended", "beside", "ratio", "reach"]];
  await inProject(async (project) => {
    cpSync(tree, join(project, "corpus"), { recursive: true });
    for (const [name, text] of Object.entries({ big, dense })) {
      mkdirSync(join(project, name));
      writeFileSync(join(project, name, "values.yaml"), text);
    }
    for (const [name, text] of Object.entries(CONFIGS))
      writeFileSync(join(project, `${name}.config.js`), text);
    for (const row of ROWS.filter(({ name }) => name.includes(only))) {
      for (const [version, eslint] of Object.entries(ESLINTS)) {
        const [ours, theirs] = await (row.warm ? compareWarm : compare)(project, eslint, row);
        rows.push([
          row.name,
          version.replace("ESLint ", ""),
          `${ours.toFixed(0)} ms`,
          `${theirs.toFixed(0)} ms`,
          (ours / theirs).toFixed(2),
          `≤ ${row.target.toFixed(2)}`,
        ]);
      }
    }
  });
  print(rows);
}

async function compare(cwd, eslint, { folder, pair, args = [], runs = RUNS }) {
  const times = pair.map(() => []);
  for (let run = 0; run <= runs; run += 1) {
    for (const [index, name] of pair.entries()) {
      const { ms, code, output } = await timed(
        process.execPath,
        [eslint, "-c", `${name}.config.js`, ...args, "-f", "json", folder],
        { cwd },
      );
      if (code === 2) throw new Error(output);
      // The first run fills the disk's cache.
      if (run > 0) times[index].push(ms);
    }
  }
  return times.map((each) => median(each));
}

/** Two processes that lint in turn, round for round. */
async function compareWarm(cwd, eslint, { folder, pair, runs = RUNS }) {
  const sides = pair.map((name) => {
    const child = fork(WARM, [eslint, `${name}.config.js`, folder], { cwd });
    const ended = once(child, "exit").then(([code]) =>
      Promise.reject(new Error(`ended with ${String(code)}`)),
    );
    // It must not be an unhandled rejection when nothing waits for an answer.
    ended.catch(() => undefined);
    return { child, answer: async () => (await Promise.race([once(child, "message"), ended]))[0], times: [] };
  });
  try {
    for (const { answer } of sides) await answer();
    for (let round = 0; round < WARM_UP[folder] + runs; round += 1) {
      for (const { child, answer, times } of sides) {
        child.send("lint");
        const ms = await answer();
        if (round >= WARM_UP[folder]) times.push(ms);
      }
    }
  } finally {
    for (const { child } of sides) child.kill();
  }
  return sides.map(({ times }) => median(times));
}
