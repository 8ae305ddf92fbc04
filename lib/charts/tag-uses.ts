// What else charts do with a tag, in words.
import type { TagUse } from "../settings/chart-facts.js";

/** Why a digest in the tag is wrong. Messages write it behind "the digest cannot stand in the tag: ". */
export const TAG_USES: Readonly<Record<TagUse, string>> = {
  semver: "the chart compares the tag as a version",
  label: "the chart writes the tag into a label",
  argument: "the chart passes the tag to a program",
  shared: "several images take this tag",
  digest: "the chart's own values hold a digest, and a reference has one",
};
