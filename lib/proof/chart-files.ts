// The files of a chart, read from a folder or an archive into memory, within bounds.
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { untar } from "../untar.js";

/** By their paths in the chart, with `/`; none of them leads out of it. */
export type ChartFiles = ReadonlyMap<string, Uint8Array>;

const MAX_FILES = 5000;
const MAX_BYTES = 48 * 1024 * 1024;
const MAX_ARCHIVE = 24 * 1024 * 1024;
/** A chart in a chart in a chart. */
const MAX_NESTED = 4;

/** Never part of a chart. */
const SKIPPED = new Set([".git", "node_modules"]);

/** Says why a chart is not read; the message of one line. */
class Refused extends Error {}

const gunzipped = promisify(gunzip);

/**
 * Reads the files of a chart, also those of charts packed in its `charts/`.
 *
 * @param path absolute, of a folder or of a `.tgz`
 * @param root absolute; a link that leads out of it is passed over
 * @returns its files, or in one line why they are not read; never throws
 */
export async function readChartFiles(path: string, root: string): Promise<ChartFiles | string> {
  try {
    const budget = { files: MAX_FILES, bytes: MAX_BYTES };
    const files = statSync(path).isDirectory()
      ? filesIn(path, realpathSync(root), budget)
      : await unpacked(readBounded(path, MAX_ARCHIVE), budget);
    return await withUnpackedCharts(files, budget, 0);
  } catch (error) {
    return error instanceof Refused ? error.message : "it cannot be read";
  }
}

interface Budget {
  files: number;
  bytes: number;
}

function spend(budget: Budget, bytes: number): void {
  budget.files -= 1;
  budget.bytes -= bytes;
  if (budget.files < 0) throw new Refused(`it has more than ${String(MAX_FILES)} files`);
  if (budget.bytes < 0) throw new Refused(`it is larger than ${String(MAX_BYTES / 1024 / 1024)} MB`);
}

function readBounded(path: string, most: number): Uint8Array {
  if (statSync(path).size > most)
    throw new Refused(`its archive is larger than ${String(most / 1024 / 1024)} MB`);
  return readFileSync(path);
}

function filesIn(folder: string, root: string, budget: Budget): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const visit = (below: string, depth: number): void => {
    if (depth > 12) throw new Refused("its folders are too deep");
    for (const name of readdirSync(join(folder, below)).sort()) {
      const inChart = below === "" ? name : `${below}/${name}`;
      const path = join(folder, inChart);
      if (SKIPPED.has(name) || (lstatSync(path).isSymbolicLink() && !staysIn(path, root))) continue;
      const stat = statSync(path);
      if (stat.isDirectory()) visit(inChart, depth + 1);
      else if (stat.isFile()) {
        spend(budget, stat.size);
        files.set(inChart, readFileSync(path));
      }
    }
  };
  visit("", 0);
  return files;
}

function staysIn(path: string, root: string): boolean {
  try {
    return `${realpathSync(path)}${sep}`.startsWith(`${root}${sep}`);
  } catch {
    return false;
  }
}

/** The files of an archive, without the folder that all of them stand in. */
async function unpacked(archive: Uint8Array, budget: Budget): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  try {
    const tar = await gunzipped(archive, { maxOutputLength: Math.max(budget.bytes, 0) + 1024 });
    for (const { name, data } of untar(tar)) {
      spend(budget, data.length);
      const steps = name.split("/").filter((step) => step !== "" && step !== ".");
      if (name.startsWith("/") || steps.some((step) => step === ".." || /[\\:\0]/.test(step)))
        throw new Refused("its archive holds a path that leads out of it");
      if (steps.length > 1) files.set(steps.slice(1).join("/"), data);
    }
  } catch (error) {
    if (error instanceof Refused) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new Refused(
      code === "ERR_BUFFER_TOO_LARGE"
        ? `it is larger than ${String(MAX_BYTES / 1024 / 1024)} MB`
        : "its archive is damaged",
    );
  }
  return files;
}

const PACKED = /^((?:charts\/[^/]+\/)*charts\/)([^/]+)\.tgz$/;

/** Puts charts that are packed in `charts/` in their place, each in a folder of its own. */
async function withUnpackedCharts(
  files: ReadonlyMap<string, Uint8Array>,
  budget: Budget,
  depth: number,
): Promise<ChartFiles> {
  const found = new Map(files);
  let more = false;
  for (const [path, bytes] of files) {
    const [, above, name] = PACKED.exec(path) ?? [];
    if (above === undefined || name === undefined || depth >= MAX_NESTED) continue;
    const inner = await unpacked(bytes, budget);
    found.delete(path);
    more = true;
    const folder = `${above}${folderOf(inner, name)}/`;
    const isTaken = found.has(`${folder}Chart.yaml`);
    for (const [file, text] of inner) found.set(`${isTaken ? `${above}${name}/` : folder}${file}`, text);
  }
  return more ? await withUnpackedCharts(found, budget, depth + 1) : found;
}

/** A chart's folder is called after the chart, as where it was never packed. */
function folderOf(files: ReadonlyMap<string, Uint8Array>, fallback: string): string {
  const about = new TextDecoder().decode(files.get("Chart.yaml"));
  return /^name:[ \t]*["']?([A-Za-z0-9][\w.-]*)/m.exec(about)?.[1] ?? fallback;
}
