// Untrusted text in a message: one line of limited length, with nothing that a terminal or an annotation
// takes for a command.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayText } from "../../lib/reference/display.js";

describe("displayText", () => {
  it.each([
    ["nginx:1.27", "nginx:1.27"],
    ["  nginx  ", "nginx"],
    ["a\nb", "a b"],
    ["a\r\n::add-mask::b", "a ::add-mask::b"],
    ["\u001b]8;;https://evil.example\u0007link", "]8;;https://evil.example link"],
    ["\u001b[31mred", "[31mred"],
    ["abc\u202edef", "abc def"],
    ["zero\u200bwidth", "zero width"],
    ["\ufeffmark", "mark"],
    ["line\u2028end", "line end"],
    ["", ""],
    ["\u0000", ""],
    ["::stop-commands::x", ": :stop-commands::x"],
    [" \u0000::error::x", ": :error::x"],
    ["a##[add-mask]b", "a## [add-mask]b"],
    ["https://user:secret@ghcr.io/a:1", "https://…@ghcr.io/a:1"],
    ["at https://token@r.example:5000/a and http://b:c@d/", "at https://…@r.example:5000/a and http://…@d/"],
    ["user:secret@r.example/a:1", "…@r.example/a:1"],
    [`nginx:1.27@sha256:${"a".repeat(64)}`, `nginx:1.27@sha256:${"a".repeat(64)}`],
    ["r.example:5000/a:1@sha256:abc", "r.example:5000/a:1@sha256:abc"],
    ["ngínx 😀", "ngínx 😀"],
  ])("%j becomes %j", (text, shown) => {
    expect(displayText(text)).toBe(shown);
  });

  it("cuts a text that is too long, and ends it in `…`", () => {
    expect(displayText("a".repeat(161))).toBe(`${"a".repeat(159)}…`);
    expect(displayText("a".repeat(160))).toBe("a".repeat(160));
    expect(displayText("a".repeat(10_000_000), 10)).toBe("aaaaaaaaa…");
  });

  it("makes one printable line of every text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 400 }),
        fc.integer({ min: 1, max: 200 }),
        (text, length) => {
          const shown = displayText(text, length);
          expect(shown.length).toBeLessThanOrEqual(length);
          expect(shown).not.toMatch(
            /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u,
          );
        },
      ),
    );
  });
});
