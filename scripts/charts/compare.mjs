// Compares two renderings of one chart: which images changed, and whether anything else did.
import { loadAll } from "js-yaml";
import { parseReference } from "../../build/lib/reference/reference.js";

/** Keys that hold a hash of the rendered output, which changes with every image. */
const CHECKSUM = /checksum|\bhash$/i;

/**
 * @typedef {{ id: number, hex: string, tag: string, name: string }} Written an image that was pinned: its
 *   digest's digits, its tag, and the last component of its repository
 * @typedef {{ ids: number[], ok: boolean, form?: "tag" | "no-tag" | "latest", how: string }} Difference
 *   `ids`: whose digest it shows
 */

/**
 * @param before documents without digests
 * @param noise the same, rendered once more: where these differ, so does every rendering
 * @param after documents with digests
 * @param {readonly Written[]} written
 * @returns {Difference[]}
 */
export function compare(before, noise, after, written) {
  if (before.length !== after.length)
    return [{ ids: [], ok: false, how: `${String(before.length)} documents became ${String(after.length)}` }];
  const differences = [];
  for (const [index, text] of before.entries()) {
    if (text === after[index]) continue;
    const documents = [text, after[index], noise.length === before.length ? noise[index] : text];
    const trees = documents.map(leavesOf);
    // Helm's parser accepts repeated keys, and ours does not: then lines are compared.
    const [one, other, random] = trees.every((tree) => tree !== undefined) ? trees : documents.map(linesOf);
    for (const path of new Set([...one.keys(), ...other.keys()])) {
      const [from, to] = [one.get(path), other.get(path)];
      if (from === to || random.get(path) !== from || CHECKSUM.test(path)) continue;
      differences.push(inParts(path, from, to, other, written) ?? judge(path, from, to, written));
    }
  }
  return differences;
}

function idsIn(text, written) {
  return written.filter(({ hex }) => text.includes(hex.slice(0, 12))).map(({ id }) => id);
}

/**
 * Recognises a change in the parts of an image that an operator composes: `repository`, `image` and
 * `version`, or a `sha` beside an `image` that holds the same digest.
 */
function inParts(path, from, to, leaves, written) {
  const holder = path.slice(0, path.lastIndexOf(".") + 1);
  const version =
    /\.(?:version|tag)$/.test(path) && leaves.has(`${holder}repository`) && leaves.has(`${holder}image`);
  const image = version
    ? written.find(({ hex, tag }) => from === tag && to === `${tag}@sha256:${hex}`)
    : written.find(
        ({ hex }) =>
          path.endsWith(".sha") &&
          from === undefined &&
          to === hex &&
          String(leaves.get(`${holder}image`)).endsWith(`@sha256:${hex}`),
      );
  return image
    ? { ids: [image.id], ok: true, form: "tag", how: "parts of an image, for an operator" }
    : undefined;
}

function judge(path, from, to, written) {
  const kind = kindOf(path);
  const ids = idsIn(`${path} ${String(to)}`, written);
  if (typeof from !== "string" || typeof to !== "string")
    return {
      ids,
      ok: false,
      how: `${kind} ${from === undefined ? "came" : to === undefined ? "went" : "changed"}`,
    };
  if (ids.length === 0) return { ids, ok: false, how: `${kind} changed` };
  const own = written.filter(({ id }) => ids.includes(id));
  const withTag = own.reduce((text, { hex, tag }) => text.replaceAll(`@sha256:${hex}`, `:${tag}`), to);
  const twice = /@sha256:[0-9a-f]{64}@/.test(to);
  // A runtime reads a reference without a tag as `latest`, and some charts write that.
  const withLatest = own.reduce((text, { hex }) => text.replaceAll(`:latest@sha256:${hex}`, ""), to);
  const form = twice
    ? undefined
    : withLatest === from
      ? "latest"
      : // The chart's own values may hold another digest in this place.
        withoutDigests(to) === withoutDigests(from)
        ? "tag"
        : withTag === from
          ? "no-tag"
          : undefined;
  const tokens = [...to.matchAll(/([A-Za-z0-9][\w.\-/:]*)?@sha256:([0-9a-f]{64})/g)].filter(([, , hex]) =>
    own.some((each) => each.hex === hex),
  );
  if (form === undefined)
    return {
      ids,
      ok: false,
      how: tokens.length === 0 ? `${kind} holds a piece of the digest` : `${kind} is \`${shorten(to, own)}\``,
    };
  for (const [, name = "", hex] of tokens) {
    const image = own.find((each) => each.hex === hex);
    const result = parseReference(name);
    const tag = { tag: image.tag, latest: "latest", "no-tag": undefined }[form];
    const fits =
      result.ok &&
      result.reference.tag === tag &&
      result.reference.repository.split("/").at(-1) === image.name;
    if (!fits) return { ids, ok: false, how: `${kind} is \`${shorten(`${name}@sha256:${hex}`, own)}\`` };
  }
  if (/\.labels\./.test(path) && form) return { ids, ok: false, how: `${kind} is \`${shorten(to, own)}\`` };
  return { ids, ok: true, form, how: kind };
}

function withoutDigests(text) {
  return text.replace(/@sha256:[0-9a-f]{64}/g, "");
}

/** Makes a text short enough for a table. The digits of our digests are made up, so they are left out. */
function shorten(text, own) {
  const short = own.reduce((each, { hex }) => each.replaceAll(hex, "…"), text);
  return short.length > 90 ? `…${short.slice(-90)}` : short;
}

/** A path's kind, for the page: the label's or annotation's own name, else the last keys. */
function kindOf(path) {
  const [, label] = /\.labels\.(.+)$/.exec(path) ?? /\.matchLabels\.(.+)$/.exec(path) ?? [];
  if (label) return `label ${label}`;
  const [, annotation] = /\.annotations\.(.+)$/.exec(path) ?? [];
  if (annotation) return `annotation ${annotation}`;
  if (/\.env\.\d+\./.test(path)) return "environment variable";
  if (/\.(?:args|command)\.\d+$/.test(path)) return "argument";
  if (/^data\.|\.data\./.test(path)) return "data";
  return path
    .split(".")
    .filter((step) => !/^\d+$/.test(step))
    .slice(-2)
    .join(".");
}

function linesOf(text) {
  return new Map(text.split("\n").map((line, index) => [`line.${String(index)}`, line]));
}

function leavesOf(text) {
  const leaves = new Map();
  const walk = (value, path) => {
    if (typeof value === "object" && value !== null)
      for (const [key, child] of Object.entries(value)) walk(child, path === "" ? key : `${path}.${key}`);
    else leaves.set(path, value);
  };
  try {
    for (const [index, document] of loadAll(text).entries())
      walk(document, index === 0 ? "" : `#${String(index)}`);
  } catch {
    return undefined;
  }
  return leaves;
}
