// The scalars of a rendered document, by their paths.
import { loadAll } from "js-yaml";

/** Aliases of aliases come to more. */
const MAX_LEAVES = 300_000;

export type Leaves = ReadonlyMap<string, unknown>;

/**
 * Reads documents.
 *
 * @param text what Helm rendered between two lines `---`
 * @returns each scalar by its path, or each line where it is no YAML for our parser, as with repeated keys
 */
export function leavesOf(text: string): Leaves {
  return treeLeaves(text) ?? lineLeaves(text);
}

/** The lines of a text as leaves. */
export function lineLeaves(text: string): Leaves {
  return new Map(text.split("\n").map((line, index) => [`line.${String(index)}`, line]));
}

/** The scalars of a text; `undefined` where it is no YAML, or too large. */
export function treeLeaves(text: string): Leaves | undefined {
  const leaves = new Map<string, unknown>();
  let left = MAX_LEAVES;
  const walk = (value: unknown, path: string): void => {
    left -= 1;
    if (left < 0) return;
    if (typeof value !== "object" || value === null) {
      leaves.set(path, value);
      return;
    }
    for (const [key, child] of Object.entries(value)) walk(child, path === "" ? key : `${path}.${key}`);
  };
  try {
    for (const [index, document] of loadAll(text).entries())
      walk(document, index === 0 ? "" : `#${String(index)}`);
  } catch {
    return undefined;
  }
  return left < 0 ? undefined : leaves;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4}){3,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * What a text holds in base64.
 *
 * @param text a scalar, as in the `data` of a Secret
 * @returns the decoded text; `undefined` where it is no base64 of a text
 */
export function fromBase64(text: string): string | undefined {
  if (!BASE64.test(text)) return undefined;
  const decoded = Buffer.from(text, "base64").toString("utf8");
  // eslint-disable-next-line no-control-regex -- they are what no text has
  return /[\u0000-\u0008\ufffd]/.test(decoded) ? undefined : decoded;
}

/** Digits of a hash, in a text between other characters. */
const HASH = /(?<![A-Za-z0-9])(?:[0-9a-f]{6,64}|[0-9]{6,10})(?![A-Za-z0-9])/g;

/**
 * Whether two texts differ only in hashes of the same length.
 *
 * @param from a text
 * @param to another one
 */
export function differsInHash(from: string, to: string): boolean {
  const [one, other] = [from, to].map((text) =>
    text.replace(HASH, (digits) =>
      /^[0-9]+$/.test(digits) && digits.length < 11 ? "#" : "#".repeat(digits.length),
    ),
  );
  return one === other && one !== from;
}
