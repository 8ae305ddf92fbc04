// Finds the fields of a text, for tests that look at what stands in it.
import { find } from "../../lib/images/find.js";
import type { ImageField } from "../../lib/images/field.js";
import { pin } from "../../lib/pinning/pin.js";
import { plan } from "../../lib/pinning/plan.js";
import { parseDigest, type Digest } from "../../lib/reference/digest.js";
import { read } from "../../lib/yaml/read.js";
import { settingsOf } from "../support/settings.js";

export function digestOf(character: string): Digest {
  const result = parseDigest(`sha256:${character.repeat(64)}`);
  if (!result.ok) throw new Error(result.message);
  return result.digest;
}

export function fieldsOf(
  text: string,
  filename = "values.yaml",
  settings = settingsOf(),
  neighbour?: (path: string) => string | undefined,
): readonly ImageField[] {
  return find(read(text), { filename, settings, neighbour }).fields;
}

/** Pins every field that `--fix` would, one after the other, as ESLint's passes do. */
export function pinAll(
  text: string,
  filename = "values.yaml",
  digest = digestOf("a"),
  settings = settingsOf(),
): string {
  let pinned = text;
  for (let pass = 0; pass < 100; pass++) {
    const next = fieldsOf(pinned, filename, settings).find((field) => plan(field, settings).kind === "fix");
    const [edit] = next ? pin(pinned, next, plan(next, settings), digest) : [];
    if (!edit) return pinned;
    pinned = pinned.slice(0, edit.range[0]) + edit.text + pinned.slice(edit.range[1]);
  }
  throw new Error("a pinned field is found unpinned again");
}

/** What a test compares: the image, its state, and what stands in the way of a fix. */
export function summary(field: ImageField, settings = settingsOf()): string {
  const { kind, reason } = plan(field, settings);
  const why = reason === undefined || reason === "state" || reason === field.state ? "" : ` ${reason}`;
  const withoutFix = field.state === "unpinned" && kind !== "fix" ? ` ${kind}` : "";
  return `${field.written} ${field.state}${withoutFix}${why}`;
}
