// A pinned image is read back as the same reference, in every case of the detection tests.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pin } from "../../lib/pinning/pin.js";
import { plan } from "../../lib/pinning/plan.js";
import { DETECTION } from "../images/detection-cases.js";
import { digestOf, fieldsOf } from "../images/fields-of.js";
import { settingsOf } from "../support/settings.js";

const settings = settingsOf();
const cases = Object.values(DETECTION).flat();

/**
 * Applies each fix of a text by itself, and says which image is not read back as the same one.
 *
 * @param named whether the field must keep its path. In a text of several tools' documents it need not: with
 *   a digest, an anchored value may be an image at its own place, and not only where an alias stands for it
 */
function notReadBack(
  text: string,
  file: string,
  digest: ReturnType<typeof digestOf>,
  named = true,
): { readonly fixes: number; readonly wrong: readonly string[] } {
  const fields = fieldsOf(text, file);
  const wrong: string[] = [];
  let fixes = 0;
  for (const [index, field] of fields.entries()) {
    const planned = plan(field, settings);
    if (planned.kind !== "fix") continue;
    const [edit] = pin(text, field, planned, digest);
    if (!edit) continue;
    fixes++;
    const pinned = text.slice(0, edit.range[0]) + edit.text + text.slice(edit.range[1]);
    const again = fieldsOf(pinned, file)[index];
    const same =
      again?.state === "pinned" &&
      (!named || again.field === field.field) &&
      again.at[0] === field.at[0] &&
      again.reference?.domain === field.reference?.domain &&
      again.reference?.repository === field.reference?.repository &&
      (again.reference?.tag ?? "latest") === (field.reference?.tag ?? "latest") &&
      again.reference?.digest === digest;
    const became = `${again?.written ?? "nothing"} (${again?.state ?? "not found"})`;
    if (!same) wrong.push(`${field.field}: ${field.written} became ${became}`);
  }
  return { fixes, wrong };
}

describe("a pinned image is read back as the same one", () => {
  it.each(cases.filter(([, , , found]) => found.some((each) => each.endsWith(" unpinned"))))(
    "%s",
    (_, file, text) => {
      for (const lines of [text, text.replaceAll("\n", "\r\n")]) {
        for (const character of ["a", "0"])
          expect(notReadBack(lines, file, digestOf(character)).wrong).toEqual([]);
      }
    },
  );

  it("in a file of several cases' texts", () => {
    let fixes = 0;
    const plain = cases.filter(([, file, text]) => !file.includes("values") && !text.includes("{{"));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...plain), { minLength: 1, maxLength: 4 }),
        fc.constantFrom("a", "7"),
        (some, character) => {
          const [first] = some;
          const result = notReadBack(
            some.map(([, , text]) => text).join("---\n"),
            first?.[1] ?? "a.yaml",
            digestOf(character),
            false,
          );
          fixes += result.fixes;
          expect(result.wrong).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
    expect(fixes).toBeGreaterThan(100);
  });
});
