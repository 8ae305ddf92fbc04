// Reading a tar archive, held to a package that writes them.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { packTar } from "modern-tar";
import { afterAll, describe, expect, it } from "vitest";
import { untar } from "../../lib/untar.js";

const folder = mkdtempSync(join(tmpdir(), "container-images-tar-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function read(archive: Uint8Array): Record<string, string> {
  return Object.fromEntries(
    [...untar(archive)].map(({ name, data }) => [name, new TextDecoder().decode(data)]),
  );
}

/** Longer than the 100 bytes of a header's name. */
const LONG = `chart/${"templates/".repeat(12)}deployment-of-something-with-a-long-name.yaml`;
const FILES = { "chart/Chart.yaml": "name: chart\n", [LONG]: "kind: Deployment\n", "chart/empty.yaml": "" };
const version = spawnSync("tar", ["--version"], { encoding: "utf8" });
const hasTar = version.status === 0 && version.stdout.includes("GNU tar");

describe("a tar archive", () => {
  it("reads back, whatever its files are called and hold", async () => {
    const name = fc
      .stringMatching(/^[a-zé][a-zé0-9._-]{0,40}(?:\/[a-zé][a-z0-9é._-]{0,60}){0,4}$/)
      .filter((text) => Buffer.byteLength(text) < 250);
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(name, fc.string({ unit: "grapheme" }), { noNullPrototype: true }),
        async (files) => {
          const entries = Object.entries(files).map(([each, body]) => ({
            header: { name: each, size: Buffer.byteLength(body), type: "file" as const },
            body,
          }));
          expect(read(await packTar(entries))).toEqual(files);
        },
      ),
    );
  });

  it.skipIf(!hasTar).each(["ustar", "gnu", "pax", "v7"])("of the format %s reads back", (format) => {
    const files = format === "v7" ? { "chart/Chart.yaml": "name: chart\n" } : FILES;
    const source = join(folder, format);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(source, path)), { recursive: true });
      writeFileSync(join(source, path), text);
    }
    const args = [`--format=${format}`, "--create", "--file=-", "--directory", source, "chart"];
    const { stdout, stderr } = spawnSync("tar", args);
    expect(stderr.toString()).toBe("");
    expect(read(stdout)).toEqual(files);
  });

  it("that is damaged is refused, and never read without end", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4096 }), (bytes) => {
        try {
          for (const { data } of untar(bytes)) expect(data.length).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
