// Reads a small file of the user's, whatever its path leads to: nothing waits for a pipe, and no device or
// huge file fills the memory.
import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { codeOf, oneLine } from "./failure.js";

/** Far more than any configuration or certificate holds. */
const MAX_BYTES = 1024 * 1024;
/** Milliseconds: a disk of another machine may be gone. */
const PATIENCE = 3_000;

/** What is at a path. */
export type SmallFile =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "missing" }
  /** Completes the sentence "The file …". */
  | { readonly kind: "bad"; readonly why: string };

/**
 * Reads a text file of at most 1 MiB.
 *
 * @returns its text, or why there is none; never throws
 */
export async function readSmallFile(file: string): Promise<SmallFile> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<SmallFile>((resolve) => {
    timer = setTimeout(() => {
      resolve({ kind: "bad", why: "cannot be read in time" });
    }, PATIENCE);
  });
  try {
    return await Promise.race([readNow(file), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function readNow(file: string): Promise<SmallFile> {
  try {
    // Without O_NONBLOCK, opening a pipe would wait for its other end.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return await readOpen(handle);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return { kind: "missing" };
    return { kind: "bad", why: `cannot be read (${oneLine(code)})` };
  }
}

async function readOpen(handle: FileHandle): Promise<SmallFile> {
  const stats = await handle.stat();
  if (!stats.isFile()) return { kind: "bad", why: "is no regular file" };
  const tooLarge: SmallFile = { kind: "bad", why: "is larger than 1 MiB" };
  if (stats.size > MAX_BYTES) return tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  for (;;) {
    const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(64 * 1024) });
    if (bytesRead === 0) return { kind: "text", text: Buffer.concat(chunks).toString("utf8") };
    size += bytesRead;
    if (size > MAX_BYTES) return tooLarge;
    chunks.push(buffer.subarray(0, bytesRead));
  }
}
