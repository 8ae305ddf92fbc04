// One chart: its images, what each form of writing a digest does to what Helm renders, and what our own `pin`
// does.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { override } from "./consumer.mjs";
import { template } from "./helm.mjs";
import { imagesOf } from "./images.mjs";
import { ourWrite } from "./our-write.mjs";
import { Session } from "./session.mjs";

/**
 * Measures a chart.
 *
 * @param helm the program
 * @param chart what unpack.mjs knows of it
 * @param folder its copy, with dependencies
 * @returns the chart's row: what was measured, or why it could not be
 */
export async function probe(helm, chart, folder) {
  const text = existsSync(join(folder, "values.yaml"))
    ? readFileSync(join(folder, "values.yaml"), "utf8").replace(/^\uFEFF/, "")
    : "";
  let values;
  try {
    values = load(text) ?? {};
  } catch (error) {
    return { skipped: `values.yaml: ${error.reason ?? "not read"}` };
  }
  const session = await Session.open(helm, folder, values);
  if (!session) return { skipped: `helm template: ${(await template(helm, folder)).message}` };
  const filename = join(folder, "values.yaml");
  const images = imagesOf(text, filename, values, chart);
  if (images.length === 0) return { skipped: "no image in its values" };
  return {
    images: images.map(({ field, written, shape, state, beside }) => ({
      field,
      written,
      shape,
      state,
      ...(beside ? { beside } : {}),
    })),
    defaults: await ourWrite(
      session,
      text,
      filename,
      images.filter(({ state }) => state === "unpinned"),
      {},
    ),
    ...(await override(session, images, chart, folder)),
  };
}
