// Compares what other plugins' rules say under container-images/yaml with what they say under yml/yaml, on
// real files, and prints docs/measurements/language.md.
//
// npm run build && node scripts/parity.mjs owner/name@COMMIT=FOLDER … > docs/measurements/language.md
//
// Exit code 1 where anything differs.
import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { Linter as Linter10 } from "eslint";
import yml from "eslint-plugin-yml";
import containerImages from "../dist/lib/index.js";
import { read } from "../build/lib/yaml/read.js";

const { Linter: Linter9 } = createRequire(import.meta.url)("eslint9");
const FILES = 1000;
/** Larger files make yaml-eslint-parser take minutes. */
const LENGTH = 100_000;

const TYPES = [
  "YAMLDocument",
  "YAMLMapping",
  "YAMLPair",
  "YAMLScalar",
  "YAMLSequence",
  "YAMLWithMeta",
  "YAMLAlias",
  "YAMLAnchor",
  "YAMLTag",
  "YAMLDirective",
];
const SELECTORS = [
  ...TYPES,
  ...TYPES.map((type) => `${type}:exit`),
  "*",
  "Program",
  'YAMLPair[key.value="image"] > YAMLScalar.value',
  "YAMLPair > *",
  "YAMLDocument:has(YAMLPair)",
  "[style='single-quoted']",
  "YAMLMapping > YAMLPair:nth-child(2)",
];

/** Every rule of eslint-plugin-yml that runs without options. */
const ALL = Object.fromEntries(
  Object.keys(yml.rules)
    .filter((name) => !["sort-sequence-values", "file-extension"].includes(name))
    .map((name) => [`yml/${name}`, "error"]),
);
const SETS = [
  ...["recommended", "standard", "prettier"].map((name) => [
    `yml's ${name}`,
    Object.assign({}, ...yml.configs[name].map((config) => config.rules ?? {})),
  ]),
  ["every rule of yml", ALL],
  ...SELECTORS.map((selector) => [`\`${selector}\``, { "no-restricted-syntax": ["error", selector] }]),
];
const HEAD = `# The language: other plugins' rules compared

The same rules and selectors were run on the same files under \`container-images/yaml\` and \`yml/yaml\`. A
file differs where one message, its place, its fix or the order of the messages does.
[The language](../language.md) says how it works. This page is the output of \`scripts/parity.mjs\`; the head
of that file says how to run it.
`;

const repositories = process.argv.slice(2).map((argument) => {
  const [, name, commit, folder] = /^([^=@]+)@([0-9a-f]{7,40})=(.+)$/.exec(argument) ?? [];
  if (!folder) throw new Error(`not owner/name@COMMIT=FOLDER: ${argument}`);
  return { name, commit, folder };
});
if (repositories.length === 0) {
  process.stderr.write("usage: node scripts/parity.mjs owner/name@COMMIT=FOLDER …\n");
  process.exit(2);
}

const texts = sample(
  repositories.flatMap(({ folder }) => [...plainTexts(folder)]),
  FILES,
);
const rows = [];
for (const [set, rules] of SETS) {
  const row = { set, messages: 0, different: 0 };
  for (const [index, text] of texts.entries()) {
    // In turn, because the two versions walk the tree in different ways.
    const Linter = index % 2 === 0 ? Linter10 : Linter9;
    const theirs = messages(Linter, text, rules, "yml/yaml");
    row.messages += theirs.length;
    if (!same(messages(Linter, text, rules, "container-images/yaml"), theirs)) row.different += 1;
  }
  rows.push(row);
  process.stderr.write(`${set}: ${String(row.messages)} messages, ${String(row.different)} files differ\n`);
}
process.stdout.write(page());
process.exitCode = rows.some(({ different }) => different > 0) ? 1 : 0;

function* plainTexts(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).sort((one, other) =>
    join(one.parentPath, one.name) < join(other.parentPath, other.name) ? -1 : 1,
  )) {
    if (!entry.isFile() || !/\.ya?ml$/.test(entry.name)) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), "utf8").replace(/^\uFEFF/, "");
    if (text.length <= LENGTH && !read(text).template && isYaml(text)) yield text;
  }
}

function isYaml(text) {
  return !messages(Linter10, text, {}, "yml/yaml").some((message) => message.includes("Parsing error"));
}

function sample(all, count) {
  const step = Math.max(all.length / count, 1);
  return Array.from({ length: Math.min(count, all.length) }, (_, index) => all[Math.floor(index * step)]);
}

/** The messages of a lint, with their fixes. */
function messages(Linter, text, rules, language) {
  const config = {
    files: ["**/*.yaml"],
    plugins: { yml, "container-images": containerImages },
    language,
    rules,
    linterOptions: { reportUnusedDisableDirectives: "off" },
  };
  return new Linter().verify(text, [config], "file.yaml").map((message) => JSON.stringify(message));
}

function same(one, other) {
  return one.length === other.length && one.every((message, index) => message === other[index]);
}

function page() {
  const names = repositories.map(({ name, commit }) => `${name} (\`${commit.slice(0, 12)}\`)`).join(", ");
  const lines = rows.map(
    ({ set, messages: count, different }) => `| ${set} | ${String(count)} | ${String(different)} |`,
  );
  return `${HEAD}
${String(texts.length)} plain YAML files of ${names}, evenly spread; ESLint 10 and 9.39 in turn.

| rules, or \`no-restricted-syntax\` with | messages | files in which they differ |
|---|---:|---:|
${lines.join("\n")}
`;
}
