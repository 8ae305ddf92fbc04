// The miniatures of real charts, rendered by Helm before and after a digest is written.
import { describe, expect, it } from "vitest";
import { find } from "../../lib/images/find.js";
import type { ImageField } from "../../lib/images/field.js";
import { pin } from "../../lib/pinning/pin.js";
import { plan, type Plan } from "../../lib/pinning/plan.js";
import { neighbourOf } from "../../lib/read-neighbour.js";
import { parseDigest, type Digest } from "../../lib/reference/digest.js";
import { parseReference } from "../../lib/reference/reference.js";
import { readSettings } from "../../lib/settings/read.js";
import type { Settings } from "../../lib/settings/settings.js";
import { read } from "../../lib/yaml/read.js";
import { folderOf, MINIATURES, valuesOf, type Miniature } from "../charts/miniatures.js";
import { HELMS, render, type Rendered } from "./support/helm.js";

const settings = ((): Settings => {
  const result = readSettings({});
  if (!result.ok) throw new Error(result.message);
  return result.settings;
})();

/** A digest of its own for each field, so that one sees whose it is. */
function digestOf(index: number): Digest {
  const result = parseDigest(`sha256:${String(index).repeat(8).padEnd(64, "abcdef")}`);
  if (!result.ok) throw new Error(result.message);
  return result.digest;
}

function fieldsIn(text: string, miniature: Miniature): readonly ImageField[] {
  const filename = `${folderOf(miniature)}/values.yaml`;
  return find(read(text), { filename, settings, neighbour: neighbourOf(filename) }).fields;
}

/** Pins fields one after the other, each with its digest. */
function pinned(
  miniature: Miniature,
  paths: readonly string[],
  how: (field: ImageField) => readonly [ImageField, Plan],
): string {
  return paths.reduce((text, path, index) => {
    const field = fieldsIn(text, miniature).find((each) => each.field === path);
    const [edit] = field ? pin(text, ...how(field), digestOf(index)) : [];
    if (!edit) throw new Error(`${path} is not pinned`);
    return text.slice(0, edit.range[0]) + edit.text + text.slice(edit.range[1]);
  }, valuesOf(miniature));
}

function textOf(rendered: Rendered): string {
  if (!rendered.ok) throw new Error(rendered.message);
  return rendered.text;
}

/**
 * Each line that changed, before and after; a rendering with another number of lines has changed in all of
 * them.
 */
function changed(before: string, after: string): readonly (readonly [string, string])[] {
  const [from, to] = [before.split("\n"), after.split("\n")];
  return from.length === to.length
    ? from.flatMap((line, index) => (line === to[index] ? [] : [[line, to[index] ?? ""] as const]))
    : [[before, after]];
}

/** Whether a line is the same one with digests added behind its tags, or in their place. */
function isPinned([from, to]: readonly [string, string]): boolean {
  const added = to.replace(/@sha256:[0-9a-f]{64}/g, "");
  if (added !== from && !from.startsWith(added.replace(/["']$/, ""))) return false;
  const image = /image: "?([^"\s]+)/.exec(to)?.[1];
  return image === undefined ? /"version":"[^"]+@sha256:/.test(to) : parseReference(image).ok;
}

describe.each(HELMS)("%s", (_, { name, missing }) => {
  describe.skipIf(missing).each(MINIATURES.map((miniature) => [miniature.folder, miniature] as const))(
    "%s",
    (_folder, miniature) => {
      const rendering = async (values: string): Promise<Rendered> =>
        render(name, folderOf(miniature), values);

      it("has nothing changed by `--fix` but its images, each with its own digest", async () => {
        const before = textOf(await rendering(valuesOf(miniature)));
        const after = textOf(
          await rendering(pinned(miniature, miniature.fixed, (field) => [field, plan(field, settings)])),
        );
        const lines = changed(before, after);
        expect(lines.filter((line) => !isPinned(line))).toEqual([]);
        expect(lines).toHaveLength(miniature.fixed.length);
        for (const index of miniature.fixed.keys()) expect(after).toContain(digestOf(index));
      });

      it(`with a digest in each tag: ${miniature.inTheTag}`, async () => {
        const before = textOf(await rendering(valuesOf(miniature)));
        const all = [...miniature.fixed, ...miniature.left];
        const values = pinned(miniature, all, (field) => [
          { ...field, slot: field.parts.tag ? { kind: "tag" } : field.slot },
          { kind: "fix" },
        ]);
        const after = await rendering(values);
        if (miniature.inTheTag === "fails") {
          expect(after.ok).toBe(false);
          return;
        }
        const lines = changed(before, textOf(after));
        const right = lines.length === all.length && lines.every(isPinned);
        expect(right ? "right" : "leaks").toBe(miniature.inTheTag);
      });
    },
  );
});
