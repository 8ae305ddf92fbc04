// Finds out what each digest did: with one rendering for all images, and one for each image where that is
// unclear.
import { dump } from "js-yaml";
import { compare } from "../../build/lib/proof/compare.js";
import { shows } from "./session.mjs";

/** How many images of a chart are rendered one by one, at most. */
const MAX_SINGLE = 40;
/** How often a rendering is repeated to find what is random in it. */
const MORE_NOISE = 4;

/**
 * What became of each image: `right` and by which form, `breaks` and how, `ignored` where the chart renders
 * the image but no digest, or `hidden` where it does not render the image at all.
 */
export async function verdicts(session, base, images, write) {
  const verdict = new Map();
  if (images.length > 0) await attribute(session, base, images, write, verdict);
  return verdict;
}

async function attribute(session, base, images, write, verdict) {
  const { before, noise, switches } = base;
  const after = await session.render([...write(images), switches]);
  const found = after.ok
    ? compare(before, noise, after.documents, images)
    : [{ ids: [], ok: false, how: `Helm fails: ${after.message}` }];
  const differences =
    images.length === 1 && after.ok && found.some(({ ids, ok }) => !ok && ids.length === 0)
      ? await withoutChance(base, found)
      : found;
  const unclear = differences.some(({ ids, ok }) => !ok && ids.length !== 1);
  if (unclear && images.length > 1) {
    for (const image of images.slice(0, MAX_SINGLE)) await attribute(session, base, [image], write, verdict);
    return;
  }
  for (const image of images) {
    const own = differences.filter(
      ({ ids }) => ids.includes(image.id) || (images.length === 1 && ids.length === 0),
    );
    const broken = own.filter(({ ok }) => !ok);
    if (broken.length > 0)
      verdict.set(image.field, {
        verdict: "breaks",
        how: [...new Set(broken.map(({ how }) => how))].sort().slice(0, 3),
      });
    else if (own.length > 0)
      verdict.set(image.field, {
        verdict: "right",
        form: own.some(({ form }) => form === "no-tag") ? "no-tag" : "tag",
      });
    else
      verdict.set(image.field, {
        verdict: (await isShown(session, base, image, write)) ? "ignored" : "hidden",
      });
  }
}

/** Whether the chart renders an image: another tag changes what it prints. */
async function isShown(session, base, image, write) {
  const { before, noise, switches } = base;
  if (!image.alone || !shows(before, image)) return false;
  if (image.path.some((step) => typeof step !== "string")) return true;
  const other = image.keys.repository ? { [image.keys.tag]: "9.9.9" } : "registry.example/other:9.9.9";
  const values = image.path.reduceRight((below, step) => ({ [step]: below }), other);
  const after = await session.render([...write([]), switches, dump(values)]);
  if (!after.ok) return true;
  const differences = compare(before, noise, after.documents, []);
  return (await withoutChance(base, differences)).length > 0;
}

/** Drops differences that are random: some charts render the same values in another order each time. */
async function withoutChance({ before, noise, again }, differences) {
  const chance = new Set();
  for (let count = 0; count < MORE_NOISE; count++) {
    const rendered = await again();
    if (rendered.ok) for (const { how } of compare(before, noise, rendered.documents, [])) chance.add(how);
  }
  return differences.filter(({ ids, how }) => ids.length > 0 || !chance.has(how));
}
