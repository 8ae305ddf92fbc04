// The images of a chart: those in its values, and those that the chart table knows of.
import { createHash } from "node:crypto";
import { chartNamed } from "../../build/lib/charts/chart.js";
import { CHART_ROWS } from "../../build/lib/charts/table.js";
import { MAPPING_ROWS } from "../../build/lib/vocabulary/rows.js";
import { fieldsOf, settingsOf } from "./our-write.mjs";
import { segmentsOf } from "../../build/lib/proof/chart-images.js";

/**
 * @typedef {{
 *   path: (string | number)[],
 *   field: string,
 *   shape: string,
 *   keys: object,
 *   written: string,
 *   reference: object,
 *   tag: string,
 *   name: string,
 *   hex: string,
 *   alone: boolean,
 * }} Image `hex`: the digits of the digest that is written; `alone`: no other image has its name and tag
 */

/**
 * The images of a chart.
 *
 * @param text the text of its values
 * @param filename their path
 * @param values the same, read
 * @param chart what unpack.mjs knows of it
 * @returns {Image[]}
 */
export function imagesOf(text, filename, values, chart) {
  const images = allImages(text, filename, values, chart);
  images.push(...imagesOfTable(values, chart, images));
  const twins = (image) => images.filter(({ name, tag }) => name === image.name && tag === image.tag).length;
  return images.map((image) => ({ ...image, alone: twins(image) === 1 }));
}

/** The images whose paths the chart table names, and which the values hold only in comments. */
function imagesOfTable(values, chart, found) {
  const { publisher } = chartNamed(`${chart.repository.owner}/${chart.name}`);
  const paths = CHART_ROWS.filter((row) => row.chart === chart.name && row.publisher === publisher).flatMap(
    ({ images }) => images.flatMap(({ path, composition }) => (composition.includes("{hub}") ? [] : path)),
  );
  return paths
    .filter(
      (path) =>
        path.every((step) => !/[*#]/.test(step)) &&
        !found.some(({ field }) => field === path.join(".")) &&
        ["object", "undefined"].includes(typeof at(values, path)),
    )
    .map((path, index) => {
      const own = { repository: `registry.example/${chart.name}/${path.at(-2) ?? chart.name}`.toLowerCase() };
      const field = path.join(".");
      const tag = chart.appVersion || "1.2.3";
      const reference = {
        domain: "registry.example",
        repository: own.repository.slice("registry.example/".length),
      };
      return {
        id: found.length + index + 1000,
        path,
        field,
        shape: "registry/repository/tag",
        state: "table",
        keys: { repository: "repository", tag: "tag" },
        own,
        written: own.repository,
        reference,
        tag,
        name: own.repository.split("/").at(-1),
        hex: createHash("sha256").update(field).digest("hex"),
      };
    });
}

function allImages(text, filename, values, chart) {
  return fieldsOf(text, filename, settingsOf({}), true).flatMap((field, id) => {
    if (!["unpinned", "incomplete", "pinned"].includes(field.state) || !field.reference) return [];
    const path = segmentsOf(field.field);
    const keys = keysOf(field, at(values, path));
    if (!keys) return [];
    const tag = field.reference.tag ?? (chart.appVersion || "1.2.3");
    const hex = createHash("sha256").update(field.field).digest("hex");
    const own = Object.fromEntries(
      ["registry", "repository"].flatMap((part) =>
        keys[part] ? [[keys[part], field.parts[part].value]] : [],
      ),
    );
    const mapping = at(values, path);
    const beside = typeof mapping === "object" ? Object.keys(mapping) : undefined;
    return [
      {
        id,
        path,
        field: field.field,
        shape: field.shape,
        state: field.state,
        beside,
        keys,
        own,
        written: field.written.replace(/@.*$/, ""),
        reference: field.reference,
        tag,
        name: field.reference.repository.split("/").at(-1),
        hex,
      },
    ];
  });
}

function at(values, path) {
  return path.reduce(
    (value, step) => (typeof value === "object" && value !== null ? value[step] : undefined),
    values,
  );
}

/** The keys of a mapping that hold the parts of an image; `{}` where the image is one string. */
function keysOf(field, value) {
  if (typeof value === "string") return {};
  if (typeof value !== "object" || value === null) return undefined;
  for (const row of MAPPING_ROWS.filter(({ shape }) => shape === field.shape)) {
    const keys = {};
    for (const [part, { value: text }] of Object.entries(field.parts)) {
      const key = row.keys[part]?.find((name) => String(value[name] ?? "") === text);
      if (key) keys[part] = key;
    }
    const empty = row.keys.tag?.find((name) => name in value) ?? row.keys.tag?.[0];
    if (keys.repository) return { tag: empty, ...keys };
  }
  return undefined;
}
