// Measures linting: our `recommended` against ESLint with a YAML language and no rules, and together with
// another plugin's rules.
import { fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ESLINTS, inProject, median, print, root, used } from "./measure.mjs";
import { writeSmallFiles } from "./small-files.mjs";
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
  // What ESLint itself costs: a language that reads nothing.
  empty: `const at = { line: 1, column: 0 };
const yaml = {
  fileType: "text", lineStart: 1, columnStart: 0, nodeTypeKey: "type",
  validateLanguageOptions() {},
  parse: () => ({ ok: true, ast: { type: "Program" } }),
  createSourceCode: ({ body }) => ({
    text: body, ast: { type: "Program" }, visitorKeys: {}, traverse: () => [],
    getLoc: () => ({ start: at, end: at }), getRange: () => [0, 0],
  }),
};
export default [
  { files: ["**/*.yaml", "**/*.yml"], plugins: { empty: { languages: { yaml } } }, language: "empty/yaml" },
];
`,
};
/** Leaves `manifests/` out: for eslint-plugin-yml, each template there is only a parsing error. */
const NO_MANIFESTS = ["--ignore-pattern", "**/manifests/**"];

const big = valuesFile(1_000_000, true);
const dense = valuesFile(1_000_000, false);

/** The trees of small files: their folders, and how many files they have. */
const SMALL = { small: 2_000, ten: 10_000, hundred: 100_000 };

/**
 * What is linted, the two configurations, and the ratio of their times (or of what else `measure` says) that
 * ours must reach.
 */
const ROWS = [
  {
    name: "2,000 small files, whole process",
    folder: "small",
    pair: ["ours", "bare"],
    target: 0.65,
    runs: 7,
  },
  {
    name: "2,000 small files, user CPU, beside an empty language",
    folder: "small",
    pair: ["ours", "empty"],
    measure: "user",
    target: 1.9,
    runs: 7,
  },
  {
    name: "10,000 small files, peak memory",
    folder: "ten",
    pair: ["ours", "bare"],
    measure: "memory",
    target: 1.1,
    runs: 3,
  },
  {
    name: "100,000 small files, whole process",
    folder: "hundred",
    pair: ["ours", "bare"],
    target: 0.65,
    runs: 1,
    onlyNamed: true,
  },
  {
    name: "100,000 small files, peak memory",
    folder: "hundred",
    pair: ["ours", "bare"],
    measure: "memory",
    target: 1.1,
    runs: 1,
    onlyNamed: true,
  },
  { name: "corpus, whole process", folder: "corpus", pair: ["ours", "bare"], target: 0.45 },
  {
    name: "1 MB of values, half comments, whole process",
    folder: "big",
    pair: ["ours", "bare"],
    target: 0.38,
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
    target: 1.1,
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
    // The largest trees take minutes: they are measured only where they are asked for.
    const chosen = ROWS.filter(({ name, onlyNamed }) => name.includes(only) && !(onlyNamed && only === ""));
    for (const [name, count] of Object.entries(SMALL))
      if (chosen.some(({ folder }) => folder === name)) writeSmallFiles(join(project, name), count);
    for (const row of chosen) {
      for (const [version, eslint] of Object.entries(ESLINTS)) {
        const [ours, theirs] = await (row.warm ? compareWarm : compare)(project, eslint, row);
        rows.push([
          row.name,
          version.replace("ESLint ", ""),
          `${ours.toFixed(0)} ${row.measure === "memory" ? "MiB" : "ms"}`,
          `${theirs.toFixed(0)} ${row.measure === "memory" ? "MiB" : "ms"}`,
          (ours / theirs).toFixed(2),
          `≤ ${row.target.toFixed(2)}`,
        ]);
      }
    }
  });
  print(rows);
}

async function compare(cwd, eslint, { folder, pair, args = [], runs = RUNS, measure = "ms" }) {
  const times = pair.map(() => []);
  for (let run = 0; run <= runs; run += 1) {
    for (const [index, name] of pair.entries()) {
      const ran = await used(eslint, ["-c", `${name}.config.js`, ...args, "-f", "json", folder], { cwd });
      if (ran.code === 2) throw new Error(ran.output);
      // The first run fills the disk's cache.
      if (run > 0) times[index].push(ran[measure]);
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
