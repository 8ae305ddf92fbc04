// Whether what is known of some versions of a chart counts for the version in use.

/** SemVer 2.0.0 without a pre-release, and with `v` before it as Helm allows. */
const VERSION = /^v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})((?:-[0-9A-Za-z.-]+)?)(?:\+[0-9A-Za-z.-]+)?$/;

/**
 * Whether facts count for a version.
 *
 * @param versions what was looked at: one version, or the ends of a range (`1.0.0 - 1.2.3`); `undefined` for
 *   any
 * @param used the version in use; `undefined` or a range where nothing says it, which fits
 */
export function versionFits(versions: string | undefined, used: string | undefined): boolean {
  const wanted = used === undefined ? null : VERSION.exec(used.trim());
  if (versions === undefined || !wanted) return true;
  const [from = "", to = from] = versions.split(/\s+-\s+/);
  const ends = [VERSION.exec(from.trim()), VERSION.exec(to.trim())] as const;
  if (ends.some((end) => end && isSame(end, wanted))) return true;
  const [low, high] = ends;
  // A pre-release is a version of its own: no range holds it.
  return low !== null && high !== null && wanted[4] === "" && isUpTo(low, wanted) && isUpTo(wanted, high);
}

/**
 * Whether a version is of the same major version as one that was looked at. Until 1.0.0, SemVer lets every
 * minor version change everything; charts change where a digest goes far more rarely, so 0.x is one.
 *
 * @param known the version that was looked at; `undefined` for any
 * @param used the version in use; `undefined` or a range where nothing says it, which fits
 */
export function isSameMajor(known: string | undefined, used: string | undefined): boolean {
  const one = known === undefined ? null : VERSION.exec(known.trim());
  const other = used === undefined ? null : VERSION.exec(used.trim());
  return one === null || other === null || one[1] === other[1];
}

/**
 * Whether the version in use is known, and was looked at.
 *
 * @param versions what was looked at, as in {@link versionFits}
 * @param used the version in use
 * @returns false for a range, and where nothing says the version
 */
export function isLookedAt(versions: string | undefined, used: string | undefined): boolean {
  return used !== undefined && VERSION.test(used.trim()) && versionFits(versions, used);
}

function isSame(one: RegExpExecArray, other: RegExpExecArray): boolean {
  return one.slice(1, 5).join(".") === other.slice(1, 5).join(".");
}

function isUpTo(one: RegExpExecArray, other: RegExpExecArray): boolean {
  for (const part of [1, 2, 3]) {
    const difference = Number(one[part]) - Number(other[part]);
    if (difference !== 0) return difference < 0;
  }
  return true;
}
