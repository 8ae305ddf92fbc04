import { describe, expect, test } from "vitest";
import { holdsVocabulary } from "../../lib/images/vocabulary.js";

describe("whether a text can hold an image", () => {
  test.each([
    "image: nginx",
    '"image" : nginx',
    '"im\\x61ge": nginx',
    '"im\\u0061ge": nginx',
    '"im\\U00000061ge": nginx',
    '"sidecar\\x5FImag\\x65": nginx',
    'uses: "docker\\x3a//alpine"',
    'uses: "docker:\\u002F/alpine"',
    "- path: /spec/template/spec/containers/0/image",
  ])("yes: %s", (text) => {
    expect(holdsVocabulary(text)).toBe(true);
  });
  test.each(["name: nginx", "pattern: ^[a-z\\x60|~]+$", 'text: "\\u2028 \\u00e4 \\x00 \\U0001F600"', 'wasting: "C:\\\\users"'])("no: %s", (text) => {
    expect(holdsVocabulary(text)).toBe(false);
  });
});
