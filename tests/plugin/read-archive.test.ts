// Reading the files in an archive of a chart, and archives that were made to do harm.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { packTar } from "modern-tar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { neighbourOf } from "../../lib/read-neighbour.js";

/** Writes a number into a header's field. */
function field(header: Uint8Array, at: number, text: string): void {
  header.set(new TextEncoder().encode(text), at);
}

/** A header of an entry, with a size that is written as it is. */
function entry(name: string, size: string, type = "0"): Uint8Array {
  const header = new Uint8Array(512);
  field(header, 0, name);
  field(header, 124, size);
  field(header, 156, type);
  return header;
}

/** An archive of these files. */
function createTar(files: readonly { readonly name: string; readonly data: string }[]): Promise<Uint8Array> {
  return packTar(
    files.map(({ name, data }) => ({
      header: { name, size: Buffer.byteLength(data), type: "file" as const },
      body: data,
    })),
  );
}

describe("an archive of a chart", () => {
  let folder: string;
  const write = (name: string, content: Uint8Array): void => {
    writeFileSync(join(folder, name), gzipSync(content));
  };
  const neighbour = (path: string): string | undefined => neighbourOf(join(folder, "values.yaml"))(path);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "container-images-archive-"));
    write(
      "good-1.0.0.tgz",
      await createTar([
        { name: "good/Chart.yaml", data: "name: good\n" },
        { name: "good/templates/a.yaml", data: "a: b\n" },
      ]),
    );
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("is read as a folder", () => {
    expect(neighbour("good-1.0.0.tgz/good/Chart.yaml")).toBe("name: good\n");
    expect(neighbour("good-1.0.0.tgz/good/templates/")).toBe("a.yaml");
    expect(neighbour("good-1.0.0.tgz/good/")).toBe("Chart.yaml\ntemplates/a.yaml");
    expect(neighbour("good-1.0.0.tgz/good/other/")).toBeUndefined();
  });
  it("is read again where it changes", async () => {
    write("changing-1.tgz", await createTar([{ name: "c/a", data: "one" }]));
    expect(neighbour("changing-1.tgz/c/a")).toBe("one");
    write("changing-1.tgz", await createTar([{ name: "c/a", data: "other one" }]));
    expect(neighbour("changing-1.tgz/c/a")).toBe("other one");
  });
  it.each([
    ["more than it says", new Uint8Array(64 * 1024 * 1024)],
    [
      "more files than are looked at",
      Buffer.concat(Array.from({ length: 2001 }, (_, at) => entry(`f/${String(at)}`, "0"))),
    ],
    ["an entry of a negative size", new Uint8Array([...entry("f/a", "-2000"), ...new Uint8Array(2048)])],
    [
      "an entry that is longer than the archive",
      new Uint8Array([...entry("f/a", "77777777"), ...new Uint8Array(1024)]),
    ],
    [
      "a long name of a negative size",
      new Uint8Array([...entry("f/a", "-2000", "L"), ...new Uint8Array(2048)]),
    ],
  ])("holds nothing if it holds %s", (_, content) => {
    write("hostile-1.tgz", content);
    expect(neighbour("hostile-1.tgz/f/")).toBeUndefined();
    expect(neighbour("hostile-1.tgz/")).toBeUndefined();
  });
  it("leads nowhere else", () => {
    write(
      "leading-1.tgz",
      new Uint8Array([
        ...entry("../../etc/passwd", "0"),
        ...entry("f/link", "0", "2"),
        ...new Uint8Array(1024),
      ]),
    );
    expect(neighbour("leading-1.tgz/../../etc/passwd")).toBeUndefined();
    expect(neighbour("leading-1.tgz/f/link")).toBeUndefined();
  });
  it.each(["none-1.tgz/a", "none-1.tgz/", "good-1.0.0.tgz/none"])("has nothing for %s", (path) => {
    expect(neighbour(path)).toBeUndefined();
  });
  it("that is no archive holds nothing", () => {
    writeFileSync(join(folder, "plain-1.tgz"), "text");
    expect(neighbour("plain-1.tgz/")).toBeUndefined();
  });
});
