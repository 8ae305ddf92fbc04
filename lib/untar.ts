// The files in a tar archive, read in memory. Rules are synchronous: of the packages that read archives, the
// one that reads them so leaves out the half of a long name that stands in the header's `prefix`.

/** A file in an archive. */
export interface TarFile {
  /** Its path in the archive, as it stands there: it may lead out of it. */
  readonly name: string;
  readonly data: Uint8Array;
}

const BLOCK = 512;
const ASCII = new TextDecoder("latin1");
const TEXT = new TextDecoder();

/**
 * Reads an archive.
 *
 * @param archive the bytes, not compressed
 * @returns its files one by one; links, folders and devices are passed over
 * @throws {RangeError} where it is damaged
 * @see POSIX.1-2017, pax Interchange Format and ustar Interchange Format; GNU tar, `././@LongLink`
 */
export function* untar(archive: Uint8Array): Generator<TarFile> {
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= archive.length;) {
    const header = archive.subarray(at, at + BLOCK);
    if (header[0] === 0) return;
    const size = sizeIn(header);
    const end = at + BLOCK + size;
    if (end > archive.length) throw new RangeError("a file goes beyond the end of the archive");
    const data = archive.subarray(at + BLOCK, end);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === "x") longName = pathInPax(data) ?? longName;
    else if (type === "L") longName = textIn(data);
    else {
      if (type === "0" || type === "\0") yield { name: longName ?? nameIn(header), data };
      longName = undefined;
    }
  }
}

function sizeIn(header: Uint8Array): number {
  const digits = ASCII.decode(header.subarray(124, 136))
    .replace(/[\0 ]+$/, "")
    .trimStart();
  if (!/^[0-7]+$/.test(digits)) throw new RangeError("a file has no size");
  return Number.parseInt(digits, 8);
}

function nameIn(header: Uint8Array): string {
  const name = textIn(header.subarray(0, 100));
  const isUstar = ASCII.decode(header.subarray(257, 263)) === "ustar\0";
  const prefix = isUstar ? textIn(header.subarray(345, 500)) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

function textIn(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return TEXT.decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** `27 path=charts/a/Chart.yaml\n`: the number is the length of the whole record, in bytes. */
function pathInPax(data: Uint8Array): string | undefined {
  let path: string | undefined;
  for (let at = 0; at < data.length;) {
    const space = data.indexOf(0x20, at);
    const length = Number(ASCII.decode(data.subarray(at, space)));
    if (space < 0 || !Number.isInteger(length) || length <= space - at)
      throw new RangeError("a damaged header");
    const record = TEXT.decode(data.subarray(space + 1, at + length - 1));
    if (record.startsWith("path=")) path = record.slice("path=".length);
    at += length;
  }
  return path;
}
