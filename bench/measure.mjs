// Runs commands, measures their time, and prints tables.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** The command lines of the ESLint versions that this repository has. */
export const ESLINTS = {
  "ESLint 10": join(root, "node_modules/eslint/bin/eslint.js"),
  "ESLint 9": join(root, "node_modules/eslint9/bin/eslint.js"),
};

/**
 * Makes a user's folder, in which our plugin and eslint-plugin-yml are installed.
 *
 * @param use gets the folder's path; the folder is removed afterwards
 * @returns what `use` returns
 */
export async function inProject(use) {
  const folder = mkdtempSync(join(tmpdir(), "container-images-bench-"));
  try {
    writeFileSync(join(folder, "package.json"), '{ "type": "module", "private": true }\n');
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules/eslint-plugin-container-images"), "junction");
    symlinkSync(
      join(root, "node_modules/eslint-plugin-yml"),
      join(folder, "node_modules/eslint-plugin-yml"),
      "junction",
    );
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a command to its end: milliseconds, exit code and what it printed. */
export async function timed(command, args, options = {}) {
  const start = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  const output = [];
  child.stdout.on("data", (chunk) => output.push(chunk));
  child.stderr.on("data", (chunk) => output.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { ms: performance.now() - start, code, output: Buffer.concat(output).toString("utf8") };
}

const USAGE = new URL("usage.mjs", import.meta.url).href;

/**
 * Runs a script to its end, as {@link timed}, and also measures its CPU time in user mode, in milliseconds,
 * and its peak memory in MiB.
 */
export async function used(script, args, { cwd }) {
  const file = join(cwd, "usage.json");
  const env = { ...process.env, CONTAINER_IMAGES_BENCH_USAGE: file };
  const ran = await timed(process.execPath, ["--import", USAGE, script, ...args], { cwd, env });
  return { ...ran, ...JSON.parse(readFileSync(file, "utf8")) };
}

/** The median of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Prints rows as columns. */
export function print(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join("  ")
        .trimEnd(),
    );
}
