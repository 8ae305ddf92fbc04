// The tables of docs/known-charts.md: what is known of charts, from data/charts.json and the chart table.

/** @typedef {import("../lib/settings/chart-facts.js").ChartFacts} ChartFacts */

const code = (text) => `\`${text}\``;
const unlinked = (text) => text.replaceAll("|", "\\|").replaceAll("<", "\\<");

/**
 * A row for each chart of which there are facts.
 *
 * @param {ChartFacts} facts that ship
 * @returns {readonly (readonly string[])[]} chart, source, version, images, and where their digests go
 */
export function factRows({ charts }) {
  return charts.map(({ chart, source, versions, images }) => [
    chart,
    unlinked(source.replace(/^https:\/\//, "")),
    versions,
    String(images.length),
    placesOf(images),
  ]);
}

/** How many images and charts the facts are of, and what proves them. */
export function factCount({ charts }) {
  const images = charts.flatMap((each) => each.images);
  const read = images.filter(({ evidence }) => evidence === "read").length;
  return (
    `${String(charts.length)} charts with ${String(images.length)} images: ` +
    `${String(images.length - read)} were rendered with Helm, before and after a digest was written, and ` +
    `of ${String(read)} the templates were read.`
  );
}

/**
 * A row for each entry of the table that is written by hand.
 *
 * @param rows the chart table
 */
export function tableRows(rows) {
  return rows.flatMap(({ chart, publisher, images, source }) =>
    images.map(({ path, composition, digest }) => [
      `${publisher}/${chart}`,
      path.map((steps) => code(steps.join(".").replaceAll(".#", "[]"))).join(", "),
      code(composition.replaceAll("|", "\\|")),
      placeOf(digest),
      unlinked(source),
    ]),
  );
}

function placesOf(images) {
  const counts = new Map();
  for (const { digest } of images) {
    const place = placeOf(digest.to === "none" ? { to: "none" } : digest);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  if (counts.size === 1) return [...counts.keys()][0];
  return [...counts].map(([place, count]) => `${place} (${String(count)})`).join(", ");
}

/** Where a digest goes, in words. */
function placeOf(digest) {
  switch (digest.to) {
    case "key": {
      const beside = Object.entries(digest.with ?? {}).map(
        ([key, value]) => ` with ${code(`${key}: ${value}`)}`,
      );
      return `${code(digest.key)}${digest.style === "bare" ? ", digits alone" : ""}${beside.join("")}`;
    }
    case "none":
      return digest.message ? `nowhere: ${digest.message}` : "nowhere";
    case "suggest":
      return `suggested: ${digest.message}`;
    default:
      return `behind the ${digest.to}`;
  }
}
