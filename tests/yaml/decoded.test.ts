// Whether a file may be written again from its text.
import { afterEach, describe, expect, it, vi } from "vitest";
import { wasDecoded } from "../../lib/yaml/decoded.js";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a file that is UTF-8", () => {
  it("has no replacement character, neither alone nor after another file", () => {
    expect(wasDecoded("a: \u6f22")).toBe(true);
    expect(wasDecoded("a: \ufffd")).toBe(false);
    expect(wasDecoded("a: \u6f22")).toBe(true);
  });

  // 5,000 images in 10 MB with one Chinese character took 7 s for this question alone.
  it("is searched once, however many images ask", () => {
    const text = `${"a: b\n".repeat(100)}# \u6f22`;
    const searches = vi.spyOn(String.prototype, "includes");
    for (let image = 0; image < 100; image++) wasDecoded(text);
    expect(searches).toHaveBeenCalledTimes(1);
  });
});
