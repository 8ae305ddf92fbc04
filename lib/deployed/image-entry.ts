// An entry of a kustomization's `images`: which images it matches, and what it makes of them.
import { matchesPattern } from "./pattern.js";

/** What kustomize knows of an entry; empty where a key is not there. */
export interface ImageEntry {
  readonly name: string;
  readonly newName: string;
  readonly newTag: string;
  readonly digest: string;
  readonly tagSuffix: string;
}

/** An image's parts, as kustomize splits it. */
export interface SplitImage {
  readonly name: string;
  readonly tag: string;
  readonly digest: string;
}

/** What kustomize takes for a digest and for a tag, at the end of an image. */
const DIGEST = /@sha256:[\w.{}-]*$/;
const TAG = /:[\w.{}-]*$/;

/**
 * Splits an image as kustomize does.
 *
 * @param image the text of an image
 * @see kustomize, api/internal/image, Split
 */
export function splitImage(image: string): SplitImage {
  const slash = Math.max(image.indexOf("/"), 0);
  const at = image.indexOf("@", slash);
  const colon = image.indexOf(":", slash);
  const end = at < 0 ? image.length : at;
  const hasTag = colon >= 0 && colon < end;
  return {
    name: image.slice(0, hasTag ? colon : end),
    tag: hasTag ? image.slice(colon + 1, end) : "",
    digest: at < 0 ? "" : image.slice(at + 1),
  };
}

/**
 * Whether an entry is for an image.
 *
 * @param image the text of an image
 * @param name the entry's
 * @see kustomize, api/internal/image, IsImageMatched
 */
export function isImageMatched(image: string, name: string): boolean {
  const withTag = image.replace(DIGEST, "");
  // The expression may cover a tag or a digest itself.
  return [withTag.replace(TAG, ""), withTag, image.replace(TAG, ""), image].some((text) =>
    matchesPattern(text, name),
  );
}

/**
 * What an entry makes of an image that it matches.
 *
 * @param image the text of an image
 * @param entry the entry
 * @see kustomize, api/filters/imagetag, imageTagUpdater
 */
export function withEntry(image: string, entry: ImageEntry): string {
  const split = splitImage(image);
  const isNew = entry.newTag !== "" || entry.digest !== "";
  const tag = isNew ? entry.newTag : split.tag + entry.tagSuffix;
  const digest = isNew ? entry.digest : entry.tagSuffix === "" ? split.digest : "";
  const name = entry.newName === "" ? split.name : entry.newName;
  return name + (tag === "" ? "" : `:${tag}`) + (digest === "" ? "" : `@${digest}`);
}

/** Whether an entry says which version of an image is deployed: else the image's own tag stays. */
export function setsVersion(entry: ImageEntry): boolean {
  return entry.newTag !== "" || entry.digest !== "";
}
