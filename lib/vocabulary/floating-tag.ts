// What tags look like that move to newer images. A version of three parts, a date and a commit do not move.

/** Kinds of tags that move to other images, so that what runs changes although nobody changed the file. */
export type Floating = "name" | "major" | "minor";

/** Names that registries, CI systems and projects give to their newest build of something. */
const NAMES = [
  "latest",
  "main",
  "master",
  "trunk",
  "head",
  "develop",
  "development",
  "dev",
  "devel",
  "mainline",
  "default",
  "nightly",
  "daily",
  "weekly",
  "monthly",
  "edge",
  "canary",
  "next",
  "tip",
  "snapshot",
  "rolling",
  "current",
  "unstable",
  "stable",
  "lts",
  "testing",
  "test",
  "staging",
  "release",
  "preview",
  "beta",
  "alpha",
  "rc",
  "insiders",
  "experimental",
  "prod",
  "production",
];

/** What is no variant behind a version: with such a suffix, the tag is a pre-release or one build. */
const NO_VARIANT = "(?:rc|alpha|beta|pre|preview|build|dev|snapshot|r|b|p|m|ea)\\.?\\d*(?:-|$)";

/** One word of a variant: a distribution with or without its version, or a platform. */
const VARIANT_WORD = "(?:[a-z]{2,}(?:\\d+(?:\\.\\d+)*)?|amd64|arm64(?:v8)?|arm32v\\d|x86_64)";

/**
 * What follows a version or a name in a tag to say which variant it is: `-alpine`, `-slim-bookworm`,
 * `-amd64`.
 */
const VARIANT = `(?:-(?!${NO_VARIANT})${VARIANT_WORD})*`;

const PATTERNS: readonly (readonly [Floating, RegExp])[] = [
  ["name", new RegExp(`^(?:${NAMES.join("|")})${VARIANT}$`, "i")],
  // Four digits and more are a year, a build or a day.
  ["major", new RegExp(`^v?\\d{1,3}${VARIANT}$`, "i")],
  ["minor", new RegExp(`^v?\\d{1,3}\\.\\d{1,3}${VARIANT}$`, "i")],
];

/**
 * Which kind of floating tag a tag is, by its spelling.
 *
 * @param tag a valid tag
 * @returns `name` for a branch or a channel, `major` for `1`, `minor` for `1.2`, each with or without a
 *   variant; `undefined` where nothing in the tag says that it moves
 */
export function floating(tag: string): Floating | undefined {
  return PATTERNS.find(([, pattern]) => pattern.test(tag))?.[0];
}
