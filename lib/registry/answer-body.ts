// Reads the body of an answer, within limits.
import type { IncomingMessage } from "node:http";
import { LookupError } from "./failure.js";

/** How many bytes are read of an answer that is not a success: enough for a registry's `errors`. */
const ERROR_LIMIT = 8 * 1024;

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
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= (success ? limit : ERROR_LIMIT)) return;
      incoming.destroy();
      // The body of an error is for a message, so its beginning is enough.
      if (success)
        reject(
          new LookupError(
            "invalid-answer",
            `${url.host} answered with more than ${String(limit / 1024)} KiB`,
          ),
        );
      else resolve(Buffer.concat(chunks).subarray(0, ERROR_LIMIT));
    });
    incoming.once("end", () => {
      resolve(Buffer.concat(chunks));
    });
    incoming.once("error", reject);
    // After `end` this changes nothing. Without `end`, the connection was cut, and no other event says so.
    incoming.once("close", () => {
      reject(Object.assign(new Error("cut"), { code: "ECONNRESET" }));
    });
  });
}
