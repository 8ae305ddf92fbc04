// What our own command says of a repository: its reports, and the images in its bill of materials.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { formatReference, parseReference } from "../../build/lib/reference/reference.js";

const MAIN = fileURLToPath(new URL("../../dist/lib/cli/main.js", import.meta.url));

function command(folder, ...args) {
  try {
    return JSON.parse(
      execFileSync(process.execPath, [MAIN, ...args], {
        cwd: folder,
        encoding: "utf8",
        maxBuffer: 2 ** 28,
        stdio: ["ignore", "pipe", "ignore"],
      }),
    );
  } catch (error) {
    // Exit code 2 where a file could not be read; the others are printed.
    return JSON.parse(error.stdout);
  }
}

/**
 * The images that require-digest reports.
 *
 * @param {string} folder of the repository
 */
export function reportsOf(folder) {
  return command(folder, "list", "--format", "json")
    .filter(({ state, exempt }) => state === "unpinned" && exempt === null)
    .map(({ file, line, written, tag, shape }) => {
      // An image in several keys stands in a build in as many.
      const isOne = tag === null || shape.startsWith("kustom") || !written.endsWith(`:${tag}`);
      const name = isOne ? written : written.slice(0, -tag.length - 1);
      const names = shape.startsWith("registry/") ? name.split("/") : [name];
      const parts = isOne ? [written] : [...names, tag];
      return { file, line, written, parts };
    });
}

/**
 * The images of the bill of materials.
 *
 * @param {string} folder of the repository
 */
export function bomOf(folder) {
  const { components = [] } = command(folder, "bom");
  return new Set(components.map((component) => component["bom-ref"]));
}

/**
 * The whole reference of an image.
 *
 * @param {string} image as a Pod has it
 * @returns `undefined` where the text is none
 */
export function normalised(image) {
  const result = parseReference(image);
  return result.ok ? formatReference(result.reference) : undefined;
}
