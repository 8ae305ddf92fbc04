// Finds out what the images of a chart in a folder take, as `container-images charts` does.
import process from "node:process";
import { chartContent } from "../../build/lib/proof/chart-content.js";
import { readChartFiles } from "../../build/lib/proof/chart-files.js";
import { learnChart } from "../../build/lib/proof/learn-chart.js";
import { findHelm } from "../../build/lib/proof/run-helm.js";
import { DEFAULTS } from "../../build/lib/settings/table.js";
import { findHelm as programOf } from "./helm.mjs";

/**
 * Opens Helm.
 *
 * @returns its path and its version
 * @throws {Error} with one line, where it is not installed or too old
 */
export async function openHelm() {
  const program = programOf();
  if (!program) throw new Error("Helm is not installed; scripts/install-oracles.sh builds it");
  const helm = await findHelm({ ...process.env, HELM: program });
  if (typeof helm === "string") throw new Error(helm);
  return helm;
}

/** What the chart in a folder is; why it is none, in one line. */
export async function contentOf(folder) {
  const files = await readChartFiles(folder, folder);
  return typeof files === "string" ? files : chartContent(files);
}

/**
 * Learns a chart.
 *
 * @param folder that holds it, with what it depends on
 * @param users the values with which it is used
 * @param tools Helm, and the folder to work in
 * @returns what was found out; why that could not be, in one line
 */
export async function learnFolder(folder, users, { helm, work }) {
  const content = await contentOf(folder);
  return typeof content === "string"
    ? content
    : learnChart(content, users, { helm, work, settings: DEFAULTS });
}
