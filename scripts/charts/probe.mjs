// One chart: what our own `pin` writes into three files, and what Helm then renders of it.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { load } from "js-yaml";
import { chartContent } from "../../build/lib/proof/chart-content.js";
import { readChartFiles } from "../../build/lib/proof/chart-files.js";
import { learnChart } from "../../build/lib/proof/learn-chart.js";
import { findHelm } from "../../build/lib/proof/run-helm.js";
import { DEFAULTS } from "../../build/lib/settings/table.js";
import { consumerFile, overridable } from "./consumer.mjs";
import { template } from "./helm.mjs";
import { imagesOf } from "./images.mjs";
import { ourWrite } from "./our-write.mjs";
import { Session } from "./session.mjs";

/** Under which source the chart is taught: no built-in fact knows it. */
const SOURCE = "https://charts.invalid";

/**
 * Measures a chart.
 *
 * @param helm the path of Helm
 * @param work the folder in which the chart is learnt
 * @param chart what unpack.mjs knows of it
 * @param folder its copy, with dependencies
 * @returns the chart's row: what became of each image in each file, or why that could not be measured
 */
export async function probe(helm, work, chart, folder) {
  const filename = join(folder, "values.yaml");
  const text = existsSync(filename) ? readFileSync(filename, "utf8").replace(/^\uFEFF/, "") : "";
  let values;
  try {
    values = load(text) ?? {};
  } catch (error) {
    return { skipped: `values.yaml: ${error.reason ?? "not read"}` };
  }
  const session = await Session.open(helm, folder, values);
  if (!session) return { skipped: `helm template: ${(await template(helm, folder)).message}` };
  const images = imagesOf(text, filename, values, chart);
  if (images.length === 0) return { skipped: "no image in its values" };
  const unpinned = images.filter(({ state }) => state === "unpinned");
  return {
    images: images.length,
    own: await ourWrite(session, text, filename, unpinned, {}),
    ...(await ofConsumer(session, images, { helm, work, chart, folder })),
  };
}

/** A consumer's file, of which nothing names the chart, and after the chart was learnt. */
async function ofConsumer(session, images, { helm, work, chart, folder }) {
  const mine = overridable(images);
  if (mine.length === 0) return {};
  const written = consumerFile(mine);
  const learnt = await learn(helm, work, folder, load(written));
  const filename = join(dirname(folder), "my-values.yaml");
  const files = [{ files: ["my-values.yaml"], kind: "values" }];
  const uses = [{ files: ["my-values.yaml"], chart: chart.name, source: SOURCE }];
  const charts = [{ chart: chart.name, source: SOURCE, images: learnt.images ?? [] }];
  return {
    unnamed: await ourWrite(session, written, filename, mine, { files }, false),
    taught: await ourWrite(session, written, filename, mine, { files, chartFacts: { charts, uses } }, false),
    disagreements: learnt.disagreements ?? [],
    ...(learnt.problem ? { problem: learnt.problem } : {}),
  };
}

async function learn(program, work, folder, values) {
  const helm = await findHelm({ ...process.env, HELM: program });
  const files = await readChartFiles(folder, folder);
  const content = typeof files === "string" ? files : chartContent(files);
  if (typeof content === "string") return { problem: content };
  return learnChart(content, [{ name: "my-values.yaml", values }], { helm, work, settings: DEFAULTS });
}
