// Reads the files in an archive of a chart (`charts/NAME-1.2.3.tgz`), in memory and within limits: an archive
// is input.
import { readFileSync, statSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { untar } from "./untar.js";

/** The largest charts, with all that is in them, are below 3 MB. */
const MAX_PACKED = 10 * 1024 * 1024;
const MAX_UNPACKED = 20 * 1024 * 1024;
const MAX_ENTRIES = 2000;
/** Of what is kept of all archives, in characters. */
const MAX_KEPT = 40_000_000;

/** An archive's files, by their paths in it; `undefined` where it is none, or too large. */
type Files = ReadonlyMap<string, string> | undefined;

/** By the archive's path, its size and when it was changed. */
const kept = new Map<string, Files>();
let keptLength = 0;

/**
 * Reads an archive of a chart. Nothing is written, and what leads out of the archive is not in it.
 *
 * @param path the path of a `.tgz` file
 * @returns its files, by their paths in it; `undefined` where there is none that can be read whole
 */
export function readArchive(path: string): Files {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size > MAX_PACKED) return undefined;
  const key = `${path}\n${String(stat.size)}\n${String(stat.mtimeMs)}`;
  if (kept.has(key)) return kept.get(key);
  const files = filesIn(readFileSync(path));
  for (const text of files?.values() ?? []) keptLength += text.length;
  if (keptLength > MAX_KEPT) {
    kept.clear();
    keptLength = 0;
  }
  kept.set(key, files);
  return files;
}

function filesIn(packed: Uint8Array): Files {
  const files = new Map<string, string>();
  let entries = 0;
  try {
    for (const { name, data } of untar(gunzipSync(packed, { maxOutputLength: MAX_UNPACKED }))) {
      if (++entries > MAX_ENTRIES) return undefined;
      if (isInside(name)) files.set(name, new TextDecoder().decode(data));
    }
  } catch {
    return undefined;
  }
  return files;
}

function isInside(name: string): boolean {
  return name.split("/").every((step) => step !== "" && step !== "." && step !== "..");
}
