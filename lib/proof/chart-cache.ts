// Keeps fetched charts on disk, in the user's own cache folder: one archive for each chart and version.
import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openCache } from "../digests/cache.js";

/** A chart in a repository. */
export interface ChartName {
  readonly chart: string;
  readonly url: string;
  /** As it is written: a version or a range; `undefined` for the newest. */
  readonly version: string | undefined;
}

export interface ChartCache {
  /**
   * Looks for a chart.
   *
   * @param name the chart
   * @param maxAge seconds; older ones count only where the version is exact
   * @returns the path of its archive, if there is one
   */
  find(name: ChartName, maxAge: number): string | undefined;
  /**
   * Keeps a chart, completely or not at all.
   *
   * @param fetch puts one archive into an empty folder, or says why not
   * @returns the path of the archive, or why there is none
   */
  keep(
    name: ChartName,
    fetch: (folder: string) => Promise<string | undefined>,
  ): Promise<{ readonly path: string } | string>;
}

const EXACT = /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/;

/**
 * Whether a version is one and no range.
 *
 * @param version as it is written
 */
export function isExactVersion(version: string | undefined): version is string {
  return version !== undefined && EXACT.test(version);
}

/**
 * Opens the cache of charts. It creates nothing before the first chart is kept.
 *
 * @param directory the setting `cacheDirectory`
 */
export function openChartCache(directory: string | undefined): ChartCache {
  const folder = join(openCache(directory).folder, "charts");
  const pathOf = ({ chart, url, version = "" }: ChartName): string => {
    const digest = createHash("sha256")
      .update(JSON.stringify([chart, url, version]))
      .digest("hex");
    return join(folder, `${digest}.tgz`);
  };
  return {
    find(name, maxAge) {
      const path = pathOf(name);
      const stat = lstatSync(path, { throwIfNoEntry: false });
      if (!stat?.isFile() || !isOurs(stat.uid)) return undefined;
      const isFresh = isExactVersion(name.version) || Date.now() - stat.mtimeMs <= maxAge * 1000;
      return isFresh ? path : undefined;
    },
    async keep(name, fetch) {
      let own: string;
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        own = mkdtempSync(join(folder, ".fetch-"));
      } catch {
        return "the cache folder cannot be written";
      }
      try {
        const problem = await fetch(own);
        if (problem !== undefined) return problem;
        const [archive, ...more] = readdirSync(own).filter((file) => file.endsWith(".tgz"));
        if (archive === undefined || more.length > 0) return "Helm fetched no archive";
        const path = pathOf(name);
        renameSync(join(own, archive), path);
        return { path };
      } catch {
        return "the cache folder cannot be written";
      } finally {
        rmSync(own, { recursive: true, force: true });
      }
    },
  };
}

/** Another user's file is not trusted, wherever the setting points. */
function isOurs(uid: number): boolean {
  const own = process.getuid?.();
  return own === undefined || own === 0 || uid === own || uid === 0;
}
