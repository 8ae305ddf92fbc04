// How the body of an answer is read.
import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { readBody } from "../../lib/registry/answer-body.js";

const URL_ASKED = new URL("https://r.example/v2/");
const KIB = 1024;

/** An answer whose body is written by the test. */
function answer(statusCode = 200): PassThrough & IncomingMessage {
  return Object.assign(new PassThrough(), { statusCode }) as unknown as PassThrough & IncomingMessage;
}

/** A collection of garbage, which no test could wait for otherwise. */
function collect(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

test("of a body in tiny pieces, only the bytes are kept, not the memory that they came in", async () => {
  const incoming = answer();
  const read = readBody(incoming, { url: URL_ASKED, limit: 64 * KIB });
  const pieces: WeakRef<ArrayBufferLike>[] = [];
  for (let piece = 0; piece < 1000; piece += 1) {
    const received = Buffer.alloc(64 * KIB, "ab");
    pieces.push(new WeakRef(received.buffer));
    incoming.write(received.subarray(piece % 2, (piece % 2) + 1));
    await new Promise(setImmediate);
  }
  collect();
  // The last ones may still be in a stream's hands. The sizes that Node counts go down some time later.
  expect(pieces.filter((piece) => piece.deref() !== undefined).length).toBeLessThan(20);
  incoming.end();
  expect((await read).toString()).toBe("ab".repeat(500));
});

test.each([0, 1, 8 * KIB - 1, 8 * KIB, 8 * KIB + 1, 64 * KIB])(
  "a body of %i bytes is read whole, whatever its pieces",
  async (size) => {
    const body = Buffer.from(Array.from({ length: size }, (_, at) => at % 251));
    for (const piece of [1000, 70_000]) {
      const incoming = answer();
      const read = readBody(incoming, { url: URL_ASKED, limit: 64 * KIB });
      for (let at = 0; at < size; at += piece) incoming.write(body.subarray(at, at + piece));
      incoming.end();
      expect((await read).equals(body)).toBe(true);
    }
  },
);

test("a longer body is a failure, and of an error only the beginning is read", async () => {
  for (const pieces of [1, 65]) {
    const incoming = answer();
    const read = readBody(incoming, { url: URL_ASKED, limit: 64 * KIB });
    for (let count = 0; count < pieces; count += 1) incoming.write(Buffer.alloc((65 * KIB) / pieces, "x"));
    await expect(read).rejects.toThrow("r.example answered with more than 64 KiB");
    const error = answer(500);
    const beginning = readBody(error, { url: URL_ASKED, limit: 64 * KIB });
    for (let count = 0; count < pieces; count += 1) error.write(Buffer.alloc((65 * KIB) / pieces, "x"));
    expect((await beginning).toString()).toBe("x".repeat(8 * KIB));
  }
});
