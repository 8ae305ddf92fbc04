// Learns a chart with a real Helm.
import { learnChart, type LearntChart } from "../../../lib/proof/learn-chart.js";
import { findHelm } from "../../../lib/proof/run-helm.js";
import { openWorkFolder } from "../../../lib/proof/work-folder.js";
import { chartOf } from "../../support/chart.js";
import { settingsOf } from "../../support/settings.js";
import { tool } from "./tools.js";

/**
 * What is found out of a chart.
 *
 * @param files the chart's
 * @param name of the Helm that renders it, as the oracles are called
 */
export async function learnt(files: Readonly<Record<string, string>>, name: string): Promise<LearntChart> {
  const helm = await findHelm({ ...process.env, HELM: tool(name) });
  if (typeof helm === "string") throw new Error(helm);
  const work = openWorkFolder();
  try {
    return await learnChart(chartOf(files), [], { helm, work, settings: settingsOf() });
  } finally {
    work.remove();
  }
}
