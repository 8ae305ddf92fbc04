// Renders real charts with Helm before and after a digest is written, and prints docs/measurements/charts.md.
//
// npm run --silent prove:charts -- owner/name@COMMIT=FOLDER … [--only PATTERN] [--json FILE] > PAGE
// npm run --silent prove:charts -- --from FILE > PAGE
//
// PAGE is docs/measurements/charts.md. FOLDER is an unpacked repository of charts, and PATTERN is tried on
// `owner/name:path` of each chart. `--json` writes the results to FILE. `--from` reads them, so that only
// charts given anew are measured. Exit code 1 where a write that `eslint --fix` makes with default settings
// breaks a chart.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { findHelm } from "./charts/helm.mjs";
import { brokenWrites } from "./charts/measured.mjs";
import { page } from "./charts/page.mjs";
import { probe } from "./charts/probe.mjs";
import { repositoryOf, unpack } from "./charts/unpack.mjs";

const AT_ONCE = 2;

const args = process.argv.slice(2);
const option = (name) => {
  const index = args.indexOf(name);
  return index < 0 ? undefined : args.splice(index, 2)[1];
};
const [json, from, only] = [option("--json"), option("--from"), option("--only")];

const kept = from ? JSON.parse(readFileSync(from, "utf8")).charts : [];
const anew = from && args.length === 0 ? [] : await measureAll();
const key = ({ repository, path }) => `${repository}:${path}`;
const again = new Map(anew.map((row) => [key(row), row]));
const measured = {
  charts: [
    ...kept.map((row) => again.get(key(row)) ?? row),
    ...anew.filter((row) => !kept.some((old) => key(old) === key(row))),
  ],
};
if (json) writeFileSync(json, JSON.stringify(measured, undefined, 1));
process.stdout.write(page(measured));
process.exitCode = brokenWrites(measured).length > 0 ? 1 : 0;

async function measureAll() {
  const helm = findHelm();
  if (!helm || args.length === 0) {
    process.stderr.write(
      helm
        ? "usage: node scripts/prove-charts.mjs owner/name@COMMIT=FOLDER …\n"
        : "Helm is not installed; scripts/install-oracles.sh builds it\n",
    );
    process.exit(2);
  }
  const repositories = args.map(repositoryOf);
  const charts = repositories
    .flatMap((repository) => repository.charts)
    .filter(
      ({ type, path, repository }) =>
        type === "application" && (!only || new RegExp(only).test(`${repository.name}:${path}`)),
    );
  const rows = new Array(charts.length);
  let next = 0;
  const scratch = mkdtempSync(join(tmpdir(), "container-images-charts-"));
  const work = async () => {
    while (next < charts.length) {
      const index = next++;
      rows[index] = await measure(helm, charts[index], repositories, join(scratch, String(index)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  rmSync(scratch, { recursive: true, force: true });
  return rows;
}

async function measure(helm, chart, repositories, target) {
  const { repository, name, version, path, deprecated } = chart;
  const row = {
    repository: repository.name,
    commit: repository.commit,
    name,
    version,
    path,
    ...(deprecated ? { deprecated } : {}),
  };
  const started = performance.now();
  try {
    mkdirSync(target, { recursive: true });
    const folder = join(target, name);
    const without = unpack(chart, repositories, folder);
    Object.assign(row, without.length > 0 ? { without } : {}, await probe(helm, chart, folder));
  } catch (error) {
    Object.assign(row, {
      skipped: `not measured: ${error.message.split("\n")[0].replace(/\/\S*\/(?=[^/\s]+)/g, "")}`,
    });
    if (process.env.DEBUG) process.stderr.write(`${error.stack}\n`);
  }
  rmSync(target, { recursive: true, force: true });
  const outcome = row.skipped ?? `${String(row.images.length)} images`;
  const took = String(Math.round(performance.now() - started));
  process.stderr.write(`${repository.owner}/${name} ${outcome} ${took} ms\n`);
  return row;
}
