// Compares two renderings of one chart: which images changed, and whether anything else did.
import { parseReference } from "../reference/reference.js";
import { differsInHash, fromBase64, leavesOf, lineLeaves, treeLeaves, type Leaves } from "./leaves.js";

/** An image that was given a digest. */
export interface Written {
  readonly id: number;
  /** The digits of its digest. */
  readonly hex: string;
  readonly tag: string;
  /** The last component of its repository. */
  readonly name: string;
}

/** One place that differs. */
export interface Difference {
  /** Whose digests stand there. */
  readonly ids: readonly number[];
  /** Whether only a digest came, behind the reference that stood there. */
  readonly ok: boolean;
  /** The reference keeps its tag, the digest takes its place, or it gets the tag that a runtime takes. */
  readonly form?: Form;
  /** Where, and what stands there, in a few words. */
  readonly how: string;
  /** What kind of place it is, where no image is named there. */
  readonly kind?: Place;
}

type Form = "tag" | "no-tag" | "latest";

export type Place = "label" | "argument" | "shared" | "failed" | "other";

/** A rendering, one text for each document. */
export type Documents = readonly string[];

/**
 * Compares renderings.
 *
 * @param before documents without our digests
 * @param noise the same, rendered once more: where these differ, so does every rendering
 * @param after documents with our digests
 * @param written the images whose digests were written
 * @returns what differs, in order
 */
export function compare(
  before: Documents,
  noise: Documents,
  after: Documents,
  written: readonly Written[],
): readonly Difference[] {
  if (before.length !== after.length) {
    const how = `${String(before.length)} documents become ${String(after.length)}`;
    return [{ ids: [], ok: false, how, kind: "other" }];
  }
  const differences: Difference[] = [];
  for (const [index, text] of before.entries()) {
    const changed = after[index] ?? "";
    if (text === changed) continue;
    const again = noise.length === before.length ? (noise[index] ?? text) : text;
    const [one, other, random] = leavesOfAll([text, changed, again]);
    for (const path of new Set([...one.keys(), ...other.keys()])) {
      const [from, to] = [one.get(path), other.get(path)];
      if (from === to || random.get(path) !== from) continue;
      differences.push(inParts(path, from, to, other, written) ?? judge(path, from, to, written));
    }
  }
  return differences;
}

/** Helm's parser accepts repeated keys, and ours does not: then lines are compared. */
function leavesOfAll(texts: readonly [string, string, string]): readonly [Leaves, Leaves, Leaves] {
  const [one, other, random] = texts.map(treeLeaves);
  return one && other && random
    ? [one, other, random]
    : [lineLeaves(texts[0]), lineLeaves(texts[1]), lineLeaves(texts[2])];
}

/**
 * The scalars that hold the digests of some images.
 *
 * @returns by the id of each image, in how many scalars its digest stands
 */
export function countDigests(documents: Documents, written: readonly Written[]): ReadonlyMap<number, number> {
  return countIn(
    documents,
    written.map(({ id, hex }) => ({ id, text: hex })),
  );
}

/** In how many scalars of a rendering each text stands, also in base64. */
function countIn(
  documents: Documents,
  wanted: readonly { readonly id: number; readonly text: string }[],
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const document of documents)
    for (const value of leavesOf(document).values()) {
      if (typeof value !== "string") continue;
      const text = fromBase64(value) ?? value;
      for (const each of wanted)
        if (text.includes(each.text)) counts.set(each.id, (counts.get(each.id) ?? 0) + 1);
    }
  return counts;
}

/**
 * Recognises a change in the parts of an image that an operator composes: `repository`, `image` and
 * `version`, or a `sha` beside an `image` that holds the same digest.
 */
function inParts(
  path: string,
  from: unknown,
  to: unknown,
  leaves: Leaves,
  written: readonly Written[],
): Difference | undefined {
  const holder = path.slice(0, path.lastIndexOf(".") + 1);
  const isVersion =
    /\.(?:version|tag)$/.test(path) && leaves.has(`${holder}repository`) && leaves.has(`${holder}image`);
  const image = isVersion
    ? written.find(({ hex, tag }) => from === tag && to === `${tag}@sha256:${hex}`)
    : written.find(
        ({ hex }) =>
          path.endsWith(".sha") &&
          from === undefined &&
          to === hex &&
          String(leaves.get(`${holder}image`)).endsWith(`@sha256:${hex}`),
      );
  return image && { ids: [image.id], ok: true, form: "tag", how: "parts of an image, for an operator" };
}

function judge(path: string, from: unknown, to: unknown, written: readonly Written[]): Difference {
  const place = placeOf(path);
  const wrong = (ids: readonly number[], how: string, kind = kindOf(path)): Difference => ({
    ids,
    ok: false,
    how: `${place} ${how}`,
    kind,
  });
  const raw = `${path} ${typeof to === "string" ? to : JSON.stringify(to)}`;
  if (typeof from !== "string" || typeof to !== "string")
    return wrong(
      idsIn(raw, written),
      from === undefined ? "comes" : to === undefined ? "goes" : "changes",
      "other",
    );
  const [before, after] = [fromBase64(from) ?? from, fromBase64(to) ?? to];
  const ids = idsIn(`${path} ${after}`, written);
  if (ids.length === 0)
    return differsInHash(before, after) && !isSelector(path)
      ? { ids, ok: true, how: `${place} is a hash` }
      : wrong(ids, "changes", "other");
  const own = written.filter(({ id }) => ids.includes(id));
  const form = formOf(before, after, own);
  const tokens = tokensIn(after, own);
  if (form === undefined)
    return wrong(ids, tokens.length === 0 ? "holds a piece of the digest" : `is \`${shorten(after, own)}\``);
  for (const { name, image } of tokens) {
    const fit = fitOf(name, image, form);
    if (fit === "fits") continue;
    const kind = kindOf(path) === "other" ? fit : kindOf(path);
    return wrong(ids, `is \`${shorten(`${name}@sha256:${image.hex}`, own)}\``, kind);
  }
  if (/\.labels\.|^labels\./.test(path)) return wrong(ids, `is \`${shorten(after, own)}\``);
  return { ids, ok: true, form, how: place };
}

function formOf(from: string, to: string, own: readonly Written[]): Form | undefined {
  if (/@sha256:[0-9a-f]{64}@/.test(to)) return undefined;
  // The chart's own values may hold another digest in this place.
  if (withoutDigests(to) === withoutDigests(from)) return "tag";
  const plain = own.reduce((text, { hex }) => text.replaceAll(`:latest@sha256:${hex}`, ""), to);
  if (plain === from) return "latest";
  const tagged = own.reduce((text, { hex, tag }) => text.replaceAll(`@sha256:${hex}`, `:${tag}`), to);
  return tagged === withoutDigests(from) ? "no-tag" : undefined;
}

interface Token {
  readonly name: string;
  readonly image: Written;
}

function tokensIn(text: string, own: readonly Written[]): readonly Token[] {
  return [...text.matchAll(/([A-Za-z0-9][\w.\-/:]*)?@sha256:([0-9a-f]{64})/g)].flatMap(
    ([, name = "", hex]) => {
      const image = own.find((each) => each.hex === hex);
      return image ? [{ name, image }] : [];
    },
  );
}

/** Whether the text before a digest is the reference of its image. */
function fitOf(name: string, image: Written, form: Form): "fits" | Place {
  const result = parseReference(name);
  if (!result.ok) return "other";
  const { repository, tag } = result.reference;
  if (tag !== { tag: image.tag, latest: "latest", "no-tag": undefined }[form]) return "other";
  return repository.slice(repository.lastIndexOf("/") + 1) === image.name ? "fits" : "shared";
}

function idsIn(text: string, written: readonly Written[]): readonly number[] {
  return written.filter(({ hex }) => text.includes(hex.slice(0, 8))).map(({ id }) => id);
}

function withoutDigests(text: string): string {
  return text.replace(/@sha256:[0-9a-f]{64}/g, "");
}

/** Makes a text short enough for a message. The digits of our digests are made up, so they are left out. */
function shorten(text: string, own: readonly Written[]): string {
  const short = own.reduce((each, { hex }) => each.replaceAll(hex, "…"), text);
  return short.length > 90 ? `…${short.slice(-90)}` : short;
}

const isSelector = (path: string): boolean => /(?:^|\.)(?:matchLabels|selector)\./.test(path);

function kindOf(path: string): Place {
  if (/(?:^|\.)(?:labels|matchLabels|selector)\./.test(path)) return "label";
  return /(?:^|\.)(?:args|command)\.\d+$/.test(path) ? "argument" : "other";
}

/** A path in a few words: the label's or annotation's own name, else the last keys. */
function placeOf(path: string): string {
  for (const kind of ["labels", "matchLabels", "annotations"]) {
    const at = `.${path}`.indexOf(`.${kind}.`);
    if (at >= 0)
      return `${kind === "annotations" ? "annotation" : "label"} ${path.slice(at + kind.length + 1)}`;
  }
  if (/\.env\.\d+\./.test(path)) return "environment variable";
  if (/(?:^|\.)(?:args|command)\.\d+$/.test(path)) return "argument";
  if (/^data\.|\.data\./.test(path)) return "data";
  return path
    .split(".")
    .filter((step) => !/^\d+$/.test(step))
    .slice(-2)
    .join(".");
}
