// Measures how well we read the templates of real charts, and prints docs/measurements/templates.md.
//
// npm run build && node scripts/templates.mjs owner/name=FOLDER [owner/name@COMMIT=FOLDER …] > PAGE
//
// PAGE is docs/measurements/templates.md. FOLDER is a checkout; without @COMMIT, git is asked for its commit.
// Exit code 1 where a literal image was missed or a range differs from yaml-eslint-parser's.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import process from "node:process";
import { parseYAML, traverseNodes } from "yaml-eslint-parser";
import { parseEvents } from "../build/lib/yaml/events.js";
import { read } from "../build/lib/yaml/read.js";
import { isEmptyScalar, isScalar, scalarQuote, scalarRange, scalarValue } from "../build/lib/yaml/scalar.js";

const PLAIN_FILES = 1000;
/** Larger files make yaml-eslint-parser take minutes. */
const PLAIN_LENGTH = 200_000;
/** An `image:` line that a text search finds: one word, in quotes or not, and perhaps a comment. */
const IMAGE_LINE =
  /^[ \t]*(?:-[ \t]+)*(["']?)image\1:[ \t]+(["']?)([^\s"'#{}[\]&*!|>]\S*?)\2[ \t]*(?:[ \t]#.*)?$/;
const MAPPING = 3;
const POP = 6;

const repositories = process.argv.slice(2).map(repositoryOf);
if (repositories.length === 0) {
  process.stderr.write("usage: node scripts/templates.mjs owner/name[@COMMIT]=FOLDER …\n");
  process.exit(2);
}

/** @typedef {{ name: string, file: string, notes: readonly string[] }} ByLine */
/** @type {ByLine[]} */
const byLine = [];
const missed = [];
const unclosed = [];
const plainFiles = [];
const totals = { templates: 0, whole: 0, islands: 0, images: 0, embedded: 0 };
const rows = repositories.map(measure);
const ranges = compareRanges(sample(plainFiles, PLAIN_FILES));
process.stdout.write(page());
process.exitCode = missed.length > 0 || ranges.different.length > 0 ? 1 : 0;

function repositoryOf(argument) {
  const [, name, commit, folder] = /^([^=@]+)(?:@([0-9a-f]{7,40}))?=(.+)$/.exec(argument) ?? [];
  if (!name || !folder) throw new Error(`not owner/name[@COMMIT]=FOLDER: ${argument}`);
  return {
    name,
    folder,
    commit: commit ?? execFileSync("git", ["-C", folder, "rev-parse", "HEAD"], { encoding: "utf8" }).trim(),
  };
}

function* yamlFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((one, other) =>
    one.name < other.name ? -1 : 1,
  )) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== ".git") yield* yamlFiles(path);
    else if (entry.isFile() && /\.ya?ml$/.test(entry.name)) yield path;
  }
}

function measure({ name, folder, commit }) {
  const row = { name, commit, templates: 0, whole: 0, images: 0 };
  for (const path of yamlFiles(folder)) {
    const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
    const file = relative(folder, path).split(sep).join("/");
    const reading = read(text);
    if (!reading.template) {
      if (!reading.error && reading.notes.length === 0 && text.length <= PLAIN_LENGTH)
        plainFiles.push({ name, file, text });
      continue;
    }
    row.templates++;
    totals.templates++;
    const scanned = reading.notes.filter((note) => note.kind === "scanned");
    if (reading.notes.some((note) => note.kind === "unclosed-action")) unclosed.push(`${name}: ${file}`);
    if (scanned.length === 0) {
      row.whole++;
      totals.whole++;
      if (reading.trees.some((tree) => tree.path.length > 0)) totals.islands++;
    } else
      byLine.push({
        name,
        file,
        notes: scanned.map((note) => `line ${String(reading.positionOf(note.offset).line)}: ${note.reason}`),
      });
    row.images += checkImages(reading, `${name}: ${file}`);
  }
  return row;
}

/**
 * Every literal image that a plain search finds must be a value of a key `image`, at the same line and
 * column.
 */
function checkImages(reading, where) {
  const values = imageValues(reading);
  const blocks = reading.trees.flatMap((tree) =>
    tree.events.filter((event) => isScalar(event) && "|>".includes(scalarQuote(event) || "-")),
  );
  const comments = reading.comments();
  let images = 0;
  let offset = 0;
  for (const [index, line] of reading.text.split("\n").entries()) {
    const match = line.includes("{{") ? null : IMAGE_LINE.exec(line.replace(/\r$/, ""));
    const start = offset;
    offset += line.length + 1;
    if (!match || reading.actions.some((action) => action.start < offset && action.end > start)) continue;
    const value = match[3] ?? "";
    const column = line.indexOf(value, line.indexOf(":", line.indexOf("image")) + 1);
    const at = start + column;
    if (blocks.some((block) => block.valueStart <= at && at < block.valueEnd)) {
      totals.embedded++;
      continue;
    }
    if (comments.some(([from, to]) => from <= at && at < to)) continue;
    images++;
    const found = values.get(at);
    const position = reading.positionOf(at);
    if (found !== value || position.line !== index + 1 || position.column !== column)
      missed.push(`${where}:${String(index + 1)}: ${value}`);
  }
  totals.images += images;
  return images;
}

/** Values of keys `image`, by the offset where they start. */
function imageValues(reading) {
  const values = new Map(
    reading.lines
      .filter((line) => line.key === "image")
      .map((line) => [line.value[0], reading.text.slice(...line.value)]),
  );
  for (const tree of reading.trees) {
    for (let index = 0; index < tree.events.length; index++) {
      if (tree.events[index].type !== MAPPING) continue;
      for (let at = index + 1; tree.events[at].type !== POP;) {
        const key = tree.events[at];
        const place = tree.after[at];
        const value = tree.events[place];
        if (isScalar(key) && scalarValue(tree, key) === "image" && isScalar(value))
          values.set(value.valueStart, scalarValue(tree, value));
        at = tree.after[place];
      }
    }
  }
  return values;
}

/** Evenly spread, so that no repository is left out. */
function sample(all, count) {
  const step = Math.max(1, all.length / count);
  return Array.from({ length: Math.min(count, all.length) }, (_, index) => all[Math.floor(index * step)]);
}

function compareRanges(files) {
  const result = { files: 0, scalars: 0, different: [], unread: 0 };
  for (const { name, file, text } of files) {
    let theirs;
    try {
      theirs = theirRanges(text);
    } catch {
      result.unread++;
      continue;
    }
    const ours = ourRanges(text);
    result.files++;
    result.scalars += ours.length;
    if (ours.join(" ") !== theirs.join(" ")) result.different.push(`${name}: ${file}`);
  }
  return result;
}

function ourRanges(text) {
  const result = parseEvents(text);
  if (!result.ok) return ["unread"];
  return sorted(
    result.events
      .filter(
        (event) => isScalar(event) && !isEmptyScalar(event) && !"|>".includes(scalarQuote(event) || "-"),
      )
      .map((event) => scalarRange(event)),
  );
}

function theirRanges(text) {
  const found = [];
  traverseNodes(parseYAML(text), {
    enterNode(node) {
      if (node.type === "YAMLScalar" && ["plain", "single-quoted", "double-quoted"].includes(node.style))
        found.push(node.range);
    },
    leaveNode() {},
  });
  return sorted(found.filter(([start, end]) => end > start));
}

function sorted(found) {
  return found.sort((one, other) => one[0] - other[0]).map((range) => range.join("-"));
}

function percent(part, all) {
  return all === 0 ? "–" : `${(Math.floor((part / all) * 10_000) / 100).toFixed(2)}%`;
}

function unreadByTheirs() {
  const unread = String(ranges.unread);
  return ranges.unread === 0
    ? ""
    : ` yaml-eslint-parser refuses ${unread} more that we read (repeated keys, for the most part).`;
}

function page() {
  const lines = [
    "# Go templates: what was measured",
    "",
    "A Helm template is not YAML. It is read in one pass over a mask of the same length, in which " +
      "both arms of an `if`/`else` stand; what does not fit is repaired by the parser's error, an arm " +
      "that fits nowhere is read alone, and what is left is read line by line, which the rule " +
      "`parsable` reports. This page says how far that goes on real charts. It is the output of " +
      "`scripts/templates.mjs`, whose head says how to run it.",
    "",
    "A template here is a YAML file (`*.yaml`, `*.yml`) with `{{` that is not YAML as it stands, " +
      "wherever it lies. An image is a literal one: a line `image: …` without an action, outside " +
      "comments and block scalars, as a plain text search finds it. It counts as found when it is the " +
      "value of a key `image` at that line and column.",
    "",
    "| repository | commit | templates | read whole | % | literal images | missed |",
    "|---|---|---:|---:|---:|---:|---:|",
    ...rows.map(
      (row) =>
        `| ${row.name} | \`${row.commit}\` | ${String(row.templates)} | ${String(row.whole)} | ` +
        `${percent(row.whole, row.templates)} | ${String(row.images)} | ` +
        `${String(missed.filter((each) => each.startsWith(`${row.name}: `)).length)} |`,
    ),
    `| **all** | | **${String(totals.templates)}** | **${String(totals.whole)}** | ` +
      `**${percent(totals.whole, totals.templates)}** | **${String(totals.images)}** | ` +
      `**${String(missed.length)}** |`,
    "",
    `Of the files read whole, ${String(totals.islands)} have an arm that was read alone. ` +
      `${String(totals.embedded)} more \`image:\` lines stand in the text of a block scalar (a ` +
      `manifest inside a ConfigMap). Files with an action that has no end: ${String(unclosed.length)}.`,
    "",
    "## Read line by line, in part",
    "",
    ...(byLine.length === 0
      ? ["None."]
      : byLine.flatMap(({ name, file, notes }) => [
          `- ${name}: \`${file}\``,
          ...notes.map((note) => `  - ${note}`),
        ])),
    "",
    ...(missed.length === 0 ? [] : ["## Images missed", "", ...missed.map((each) => `- ${each}`), ""]),
    "## Plain YAML: the same ranges as yaml-eslint-parser",
    "",
    `${String(ranges.files)} plain YAML files of the same repositories, evenly spread, each up to ` +
      `${String(PLAIN_LENGTH / 1000)} kB: ${String(ranges.scalars)} plain and quoted scalars, files in ` +
      `which a range differs: ${String(ranges.different.length)}.${unreadByTheirs()}`,
    ...(ranges.different.length === 0 ? [] : ["", ...ranges.different.map((each) => `- ${each}`)]),
    "",
  ];
  return lines.join("\n");
}
