// Writing a file that a person wrote: whole or not at all, and only if it is still what was read.
import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
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

/** Why nothing was written, in a few words. */
export type NotSaved = "it changed while this ran" | "it is not UTF-8" | "it cannot be written";

/**
 * Replaces a file's text. A link stays a link, the mode stays; there is no moment at which the file is half
 * written, and nothing in here waits, so that Ctrl-C falls before or after.
 *
 * @param path the file
 * @param before its text as it was read, byte order mark included
 * @param after what to write
 * @returns nothing, or why it was left as it was; never throws
 */
export function replaceText(path: string, before: string, after: string): NotSaved | undefined {
  try {
    const target = realpathSync(path);
    const bytes = readFileSync(target);
    // Somebody else made the same change.
    if (bytes.equals(Buffer.from(after, "utf8"))) return undefined;
    if (!bytes.equals(Buffer.from(before, "utf8")))
      return bytes.toString("utf8") === before ? "it is not UTF-8" : "it changed while this ran";
    // Replacing it needs the folder alone; a file that its owner made read-only is to stay as it is.
    accessSync(target, constants.W_OK);
    const { mode, uid, gid } = statSync(target);
    replaceBytes(target, after, { mode, uid, gid });
    return undefined;
  } catch {
    return "it cannot be written";
  }
}

/**
 * Writes a file that may not be there yet, whole or not at all. What is no file, as /dev/null, is written
 * through.
 *
 * @throws Node's error
 */
export function writeWhole(path: string, text: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) replaceBytes(path, text, undefined);
  else if (stat.isFile()) replaceBytes(realpathSync(path), text, stat);
  else writeFileSync(path, text);
}

interface Kept {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

function replaceBytes(target: string, text: string, kept: Kept | undefined): void {
  const temporary = join(
    dirname(target),
    `.${basename(target)}.${String(process.pid)}.${randomBytes(6).toString("hex")}.tmp`,
  );
  const descriptor = openSync(temporary, "wx", kept?.mode ?? 0o666);
  try {
    try {
      writeAll(descriptor, Buffer.from(text, "utf8"));
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
    // Only root may give files away; the group may be one that we are not in.
  }
  // Behind chown, which takes set-ID bits away.
  chmodSync(path, mode);
}
