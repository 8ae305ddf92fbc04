// Writes a user's file completely or not at all, and only if nobody changed it since it was read.
import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { codeIn } from "./failure.js";
import { removeLeftovers } from "../digests/leftovers.js";

/**
 * Removes what killed runs have left beside a file, once for each folder.
 *
 * @param path the file; never throws
 */
export function removeLeftoversBeside(path: string): void {
  removeLeftovers(dirname(path), (name) => name.startsWith("."));
}

/** Why nothing was written, in a few words. */
export type NotSaved = "it changed while this ran" | "it is not UTF-8" | `it cannot be written${string}`;

/**
 * Replaces a file's text. A link stays a link, and the mode stays. The file is never half written. All of it
 * is synchronous, so that Ctrl-C takes effect before or after it.
 *
 * @param path the file
 * @param before its text as it was read, byte order mark included
 * @param after what to write
 * @returns nothing, or why the file was left as it was; never throws
 */
export function replaceText(path: string, before: string, after: string): NotSaved | undefined {
  try {
    const target = realpathSync(path);
    const bytes = readFileSync(target);
    // Someone else has already made the same change.
    if (isText(bytes, after)) return undefined;
    if (!isText(bytes, before))
      return bytes.toString("utf8") === before ? "it is not UTF-8" : "it changed while this ran";
    // Renaming needs write permission on the folder only, but a read-only file must stay as it is.
    accessSync(target, constants.W_OK);
    const { mode, uid, gid } = statSync(target);
    replaceBytes(target, after, { mode, uid, gid });
    return undefined;
  } catch (error) {
    return `it cannot be written${codeIn(error)}`;
  }
}

/** Compares the lengths first: a large file should not be copied to see that it is another one. */
function isText(bytes: Buffer, text: string): boolean {
  return bytes.length === Buffer.byteLength(text, "utf8") && bytes.equals(Buffer.from(text, "utf8"));
}

/**
 * Writes a file completely or not at all, and creates it if needed. A device such as /dev/null is written to
 * directly.
 *
 * @throws Node's error
 */
export function writeWhole(path: string, text: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) replaceBytes(path, text, undefined);
  else if (stat.isFile()) replaceBytes(realpathSync(path), text, stat);
  else writeFileSync(path, text);
}

/** What a replaced file keeps. */
interface Kept {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

function replaceBytes(target: string, text: string, kept: Kept | undefined): void {
  removeLeftoversBeside(target);
  const temporary = join(
    dirname(target),
    `.${basename(target)}.${String(process.pid)}.${randomBytes(6).toString("hex")}.tmp`,
  );
  const descriptor = openSync(temporary, "wx", kept?.mode ?? 0o666);
  try {
    try {
      writeAll(descriptor, Buffer.from(text, "utf8"));
      // Else a power cut may leave the new name with nothing behind it. The folder is not synced: then the
      // old text may come back, which is whole too.
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (kept) keep(temporary, kept);
    renameSync(temporary, target);
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  }
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
}

function keep(path: string, { mode, uid, gid }: Kept): void {
  try {
    chownSync(path, uid, gid);
  } catch {
    // Only root may change a file's owner, and only a member may give it to a group.
  }
  // After chown, which clears the set-ID bits.
  chmodSync(path, mode);
}
