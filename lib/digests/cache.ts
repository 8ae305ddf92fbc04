// Keeps answers on disk: one small file for each lookup, in a folder of the user. The files are untrusted
// input.
import { createHash, randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import envPaths from "env-paths";
import type { Found } from "../reference/answer.js";
import { parseDigest } from "../reference/digest.js";
import { steadyTime } from "../reference/steady-time.js";
import type { LookupKey } from "./key.js";
import { removeLeftovers } from "./leftovers.js";

/** The version of the format. Entries of another version are ignored. */
const VERSION = 1;
const MAX_BYTES = 8 * 1024;
const NAME = "eslint-plugin-container-images";
// Windows does not have it.
const NO_FOLLOW = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0;

/** How old an answer may be. */
export interface Freshness {
  /** Seconds. */
  readonly maxAge: number;
  /** Milliseconds since the epoch: a newer answer counts, whatever its age. */
  readonly since?: number | undefined;
}

export interface Cache {
  /**
   * Reads an answer.
   *
   * @returns the answer; `undefined` when there is none, or when it is too old, from the future, or not what
   *   {@link write} wrote for this lookup; never throws
   */
  read(key: LookupKey, freshness: Freshness): Found | undefined;
  /**
   * Keeps an answer, completely or not at all.
   *
   * @returns whether it was kept; never throws
   */
  write(key: LookupKey, found: Found): boolean;
  readonly folder: string;
}

/**
 * Opens the cache. It creates nothing before the first write.
 *
 * @param directory the setting `cacheDirectory`; without it, the user's own cache folder (`XDG_CACHE_HOME`,
 *   `~/Library/Caches`, `%LOCALAPPDATA%`): outside the repository, where no pull request can write
 */
export function openCache(directory: string | undefined): Cache {
  const folder = directory === undefined ? envPaths(NAME, { suffix: "" }).cache : resolve(directory);
  const fileOf = (key: LookupKey): string =>
    join(folder, `${createHash("sha256").update(key.text).digest("hex")}.json`);
  return {
    folder,
    read(key, freshness) {
      // Where nothing was ever looked up, no name has to be made.
      const text = existsSync(folder) ? readSmall(fileOf(key)) : undefined;
      const entry = text === undefined ? undefined : parseEntry(text, key);
      return entry && isFresh(entry.resolvedAt, freshness, steadyTime()) ? entry : undefined;
    },
    write(key, found) {
      const file = fileOf(key);
      const { digest, mediaType, platformCount, resolvedAt } = found;
      const entry = {
        version: VERSION,
        reference: key.reference,
        endpoint: key.endpoint,
        digest,
        mediaType,
        platformCount,
        resolvedAt,
      };
      const temporary = `${file}.${String(process.pid)}.${randomBytes(6).toString("hex")}.tmp`;
      try {
        removeLeftovers(folder, (name) => /^[0-9a-f]{64}\.json\./.test(name));
        // `wx` does not follow a link that someone has put there, and rename replaces a link instead of
        // writing through it. It is not synced: an entry that a power cut leaves incomplete does not count.
        inFolder(folder, () => {
          writeFileSync(temporary, `${JSON.stringify(entry)}\n`, { flag: "wx", mode: 0o600 });
        });
        renameSync(temporary, file);
        return true;
      } catch {
        try {
          unlinkSync(temporary);
        } catch {
          // It was not created.
        }
        return false;
      }
    },
  };
}

/**
 * Creates a file, and the folder first where it is not there: to ask for it each time costs an error each
 * time.
 *
 * @throws Node's error
 */
function inFolder(folder: string, create: () => void): void {
  try {
    create();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    makeFolder(folder);
    create();
  }
}

/**
 * Makes a folder and its parents. Node's own `recursive` is not used: it never ends where making a folder in
 * an existing folder fails with ENOENT (procfs, an automounter).
 *
 * @throws Node's error
 */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || dirname(folder) === folder || existsSync(dirname(folder))) throw error;
    makeFolder(dirname(folder));
    makeFolder(folder);
  }
}

/**
 * Whether an answer still counts.
 *
 * @param resolvedAt milliseconds since the epoch; a time in the future never counts, because a clock was
 *   wrong
 * @param now milliseconds since the epoch
 */
export function isFresh(resolvedAt: number, { maxAge, since }: Freshness, now: number): boolean {
  if (resolvedAt > now) return false;
  return now - resolvedAt <= maxAge * 1000 || (since !== undefined && resolvedAt >= since);
}

function readSmall(file: string): string | undefined {
  // The usual case: to look costs a tenth of the error that opening it would make.
  if (!existsSync(file)) return undefined;
  let descriptor: number | undefined;
  try {
    descriptor = openSync(
      file,
      constants.O_RDONLY | NO_FOLLOW | ((constants as Partial<typeof constants>).O_NONBLOCK ?? 0),
    );
    const stat = fstatSync(descriptor);
    if (!stat.isFile() || stat.size > MAX_BYTES || !isOurs(stat.uid)) return undefined;
    const bytes = Buffer.alloc(MAX_BYTES);
    return bytes.toString("utf8", 0, readSync(descriptor, bytes, 0, MAX_BYTES, 0));
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/**
 * Whether a file belongs to this user or to root. Another user's file is not trusted, wherever
 * `cacheDirectory` points; root does not trust it either.
 */
function isOurs(uid: number): boolean {
  const own = process.getuid?.();
  return own === undefined || uid === own || uid === 0;
}

function parseEntry(text: string, key: LookupKey): Found | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { version, reference, endpoint, digest, mediaType, platformCount, resolvedAt } = value as Readonly<
    Record<string, unknown>
  >;
  if (version !== VERSION || reference !== key.reference || endpoint !== key.endpoint) return undefined;
  const parsed = typeof digest === "string" ? parseDigest(digest) : undefined;
  if (!parsed?.ok || !parsed.digest.startsWith("sha256:")) return undefined;
  if (typeof mediaType !== "string" || !/^[a-z0-9!#$&^_.+/-]{0,200}$/.test(mediaType)) return undefined;
  if (typeof resolvedAt !== "number" || !Number.isSafeInteger(resolvedAt) || resolvedAt < 0) return undefined;
  if (
    platformCount !== undefined &&
    !(typeof platformCount === "number" && Number.isSafeInteger(platformCount) && platformCount >= 0)
  )
    return undefined;
  return {
    ok: true,
    digest: parsed.digest,
    mediaType,
    ...(platformCount === undefined ? {} : { platformCount }),
    resolvedAt,
    from: "cache",
  };
}
