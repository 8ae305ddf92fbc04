// One chart: what our own `pin` writes into three files, and what Helm then renders of it.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { load } from "js-yaml";
import { withoutIndices } from "../../build/lib/cli/charts-facts.js";
import { consumerFile, overridable } from "./consumer.mjs";
import { template } from "./helm.mjs";
import { imagesOf } from "./images.mjs";
import { contentOf, learnFolder } from "./learn.mjs";
import { ourWrite } from "./our-write.mjs";
import { Session } from "./session.mjs";

/** Under which source the chart is taught: no built-in fact knows it. */
const SOURCE = "https://charts.invalid";

/**
 * Measures a chart.
 *
 * @param helm its path and its version
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
  const session = await Session.open(helm.program, folder, values, await contentOf(folder));
  if (!session) return { skipped: `helm template: ${(await template(helm.program, folder)).message}` };
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
  const users = [{ name: "my-values.yaml", values: load(written) }];
  const learnt = await learnFolder(folder, users, { helm, work });
  const { images: known, disagreements } =
    typeof learnt === "string" ? { images: [], disagreements: [] } : learnt;
  const filename = join(dirname(folder), "my-values.yaml");
  const files = [{ files: ["my-values.yaml"], kind: "values" }];
  const uses = [{ files: ["my-values.yaml"], chart: chart.name, source: SOURCE }];
  const charts = [{ chart: chart.name, source: SOURCE, images: withoutIndices(known) }];
  return {
    unnamed: await ourWrite(session, written, filename, mine, { files }, false),
    taught: await ourWrite(session, written, filename, mine, { files, chartFacts: { charts, uses } }, false),
    disagreements,
    ...(typeof learnt === "string" ? { problem: learnt } : {}),
  };
}
