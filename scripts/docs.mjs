// Writes the parts of the docs that come from tables in the code. With `--check`, it only compares.
//
// Each part stands between two comments, `<!-- docs:NAME -->` and `<!-- /docs:NAME -->`. The text around them
// is written by hand. Its links are checked, and the length of its lines.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { CHART_ROWS } from "../build/lib/charts/table.js";
import { IGNORED } from "../build/lib/configs.js";
import { DEPRECATED_REGISTRIES } from "../build/lib/vocabulary/deprecated-registries.js";
import { MAPPING_ROWS, SCALAR_ROWS } from "../build/lib/vocabulary/rows.js";
import { PUBLIC_REGISTRIES } from "../build/lib/registry/hosts.js";
import { SETTING_ROWS } from "../build/lib/settings/table.js";
import { createRules, RULE_ROWS } from "../build/rules/index.js";
import { architecture, roomNames } from "./architecture.mjs";
import { factCount, factRows, tableRows } from "./known-charts.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const check = process.argv.includes("--check");
const rules = createRules({ lookup: () => [], neighbour: () => () => undefined });
const problems = [];
/** The most columns of a line of prose. */
const MAX_LINE = 120;

const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
const code = (text) => `\`${text}\``;
const plain = (text) => text.replaceAll("<", "\\<");
const list = (texts) => texts.map(code).join(", ");

/** The generated part of a rule's page. */
function ruleHeader({ name, recommended, strict }) {
  const { docs, fixable, hasSuggestions } = rules[name].meta;
  const lines = [
    `# container-images/${name}`,
    "",
    `> ${docs.description[0].toUpperCase()}${docs.description.slice(1)}.`,
    "",
    `- Severity: ${code(recommended)} in ${code("recommended")}, ${code(strict)} in ${code("strict")}.`,
  ];
  if (fixable) lines.push("- 🔧 `eslint --fix` fixes what this rule reports, where it can.");
  if (hasSuggestions) lines.push("- 💡 An editor offers suggestions for some of what this rule reports.");
  return lines.join("\n");
}

function ruleTable() {
  const rows = RULE_ROWS.map(({ name, recommended, strict }) => {
    const { docs, fixable, hasSuggestions } = rules[name].meta;
    return [
      `[${name}](docs/rules/${name}.md)`,
      docs.description,
      recommended,
      strict,
      `${fixable ? "🔧" : ""}${hasSuggestions ? "💡" : ""}`,
    ];
  });
  return table(["Rule", "What it asks for", "`recommended`", "`strict`", ""], rows);
}

function settingTable() {
  return table(
    ["Setting", "Type", "Default", "What it does"],
    SETTING_ROWS.map(({ name, type, fallback, description }) => [code(name), type, fallback, description]),
  );
}

/** Where a row of the vocabulary applies, in words. The group `""` is that of resources without a group. */
function where({ documents, group, kinds, path }) {
  const parts = [];
  if (kinds) parts.push(`${kinds.join(", ")}${group ? ` (${group})` : ""}`);
  else if (group) parts.push(`any resource of ${group}`);
  else if (documents) parts.push(documents.join(", "));
  if (path) parts.push(list(path.map((steps) => steps.join(".").replaceAll(".#", "[]"))));
  return parts.length === 0 ? "anywhere" : parts.join(": ");
}

const digestGoes = (digest) => {
  if (digest.to === "tag") return "behind the tag, or in a digest key that is there";
  return digest.to === "none" ? `nowhere: ${digest.message}` : code(digest.key ?? "digest");
};

function shapeTables() {
  const scalars = SCALAR_ROWS.map((row) => [
    row.shape,
    where(row.where),
    code(row.key.source.replaceAll("|", "\\|")),
    plain(row.source),
  ]);
  const mappings = MAPPING_ROWS.map((row) => [
    row.shape,
    where(row.where),
    list(Object.values(row.keys).flat()),
    digestGoes(row.digest),
    plain(row.source),
  ]);
  return [
    "## In one string",
    table(["Shape", "Where", "Key", "Source"], scalars),
    "## In several keys",
    table(["Shape", "Where", "Keys", "Where the digest goes", "Source"], mappings),
  ].join("\n\n");
}

function deprecatedTable() {
  const rows = DEPRECATED_REGISTRIES.map(({ from, exceptTag, what, since, sameAt, remedy, source }) => [
    `${code(from)}${exceptTag === undefined ? "" : `, but for ${code(exceptTag)}`}`,
    `${what} (since ${since})`,
    sameAt === undefined ? remedy : `🔧 ${code(sameAt)}`,
    `<${source}>`,
  ]);
  return table(["Registry", "What happened", "Instead", "Source"], rows);
}

const FACTS = JSON.parse(readFileSync(join(root, "data/charts.json"), "utf8"));
const FACT_HEAD = ["Chart", "Source", "Version", "Images", "Where the digest goes"];
const ROW_HEAD = ["Chart", "Images", "Reference", "Where the digest goes", "Source"];

/** Every generated part: the file, its marker and its text. */
const PARTS = [
  ...RULE_ROWS.map((row) => ({ file: `docs/rules/${row.name}.md`, marker: "rule", text: ruleHeader(row) })),
  { file: "docs/rules/no-deprecated-registry.md", marker: "deprecated", text: deprecatedTable() },
  { file: "README.md", marker: "rules", text: ruleTable() },
  { file: "docs/settings.md", marker: "settings", text: settingTable() },
  { file: "docs/settings.md", marker: "registries", text: list(PUBLIC_REGISTRIES.map((row) => row.domain)) },
  { file: "docs/known-charts.md", marker: "fact-count", text: factCount(FACTS) },
  { file: "docs/known-charts.md", marker: "facts", text: table(FACT_HEAD, factRows(FACTS)) },
  { file: "docs/known-charts.md", marker: "chart-rows", text: table(ROW_HEAD, tableRows(CHART_ROWS)) },
  { file: "docs/architecture.md", marker: "rooms", text: architecture() },
  { file: "docs/files.md", marker: "ignored", text: list(IGNORED) },
  { file: "docs/shapes.md", marker: "shapes", text: shapeTables() },
];

function write({ file, marker, text }) {
  const path = join(root, file);
  const [open, close] = [`<!-- docs:${marker} -->`, `<!-- /docs:${marker} -->`];
  const before = existsSync(path) ? readFileSync(path, "utf8") : "";
  const [start, end] = [before.indexOf(open), before.indexOf(close)];
  if (start < 0 || end < start) {
    problems.push(`${file} has no ${open} … ${close}`);
    return;
  }
  const after = `${before.slice(0, start)}${open}\n${text}\n${before.slice(end)}`;
  if (after === before) return;
  if (check) problems.push(`${file} is not what the code says; run \`npm run docs\``);
  else writeFileSync(path, after);
}

/** Every page that is written for people, below the root of this repository. */
function pages() {
  const inDocs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" });
  return [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    ...inDocs.map((page) => `docs/${page.split(sep).join("/")}`),
  ].filter((page) => page.endsWith(".md") && existsSync(join(root, page)));
}

/** Reports pages of rules that no longer exist. */
function checkRulePages() {
  for (const page of readdirSync(join(root, "docs/rules"))) {
    if (!RULE_ROWS.some((row) => `${row.name}.md` === page))
      problems.push(`docs/rules/${page} belongs to no rule`);
  }
}

/** Reports links inside this repository to a missing file or a missing heading. */
function checkLinks(page) {
  for (const [, target, anchor] of withoutBlocks(page).matchAll(/\]\(([^)\s#]*)(?:#([^)]*))?\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    const path =
      target === ""
        ? page
        : relative(root, join(root, dirname(page), target))
            .split(sep)
            .join("/");
    if (!existsSync(join(root, path))) problems.push(`${page} links to ${path}, which is not there`);
    else if (anchor !== undefined && !anchorsOf(path).includes(anchor))
      problems.push(`${page} links to ${path}#${anchor}, and that page has no such heading`);
  }
}

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(page) {
  return [...withoutBlocks(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** Reports long lines of prose. A table's row cannot be broken, and measurements are generated. */
function checkLines(page) {
  if (page.startsWith("docs/measurements/")) return;
  const prose = withoutBlocks(page).replace(/^<!-- docs:.*\n[\s\S]*?^<!-- \/docs:/gm, "");
  for (const line of prose.split("\n")) {
    if ([...line].length > MAX_LINE && !line.startsWith("|"))
      problems.push(`${page} has a line of more than ${String(MAX_LINE)} columns: ${line.slice(0, 40)}…`);
  }
}

/** Reports rooms that the text beside the picture does not mention. */
function checkRooms(page) {
  const text = readFileSync(join(root, page), "utf8").replace(/^<!-- docs:.*\n[\s\S]*?^<!-- \/docs:/gm, "");
  for (const room of roomNames())
    if (!text.includes(code(room))) problems.push(`${page} does not mention ${room}`);
}

/** The text of a page without its blocks of code. */
function withoutBlocks(page) {
  return readFileSync(join(root, page), "utf8").replace(/^```[\s\S]*?^```/gm, "");
}

for (const part of PARTS) write(part);
checkRulePages();
checkRooms("docs/architecture.md");
for (const page of pages()) {
  checkLinks(page);
  checkLines(page);
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
