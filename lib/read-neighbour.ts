// Reads the files beside a linted file: a Chart.yaml, for example, makes a folder a chart.
import { readdirSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { Neighbour } from "./neighbour.js";
import { readArchive } from "./read-archive.js";
import { readText } from "./read-text.js";

/** Far larger than any real Chart.yaml or values.schema.json. */
const MAX_BYTES = 4 * 1024 * 1024;

/** A chart's templates are at most this many folders deep. */
const MAX_DEPTH = 3;
const MAX_NAMES = 1000;

/** A path that leads into an archive: the archive's, and that of a file or a folder in it. */
const IN_ARCHIVE = /^(.*?\.tgz)\/(.*)$/;

/**
 * Makes a reader of the files beside one file.
 *
 * @param filename the file's path, absolute or from the working directory
 * @returns a function from a relative path to that file's text, or from one that ends in `/` to the names of
 *   the files below that folder, one a line, or in `/*` to those of the files in it; `undefined` where the
 *   file does not exist or cannot be read. A `.tgz` archive is read as a folder
 */
export function neighbourOf(filename: string): Neighbour {
  return (relativePath) => {
    const path = join(dirname(filename), relativePath);
    try {
      const [, archive, inside] = IN_ARCHIVE.exec(relativePath) ?? [];
      if (archive !== undefined && inside !== undefined)
        return inArchive(join(dirname(filename), archive), inside);
      if (relativePath.endsWith("/*")) return namesBelow(dirname(path), "", 1).join("\n");
      if (relativePath.endsWith("/")) return namesBelow(path, "", MAX_DEPTH).slice(0, MAX_NAMES).join("\n");
      return readText(path, MAX_BYTES);
    } catch {
      return undefined;
    }
  };
}

function inArchive(archive: string, inside: string): string | undefined {
  const files = readArchive(archive);
  if (inside !== "" && !inside.endsWith("/")) return files?.get(inside);
  const folder = inside.replace(/\.\/$/, "");
  const names = [...(files?.keys() ?? [])].filter((name) => name.startsWith(folder));
  return names.length === 0 ? undefined : names.map((name) => name.slice(folder.length)).join("\n");
}

function namesBelow(folder: string, prefix: string, depth: number): string[] {
  const entries = readdirSync(join(folder, prefix.replaceAll("/", sep)), { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => prefix + entry.name);
  const folders = depth > 1 ? entries.filter((entry) => entry.isDirectory()) : [];
  return [
    ...files,
    ...folders
      .slice(0, MAX_NAMES)
      .flatMap((entry) => namesBelow(folder, `${prefix}${entry.name}/`, depth - 1)),
  ];
}
