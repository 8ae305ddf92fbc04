// Measures signs in a consumer's mapping that could lower a fix to a suggestion: how many fixes each would
// leave, and how many of these are right.
import { parseReference } from "../../build/lib/reference/reference.js";
import { segmentsOf } from "../../build/lib/proof/chart-images.js";

/**
 * Each says whether an image would be lowered, from its own mapping and from images of other publishers'
 * charts.
 */
const SIGNS = [
  ["none: all are fixed", () => false],
  [
    "an image that another publisher's chart breaks on",
    (image, others) => others.some((other) => !other.right && other.name === image.name),
  ],
  [
    "an image that no other publisher's chart was seen to take",
    (image, others) => !others.some((other) => other.right && other.name === image.name),
  ],
  [
    "`image` at the root of the values: the chart's main image",
    ({ path }) => path.length === 1 && path[0] === "image",
  ],
  [
    "… or a component that is named as its image is",
    ({ path, name }) => path.length === 1 || isNamedAs(path, name),
  ],
  ["no `registry` key in the chart's mapping", ({ beside }) => !beside.includes("registry")],
  ["a `digest` key in the chart's mapping", ({ beside }) => beside.includes("digest")],
  [
    "no `pullPolicy` key in the chart's mapping",
    ({ beside }) => !beside.includes("pullPolicy") && !beside.includes("imagePullPolicy"),
  ],
];

const plain = (text) => text.toLowerCase().replace(/[^a-z0-9]/g, "");

function isNamedAs(path, name) {
  const key = plain(
    String(path.at(-1)).replace(/image$/i, "") || String(path.at(-2) ?? "").replace(/Spec$/, ""),
  );
  const image = plain(name.split("/").at(-1));
  return key !== "" && (key.includes(image) || image.includes(key));
}

/**
 * @param charts those measured
 * @returns for each sign, images that it leaves fixed and that are right, all that it leaves, and all
 */
export function signs(charts) {
  const images = charts.flatMap(imagesOf);
  return SIGNS.map(([sign, lowers]) => {
    const left = images.filter(
      (image) =>
        !lowers(
          image,
          images.filter(({ publisher }) => publisher !== image.publisher),
        ),
    );
    return { sign, right: left.filter(({ right }) => right).length, left: left.length, all: images.length };
  });
}

function imagesOf({ repository, images, forms = {} }) {
  return images.flatMap(({ field, written, shape, beside = [] }) => {
    const verdict = forms[field]?.["in the tag"]?.verdict;
    const result = parseReference(written.replace(/@.*$/, ""));
    if (shape === "string" || !["right", "breaks"].includes(verdict) || !result.ok) return [];
    return [
      {
        publisher: repository.split("/")[0],
        path: segmentsOf(field),
        name: `${result.reference.domain}/${result.reference.repository}`,
        beside,
        right: verdict === "right",
      },
    ];
  });
}
