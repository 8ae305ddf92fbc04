// The images in a chart's values, with the keys that hold their parts, and how their digests are written.
import { createHash } from "node:crypto";
import type { ImageField } from "../images/field.js";
import { inspect } from "../images/inspect.js";
import type { Reference } from "../reference/reference.js";
import type { Settings } from "../settings/settings.js";
import type { Segment } from "../vocabulary/path.js";
import { MAPPING_ROWS } from "../vocabulary/rows.js";
import { isMapping, valueAt, writeValues, type Values } from "./values.js";

/** The keys of a mapping that hold the parts of an image. */
export interface PartKeys {
  readonly registry?: string;
  readonly repository: string;
  readonly tag: string;
  /** A digest key that is there. */
  readonly digest?: string;
}

/** An image of a chart. */
export interface ChartImage {
  /** Distinguishes it from the chart's other images. */
  readonly id: number;
  /** Its path as `list` prints it. */
  readonly field: string;
  readonly path: readonly Segment[];
  /** Absent where the image is one string. */
  readonly keys?: PartKeys;
  /** What stands in its mapping. */
  readonly beside: ReadonlySet<string>;
  /** The image without a digest, where it is one string. */
  readonly written: string;
  readonly reference: Reference;
  readonly tag: string;
  /** The last component of its repository. */
  readonly name: string;
  /** The digits of the digest that is written to try it. */
  readonly hex: string;
}

/** Charts that hold more are looked at in part. */
const MAX_IMAGES = 200;

/** Takes the place of a tag that nobody knows. */
const SOME_TAG = "1.2.3";

/**
 * Finds the images in values.
 *
 * @param values the chart's own, joined with those of a user
 * @param appVersion what charts take where there is no tag
 * @param settings the user's
 */
export function chartImages(values: Values, appVersion: string, settings: Settings): readonly ChartImage[] {
  const text = writeValues(values);
  const fields = inspect(text, { filename: "values.yaml", settings }).fields;
  const seen = new Set<string>();
  const images: ChartImage[] = [];
  for (const field of fields) {
    const image = seen.has(field.field) ? undefined : imageOf(field, values, appVersion, images.length + 1);
    seen.add(field.field);
    if (image) images.push(image);
    if (images.length === MAX_IMAGES) break;
  }
  return images;
}

function imageOf(field: ImageField, values: Values, appVersion: string, id: number): ChartImage | undefined {
  const { reference, state } = field;
  if (!reference || !["unpinned", "incomplete", "pinned"].includes(state)) return undefined;
  const path = segmentsOf(field.field);
  const value = valueAt(values, path);
  const keys = isMapping(value) ? keysOf(field, value) : undefined;
  // A text without a tag may be no image.
  if (!keys && (typeof value !== "string" || state === "incomplete")) return undefined;
  // `name@sha256` beside the digits as a tag: it is pinned, and takes no second digest.
  if (field.parts.repository?.value.includes("@") === true && keys) return undefined;
  return {
    id,
    field: field.field,
    path,
    ...(keys ? { keys } : {}),
    beside: new Set(isMapping(value) ? Object.keys(value) : []),
    written: field.written.replace(/@.*$/, ""),
    reference,
    tag:
      reference.tag ??
      (keys && /^[\w][\w.-]{0,127}$/.test(appVersion) ? appVersion : keys ? SOME_TAG : "latest"),
    name: reference.repository.slice(reference.repository.lastIndexOf("/") + 1),
    hex: createHash("sha256").update(field.field).digest("hex"),
  };
}

const SEGMENT = /\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([A-Za-z0-9_-]+)/g;

/**
 * The keys and indices of a path.
 *
 * @param path as `formatPath` writes it
 */
export function segmentsOf(path: string): readonly Segment[] {
  return [...path.matchAll(SEGMENT)].map(([, index, quoted, key = ""]) =>
    index !== undefined ? Number(index) : quoted !== undefined ? String(JSON.parse(quoted)) : key,
  );
}

/** The keys of a mapping that hold the parts of an image, by the row of the vocabulary that found it. */
function keysOf(field: ImageField, mapping: Values): PartKeys | undefined {
  for (const { shape, keys } of MAPPING_ROWS) {
    if (shape !== field.shape) continue;
    const keyOf = (part: "registry" | "repository" | "tag"): string | undefined =>
      field.parts[part] && keys[part]?.find((key) => textOf(mapping[key]) === field.parts[part]?.value);
    const repository = keyOf("repository");
    if (repository === undefined) continue;
    const registry = keyOf("registry") ?? keys.registry?.find((key) => Object.hasOwn(mapping, key));
    const digest = keys.digest?.find((key) => Object.hasOwn(mapping, key));
    const tag =
      keyOf("tag") ?? keys.tag?.find((key) => Object.hasOwn(mapping, key)) ?? keys.tag?.[0] ?? "tag";
    return {
      repository,
      tag,
      ...(registry === undefined ? {} : { registry }),
      ...(digest === undefined ? (Object.hasOwn(mapping, "sha") ? { digest: "sha" } : {}) : { digest }),
    };
  }
  return undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
