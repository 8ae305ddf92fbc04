// Renders real charts with Helm before and after our own `pin`, and prints docs/measurements/charts.md.
//
// npm run --silent prove:charts -- owner/name@COMMIT=FOLDER … [--half HALF] [--only PATTERN] [--most N]
//   [--json FILE] > PAGE
// npm run --silent prove:charts -- --from FILE > PAGE
//
// PAGE is docs/measurements/charts.md. FOLDER is an unpacked repository of charts. HALF is `looked` or
// `unseen`: only publishers of that half are measured. PATTERN is tried on `owner/name:path` of each chart,
// and of each repository only the first N charts are measured. `--json` writes the results to FILE, `--from`
// reads them, so that only charts given anew are measured. Exit code 1 where a write of `eslint --fix` breaks
// a chart or is ignored by it, or where our reading of templates was surer than Helm.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { openWorkFolder } from "../build/lib/proof/work-folder.js";
import { openHelm } from "./charts/learn.mjs";
import { disagreements, FILES, fixes, halfOf } from "./charts/measured.mjs";
import { page } from "./charts/page.mjs";
import { probe } from "./charts/probe.mjs";
import { repositoryOf, unpack } from "./charts/unpack.mjs";

const AT_ONCE = 2;

const args = process.argv.slice(2);
const option = (name) => {
  const index = args.indexOf(name);
  return index < 0 ? undefined : args.splice(index, 2)[1];
};
const [json, from, only, half, most] = ["--json", "--from", "--only", "--half", "--most"].map(option);

const before = from ? JSON.parse(readFileSync(from, "utf8")) : { charts: [] };
const helm = from && args.length === 0 ? undefined : await openHelm();
const anew = helm ? await measureAll(helm) : [];
const key = ({ repository, path }) => `${repository}:${path}`;
const again = new Map(anew.map((row) => [key(row), row]));
const measured = {
  helm: helm?.version ?? before.helm,
  charts: [
    ...before.charts.map((row) => again.get(key(row)) ?? row),
    ...anew.filter((row) => !before.charts.some((old) => key(old) === key(row))),
  ],
};
if (json) writeFileSync(json, JSON.stringify(measured, undefined, 1));
process.stdout.write(page(measured));
const wrong = Object.keys(FILES).flatMap((file) => fixes(measured.charts, file, "breaks", "ignored"));
process.exitCode = wrong.length + disagreements(measured.charts).length > 0 ? 1 : 0;

async function measureAll(helm) {
  if (args.length === 0) {
    process.stderr.write("usage: node scripts/prove-charts.mjs owner/name@COMMIT=FOLDER …\n");
    process.exit(2);
  }
  const repositories = args.map(repositoryOf);
  const charts = repositories
    .filter(({ owner }) => half === undefined || halfOf(owner) === half)
    .flatMap((repository) =>
      repository.charts
        .filter(
          ({ type, path }) =>
            type === "application" && (!only || new RegExp(only).test(`${repository.name}:${path}`)),
        )
        .slice(0, Number(most ?? Infinity)),
    );
  const rows = new Array(charts.length);
  let next = 0;
  const folder = openWorkFolder();
  const scratch = mkdtempSync(join(tmpdir(), "container-images-charts-"));
  const measureNext = async () => {
    while (next < charts.length) {
      const index = next++;
      rows[index] = await measure(
        { helm, work: folder },
        charts[index],
        repositories,
        join(scratch, String(index)),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, measureNext));
  rmSync(scratch, { recursive: true, force: true });
  folder.remove();
  return rows;
}

async function measure({ helm, work }, chart, repositories, target) {
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
    Object.assign(row, without.length > 0 ? { without } : {}, await probe(helm, work, chart, folder));
  } catch (error) {
    Object.assign(row, {
      skipped: `not measured: ${error.message.split("\n")[0].replace(/\/\S*\/(?=[^/\s]+)/g, "")}`,
    });
    if (process.env.DEBUG) process.stderr.write(`${error.stack}\n`);
  }
  rmSync(target, { recursive: true, force: true });
  const outcome = row.skipped ?? `${String(row.images)} images`;
  const took = String(Math.round(performance.now() - started));
  process.stderr.write(`${repository.owner}/${name} ${outcome} ${took} ms\n`);
  return row;
}
