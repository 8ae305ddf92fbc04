// Whether a digest is safe where it is, and what is left after the edit.
import { describe, expect, it } from "vitest";
import { unsafe } from "../../lib/pinning/unsafe.js";
import { fieldsOf } from "../images/fields-of.js";
import { settingsOf } from "../support/settings.js";
import { DIGEST } from "../rules/modes.js";
import { HEX, IMAGE, SKYHOOK } from "../rules/unsafe-texts.js";

describe("unsafe", () => {
  const settings = settingsOf();

  it.each([
    SKYHOOK(`image: ghcr.io/a/b@${DIGEST}\nversion: 1.2.3\n`),
    SKYHOOK(`image: ghcr.io/a/b\nversion: 1.2.3\ncontainerSHA: "${HEX}"\n`),
    IMAGE(`repository: quay.io/a/b@${DIGEST}\ntag: 1.10\n`),
    IMAGE(`repository: a/b\ntag: v1@${DIGEST}\nvariant: alpine\ndigest: ""\n`),
  ])("leaves after its edit what is pinned and safe: %j", (text) => {
    const [field] = fieldsOf(text, "x-values.yaml");
    const edit = field && unsafe(text, field, settings)?.edit;
    expect(edit).toBeDefined();
    const after = edit ? text.slice(0, edit.range[0]) + edit.text + text.slice(edit.range[1]) : "";
    const [repaired] = fieldsOf(after, "x-values.yaml");
    expect(repaired).toMatchObject({ state: "pinned", reference: { digest: DIGEST } });
    expect(repaired && unsafe(after, repaired, settings)).toBeUndefined();
  });

  it("writes the digits alone where the chart puts the algorithm before them", () => {
    const text = IMAGE(`repository: a/b\ntag: v1\nsha: ${DIGEST}\n`);
    const [field] = fieldsOf(text);
    if (field?.slot.kind !== "key") throw new Error("the digest has a key of its own");
    const found = unsafe(text, { ...field, slot: { ...field.slot, style: "bare" } }, settings);
    expect(found).toMatchObject({
      why: "has a `sha256:` that is put before it once more",
      remedy: "write the hexadecimal digits alone",
    });
    expect(found?.edit?.text).toContain(`sha: "${HEX}"`);
  });

  it("says what a chart's own row says of its tag", () => {
    const text = IMAGE(`repository: a/b\ntag: v1@${DIGEST}\n`);
    const [field] = fieldsOf(text);
    expect(
      field && unsafe(text, { ...field, tagBreaks: "the chart compares it as a version" }, settings),
    ).toMatchObject({ why: "cannot stand in the tag: the chart compares it as a version" });
    expect(
      field &&
        unsafe(
          text,
          {
            ...field,
            slot: {
              kind: "none",
              reason: "chart-breaks",
              message: "the chart makes a label of it; exempt it",
            },
          },
          settings,
        ),
    ).toEqual({
      why: "cannot stand here: the chart makes a label of it",
      remedy: "take it out",
    });
  });
});
