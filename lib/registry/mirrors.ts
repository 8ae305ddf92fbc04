// Finds the other places where an image may be asked for, before or instead of its registry.
import { isLoopbackHost } from "./addresses.js";
import { LookupError, oneLine } from "./failure.js";
import { canonicalHost } from "./hosts.js";
import { isInsecure } from "./named.js";
import { readRegistriesConf, type ConfRow, type Location } from "./registries-conf.js";
import { atLocation, type TrustedRegistry, type TrustSettings } from "./trust.js";

/** What is asked for. */
interface Wanted {
  readonly repository: string;
  /** Whether it is asked for by its tag. */
  readonly byTag: boolean;
}

export interface Mirrors {
  /**
   * Lists where to ask, in order: mirrors of `registries.conf`, then the registry, or the place to which
   * that file moved it.
   *
   * @param registry a registry of which the setting `mirrors` has a mirror is asked only there
   * @throws LookupError `unreachable` for a file that cannot be read, `untrusted-registry` where one says
   *   that the registry is `blocked`
   */
  of(registry: TrustedRegistry, wanted: Wanted): Promise<readonly TrustedRegistry[]>;
}

/** Mirrors where `registriesConf` is off. */
export const NO_MIRRORS: Mirrors = { of: (registry) => Promise.resolve([registry]) };

/** Makes the mirrors of one client. The files are read once, with the first question. */
export function createMirrors(env: NodeJS.ProcessEnv, settings: TrustSettings): Mirrors {
  let rows: Promise<readonly ConfRow[]> | undefined;
  return {
    async of(registry, wanted) {
      if (registry.prefix !== "" || registry.account !== registry.domain) return [registry];
      rows ??= readRegistriesConf(env);
      const best = bestOf(await rows, registry, wanted);
      if (!best) return [registry];
      const { row, length } = best;
      if (row.blockedBy !== undefined)
        throw new LookupError(
          "untrusted-registry",
          `${row.prefix} is blocked by ${oneLine(row.blockedBy)}; change that, or set \`registriesConf\` ` +
            "to false",
        );
      const covered = Math.max(length - registry.domain.length - 1, 0);
      const place = (location: Location): readonly TrustedRegistry[] => {
        const at = placeOf(location, wanted.repository.slice(0, covered), registry, settings);
        return at ? [at] : [];
      };
      const unwanted = wanted.byTag ? "digest-only" : "tag-only";
      const mirrors = row.mirrors.filter(({ pull }) => pull !== unwanted).flatMap(place);
      const moved = row.moved ? place(row.moved) : [];
      return [...mirrors, ...(moved.length > 0 ? moved : [registry])];
    },
  };
}

/** The row with the longest prefix that fits, and how much of the image's name it covers. */
function bestOf(
  rows: readonly ConfRow[],
  { domain }: TrustedRegistry,
  { repository }: Wanted,
): { readonly row: ConfRow; readonly length: number } | undefined {
  const name = `${domain}/${repository}`;
  let best: { row: ConfRow; length: number } | undefined;
  for (const row of rows) {
    const { prefix } = row;
    const fits = prefix.startsWith("*.")
      ? domain.endsWith(prefix.slice(1))
      : name === prefix || name.startsWith(`${prefix}/`);
    if (!fits || (best && best.row.prefix.length >= prefix.length)) continue;
    best = { row, length: prefix.startsWith("*.") ? domain.length : prefix.length };
  }
  return best;
}

const PATH = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/;

function placeOf(
  { location, insecure }: Location,
  dropped: string,
  registry: TrustedRegistry,
  settings: TrustSettings,
): TrustedRegistry | undefined {
  const slash = `${location}/`.indexOf("/");
  const host = canonicalHost(location.slice(0, slash));
  const path = location.slice(slash + 1);
  if (host === undefined || (path !== "" && !PATH.test(path))) return undefined;
  const local = isLoopbackHost(new URL(`https://${host}`).hostname);
  // The file alone is not enough to send a password over a network without TLS.
  const reach = insecure && local ? "loopback" : insecure && isInsecure(host, settings) ? "insecure" : "any";
  return atLocation(registry, { host, path, dropped, reach });
}
