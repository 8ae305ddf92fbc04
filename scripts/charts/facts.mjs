// Makes data/charts.json, the facts that ship with the plugin: each chart is rendered with Helm before and
// after, as `container-images charts` does it.
//
// npm run --silent charts:facts -- --uses USES.json [--used] [--kept FILE] owner/name@COMMIT=FOLDER … > FILE
//
// The output is data/charts.json.
//
// FOLDER is an unpacked repository of charts. USES.json is a list of `{ chart, source, sources?, known }`:
// `known` is `owner/name:path` of a chart, `source` the repository under which people use it, `sources`
// others with the same charts. Charts that nobody names there have their repository of git as their source.
// `--used` leaves these out. FILE keeps what was rendered, so that a run that was stopped goes on.
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { openWorkFolder } from "../../build/lib/proof/work-folder.js";
import { withoutIndices } from "../../build/lib/cli/charts-facts.js";
import { learnFolder, openHelm } from "./learn.mjs";
import { repositoryOf, unpack } from "./unpack.mjs";

const AT_ONCE = 2;

const args = process.argv.slice(2);
const option = (name) => {
  const index = args.indexOf(name);
  return index < 0 ? undefined : args.splice(index, 2)[1];
};
const [usesFile, keptFile] = [option("--uses"), option("--kept")];
const onlyUsed = args.includes("--used") && args.splice(args.indexOf("--used"), 1).length > 0;
const uses = usesFile ? JSON.parse(readFileSync(usesFile, "utf8")) : [];
const usesOf = grouped(uses);

const helm = await openHelm();
const repositories = args.map(repositoryOf);
const charts = repositories
  .flatMap((repository) => repository.charts)
  .filter((chart) => chart.type === "application" && (!onlyUsed || usesOf.has(idOf(chart))))
  .sort((one, other) => countOf(other) - countOf(one));
const learnt = keptFile && existsSync(keptFile) ? readKept(keptFile) : new Map();
const work = openWorkFolder();
const scratch = mkdtempSync(join(tmpdir(), "container-images-facts-"));
let next = 0;
await Promise.all(Array.from({ length: AT_ONCE }, learnNext));
rmSync(scratch, { recursive: true, force: true });
work.remove();
process.stdout.write(fileOf(charts.flatMap(factsOf)));

function grouped(all) {
  const groups = new Map();
  for (const use of all) groups.set(use.known, [...(groups.get(use.known) ?? []), use]);
  return groups;
}

function idOf({ repository, path }) {
  return `${repository.name}:${path}`;
}

function countOf(chart) {
  return (usesOf.get(idOf(chart)) ?? []).reduce((sum, { uses: count = 1 }) => sum + count, 0);
}

function readKept(file) {
  const rows = readFileSync(file, "utf8").trim().split("\n");
  return new Map(rows.map((row) => JSON.parse(row)).map((row) => [row.id, row]));
}

async function learnNext() {
  while (next < charts.length) {
    const index = next++;
    const chart = charts[index];
    if (learnt.has(idOf(chart))) continue;
    const started = performance.now();
    const row = {
      id: idOf(chart),
      version: chart.version,
      ...(await learn(chart, join(scratch, String(index)))),
    };
    learnt.set(row.id, row);
    if (keptFile) appendFileSync(keptFile, `${JSON.stringify(row)}\n`);
    const outcome = row.problem ?? `${String(row.images.length)} images`;
    process.stderr.write(`${row.id} ${outcome} ${String(Math.round(performance.now() - started))} ms\n`);
  }
}

async function learn(chart, folder) {
  try {
    unpack(chart, repositories, folder);
    const learnt = await learnFolder(folder, [], { helm, work });
    if (typeof learnt === "string") return { images: [], problem: learnt };
    const { images, unknown, problems, disagreements } = learnt;
    return {
      images,
      unknown,
      disagreements,
      ...(images.length === 0 && problems.length > 0 ? { problem: problems[0] } : {}),
    };
  } catch (error) {
    return { images: [], problem: `not measured: ${error.message.split("\n")[0]}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The facts of a chart, once for each repository that is no mirror of another one. */
function factsOf(chart) {
  const images = withoutIndices(learnt.get(idOf(chart))?.images ?? []);
  if (images.length === 0) return [];
  const sources = new Set((usesOf.get(idOf(chart)) ?? []).map(({ source }) => urlOf(source)));
  if (sources.size === 0) sources.add(`https://github.com/${chart.repository.name}`);
  return [...sources].map((source) => ({ chart: chart.name, source, versions: chart.version, images }));
}

function urlOf(source) {
  return source.includes("://") ? source : `https://${source}`;
}

function sameSources() {
  const groups = new Map();
  for (const { source, sources = {}, known } of uses) {
    if (!known) continue;
    const group = groups.get(urlOf(source)) ?? new Set();
    for (const other of Object.keys(sources))
      if (!other.startsWith("?") && other !== source) group.add(urlOf(other));
    groups.set(urlOf(source), group);
  }
  return [...groups]
    .map(([source, others]) => [source, ...[...others].sort()])
    .filter(({ length }) => length > 1)
    .sort(byText);
}

function byText(one, other) {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

/** One chart a line, so that a change of one is a change of one line. */
function fileOf(facts) {
  const unique = [...new Map(facts.map((fact) => [`${fact.chart} ${fact.source}`, fact])).values()];
  const rows = (all) => all.map((row) => JSON.stringify(row)).join(",\n");
  const by = `npm run charts:facts, Helm ${helm.version}`;
  return (
    `{\n"by": ${JSON.stringify(by)},\n"sources": [\n${rows(sameSources())}\n],\n` +
    `"charts": [\n${rows(unique.sort(byText))}\n]\n}\n`
  );
}
