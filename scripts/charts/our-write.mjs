// Pins a values file with our own `pin`, and measures what Helm renders from it.
import { find } from "../../build/lib/images/find.js";
import { pin } from "../../build/lib/pinning/pin.js";
import { plan } from "../../build/lib/pinning/plan.js";
import { neighbourOf } from "../../build/lib/read-neighbour.js";
import { readSettings } from "../../build/lib/settings/read.js";
import { read } from "../../build/lib/yaml/read.js";
import { isHidden } from "./session.mjs";
import { verdicts } from "./verdicts.mjs";

/**
 * Pins all that `--fix` would in a values file, with a digest for each field, and renders before and after.
 */
export async function ourWrite(session, text, filename, images, raw, beside = true) {
  const base = await session.base([text], images);
  if (!base) return undefined;
  const settings = settingsOf(raw);
  const plans = plansOf(text, filename, settings, beside);
  const known = new Map(images.map((image) => [image.field, image]));
  const pinned = [...known.values()].filter(({ field }) => plans.get(field)?.kind === "fix");
  const outcome = await verdicts(session, base, pinned, (subset) => [
    pinText(text, filename, settings, subset, beside),
  ]);
  for (const image of images)
    if (plans.get(image.field)?.kind !== "fix" && (await isHidden(session, [text], image)))
      outcome.set(image.field, { verdict: "hidden" });
  return Object.fromEntries(
    images.map(({ field }) => {
      const { kind, reason, slot } = plans.get(field) ?? { kind: "absent" };
      return [
        field,
        { kind, ...(reason ? { reason } : {}), ...(slot ? { slot } : {}), ...(outcome.get(field) ?? {}) },
      ];
    }),
  );
}

function plansOf(text, filename, settings, beside) {
  return new Map(
    fieldsOf(text, filename, settings, beside).map((field) => [
      field.field,
      { ...plan(field, settings), slot: field.slot.kind },
    ]),
  );
}

/**
 * The images that the finder finds.
 *
 * @param text a file's text
 * @param filename its path
 * @param settings the user's
 * @param beside whether it may read the files beside it
 */
export function fieldsOf(text, filename, settings, beside) {
  return find(read(text), { filename, settings, neighbour: beside ? neighbourOf(filename) : undefined })
    .fields;
}

function pinText(text, filename, settings, images, beside) {
  let pinned = text;
  for (const { field: path, hex } of images) {
    const field = fieldsOf(pinned, filename, settings, beside).find(
      (each) => each.field === path && each.state === "unpinned",
    );
    const [edit] = field ? pin(pinned, field, plan(field, settings), `sha256:${hex}`) : [];
    if (edit) pinned = pinned.slice(0, edit.range[0]) + edit.text + pinned.slice(edit.range[1]);
  }
  return pinned;
}

/** Valid settings from what a user would write. */
export function settingsOf(raw) {
  const result = readSettings({ "container-images": raw });
  if (!result.ok) throw new Error(result.message);
  return result.settings;
}
