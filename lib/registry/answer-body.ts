// Reads the body of an answer, within limits.
import type { IncomingMessage } from "node:http";
import { LookupError } from "./failure.js";

/** How many bytes are read of an answer that is not a success: enough for a registry's `errors`. */
const ERROR_LIMIT = 8 * 1024;
/** Bytes: most manifests and tokens fit. */
const LEAST_ROOM = 4 * 1024;

/**
 * Why an answer cannot be read, if so. Of an answer that is no success, only the status counts.
 *
 * @param incoming its headers
 * @param url what was asked
 */
export function refusalOf(
  { headers, statusCode = 0 }: IncomingMessage,
  { host }: URL,
): LookupError | undefined {
  const encoding = headers["content-encoding"] ?? "identity";
  if (statusCode >= 300 || encoding.trim().toLowerCase() === "identity") return undefined;
  return new LookupError("invalid-answer", `${host} answered with a content-encoding that was not asked for`);
}

/**
 * Reads the body of an answer.
 *
 * @param incoming the answer
 * @param request `url`: what was asked; `limit`: the most bytes
 * @returns the body; of an error, its beginning
 * @throws {LookupError} where it is too long; else Node's own error
 */
export function readBody(
  incoming: IncomingMessage,
  { url, limit }: { readonly url: URL; readonly limit: number },
): Promise<Buffer> {
  const success = incoming.statusCode !== undefined && incoming.statusCode < 300;
  const most = success ? limit : ERROR_LIMIT;
  const bytes = new Bytes();
  return new Promise((resolve, reject) => {
    incoming.on("data", (chunk: Buffer) => {
      if (bytes.size + chunk.length <= most) {
        bytes.add(chunk);
        return;
      }
      incoming.destroy();
      // The body of an error is for a message, so its beginning is enough.
      if (success)
        reject(
          new LookupError(
            "invalid-answer",
            `${url.host} answered with more than ${String(limit / 1024)} KiB`,
          ),
        );
      else {
        bytes.add(chunk.subarray(0, most - bytes.size));
        resolve(bytes.all);
      }
    });
    incoming.once("end", () => {
      resolve(bytes.all);
    });
    incoming.once("error", reject);
    // After `end` this changes nothing. Without `end`, the connection was cut, and no other event says so.
    incoming.once("close", () => {
      reject(Object.assign(new Error("cut"), { code: "ECONNRESET" }));
    });
  });
}

/** Bytes that come in pieces. They are copied: a piece of one byte may hold the 64 KiB that it came in. */
class Bytes {
  #room = Buffer.alloc(0);
  size = 0;

  add(piece: Buffer): void {
    const needed = this.size + piece.length;
    if (needed > this.#room.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#room.length, LEAST_ROOM));
      this.all.copy(larger);
      this.#room = larger;
    }
    piece.copy(this.#room, this.size);
    this.size = needed;
  }

  get all(): Buffer {
    return this.#room.subarray(0, this.size);
  }
}
