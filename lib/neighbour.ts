// Reads the files that stand beside a linted one, for what only they tell: a Chart.yaml makes a folder a chart.
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Neighbour } from "./images/document-kind.js";

/** A Chart.yaml or a values.schema.json has never been near this. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Makes a reader of the files beside one file.
 *
 * @param filename the file's path, absolute or from the working directory
 * @returns a function from a relative path to that file's text; `undefined` where it is not there or can not be read
 */
export function neighbourOf(filename: string): Neighbour {
  return (relativePath) => {
    const path = join(dirname(filename), relativePath);
    try {
      return statSync(path).size > MAX_BYTES ? undefined : readFileSync(path, "utf8");
    } catch {
      return undefined;
    }
  };
}
