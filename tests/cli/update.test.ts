// How an existing digest is replaced in a text.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apart, applyPieces } from "../../lib/cli/pieces.js";
import { moveDigest } from "../../lib/cli/update.js";
import { inspect } from "../../lib/images/inspect.js";
import type { Piece } from "../../lib/pinning/edit.js";
import type { Digest } from "../../lib/reference/digest.js";
import { settingsOf } from "../support/settings.js";

const FRESH = `sha256:${"f".repeat(64)}` as Digest;
const settings = settingsOf();

const fieldsOf = (text: string) =>
  inspect(text, { filename: "/x/values.yaml", settings, neighbour: () => undefined }).fields;

/** Moves every pinned field of a text. */
function move(text: string): string | undefined {
  const moves = fieldsOf(text).map((field) => moveDigest(text, field, FRESH));
  return applyPieces(
    text,
    moves.filter((each): each is Piece => typeof each !== "string"),
  );
}

const digest = fc.stringMatching(/^[0-9a-e]{64}$/).map((hex) => `sha256:${hex}`);
const quote = fc.constantFrom("", "'", '"');
const comment = fc.constantFrom("", " # keep", " # sha256:not this");
const name = fc.constantFrom("nginx", "quay.io/org/app", "localhost-like.example:5000/a/b");
const shapes = fc.record({
  shape: fc.constantFrom("inline", "tag", "digest", "sha", "flow"),
  quote,
  comment,
  name,
  digest,
});

const image = ({
  shape,
  quote: q,
  comment: c,
  name: n,
  digest: d,
}: {
  shape: string;
  quote: string;
  comment: string;
  name: string;
  digest: string;
}): string =>
  ({
    inline: `  image: ${q}${n}:v1@${d}${q}${c}\n`,
    tag: `  image:\n    repository: ${n}\n    tag: ${q}v1@${d}${q}${c}\n`,
    digest: `  image:\n    digest: ${q}${d}${q}${c}\n    repository: ${n}\n    tag: v1\n`,
    sha: `  image:\n    repository: ${n}\n    tag: v1\n    sha: "${d.slice(7)}"${c}\n`,
    flow: `  image: { repository: ${n}, tag: ${q}v1@${d}${q} }${c}\n`,
  })[shape] ?? "";

describe("moving digests", () => {
  it("changes the digits and no other byte, and reads back as the same reference", () => {
    fc.assert(
      fc.property(fc.array(shapes, { minLength: 1, maxLength: 4 }), fc.boolean(), (images, crlf) => {
        const before = images.map((each, index) => `a${String(index)}:\n${image(each)}`).join("");
        const text = crlf ? before.replaceAll("\n", "\r\n") : before;
        const expected = images.reduce(
          (sum, each) => sum.replaceAll(each.digest.slice(7), FRESH.slice(7)),
          text,
        );
        const after = move(text);
        expect(after).toBe(expected);
        const [then, now] = [fieldsOf(text), fieldsOf(after ?? "")];
        expect(now).toHaveLength(images.length);
        for (const [index, field] of now.entries())
          expect(field).toMatchObject({
            state: "pinned",
            field: then[index]?.field,
            reference: {
              domain: then[index]?.reference?.domain,
              repository: then[index]?.reference?.repository,
              tag: "v1",
              digest: FRESH,
            },
          });
      }),
    );
  });

  it("refuses two digests in one place", () => {
    const moves: readonly Piece[] = [
      { range: [0, 2], text: "a" },
      { range: [0, 2], text: "b" },
    ];
    expect(applyPieces("xx", moves)).toBeUndefined();
    expect(
      applyPieces("xx", [
        { range: [0, 2], text: "a" },
        { range: [0, 2], text: "a" },
      ]),
    ).toBe("a");
  });

  it.each([
    ["an escape", `image: "nginx:v1@sha256:\\u0061${"a".repeat(63)}"\n`, "is not edited in place"],
    [
      "digits without their algorithm",
      `image:\n  repository: nginx\n  tag: v1\n  digest: sha512:${"b".repeat(128)}\n`,
      undefined,
    ],
  ])("with %s", (_, text, why) => {
    const [field] = fieldsOf(text);
    if (!field) throw new Error("no field");
    const moved = moveDigest(text, field, FRESH);
    if (why === undefined) expect(moved).toMatchObject({ text: FRESH });
    else expect(moved).toContain(why);
  });
});

describe("edits of one pass", () => {
  const edit = (start: number, end: number, text = "x"): Piece => ({ range: [start, end], text });

  it.each<[string, Piece[], Piece[]]>([
    ["are sorted", [edit(5, 6), edit(1, 2)], [edit(1, 2), edit(5, 6)]],
    [
      "hold none that overlaps an earlier one",
      [edit(0, 4), edit(3, 5), edit(6, 7)],
      [edit(0, 4), edit(6, 7)],
    ],
    ["hold none that begins where another one ends", [edit(0, 4), edit(4, 5)], [edit(0, 4)]],
    ["hold the same edit once", [edit(2, 2), edit(2, 2)], [edit(2, 2)]],
  ])("%s", (_, edits, left) => {
    expect(apart(edits)).toEqual(left);
  });
});
