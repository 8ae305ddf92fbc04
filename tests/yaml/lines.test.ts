// Lines and columns: LF, CRLF and a lone CR end a line, U+2028 does not.
import { describe, expect, it } from "vitest";
import { positionFinder } from "../../lib/yaml/lines.js";

describe("positionFinder", () => {
  it.each([
    ["the first character", "ab", 0, 1, 0],
    ["behind LF", "a\nb", 2, 2, 0],
    ["behind CRLF", "a\r\nb", 3, 2, 0],
    ["behind a lone CR", "a\rb", 2, 2, 0],
    ["behind CR and LF of two lines", "a\n\rb", 3, 3, 0],
    ["behind U+2028", "a\u2028b", 2, 1, 2],
    ["behind a character of two units", "😀b", 2, 1, 2],
    ["the text's end", "a\nbc", 4, 2, 2],
    ["an empty last line", "a\n", 2, 2, 0],
    ["before the text", "a\n", -1, 1, 0],
    ["beyond the text", "a\nb", 9, 2, 1],
  ])("finds %s", (_name, text, offset, line, column) => {
    expect(positionFinder(text)(offset)).toEqual({ line, column });
  });
});
