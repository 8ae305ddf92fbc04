// Reads the mirrors in containers' registries.conf, which Podman, Skopeo and Buildah use.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { configHome } from "./auth-sources.js";
import { LookupError, oneLine } from "./failure.js";
import { isRecord } from "./json.js";
import { readSmallFile } from "./small-file.js";

/** A place to ask: `host[:port][/path]`, without a scheme. */
export interface Location {
  readonly location: string;
  /** Whether the file says that it may be asked without TLS. */
  readonly insecure: boolean;
}

/** A mirror, and the references for which it is one. */
interface Mirror extends Location {
  readonly pull: "all" | "tag-only" | "digest-only";
}

/** One `[[registry]]` that says where to ask, or that nothing may be asked. */
export interface ConfRow {
  /** What the references begin with: `host[:port][/path]`, or `*.host`. */
  readonly prefix: string;
  readonly mirrors: readonly Mirror[];
  /** Where the registry itself is, if that is another place than its name says. */
  readonly moved: Location | undefined;
  /** The file that forbids to ask, if one does. */
  readonly blockedBy: string | undefined;
}

/**
 * Reads the configuration of this user: the file that `CONTAINERS_REGISTRIES_CONF` names; else the user's
 * own, or the system's where there is none, and the files in `registries.conf.d`. A later file replaces a
 * prefix.
 *
 * @throws LookupError `unreachable` for a file that cannot be read
 * @see containers-registries.conf(5), containers-registries.conf.d(5)
 */
export async function readRegistriesConf(env: NodeJS.ProcessEnv): Promise<readonly ConfRow[]> {
  const rows = new Map<string, ConfRow>();
  for (const file of await filesOf(env)) for (const row of await readFile(file)) rows.set(row.prefix, row);
  return [...rows.values()];
}

async function filesOf(env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const only = env["CONTAINERS_REGISTRIES_CONF"] ?? "";
  if (only !== "") return [only];
  const [user, system] = [join(configHome(env), "containers"), "/etc/containers"];
  const name = "registries.conf";
  const own = (await readSmallFile(join(user, name))).kind === "missing" ? system : user;
  const more = await Promise.all([system, user].map((folder) => filesIn(join(folder, `${name}.d`))));
  return [join(own, name), ...more.flat()];
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith(".conf"));
    return names.sort().map((name) => join(folder, name));
  } catch {
    return [];
  }
}

async function readFile(path: string): Promise<readonly ConfRow[]> {
  const file = await readSmallFile(path);
  if (file.kind === "missing") return [];
  if (file.kind === "bad") throw unusable(path, file.why);
  // Loaded here, because most users have no such file.
  const { parse } = await import("smol-toml");
  let config: unknown;
  try {
    config = parse(file.text);
  } catch {
    throw unusable(path, "is no TOML");
  }
  return tablesIn(config, "registry").flatMap((table) => {
    const location = textOf(table, "location");
    const prefix = textOf(table, "prefix") ?? location;
    if (prefix === undefined) return [];
    const digestOnly = table["mirror-by-digest-only"] === true;
    const mirrors = tablesIn(table, "mirror").flatMap((mirror): readonly Mirror[] => {
      const at = textOf(mirror, "location");
      return at === undefined ? [] : [{ ...locationOf(mirror, at), pull: pullOf(mirror, digestOnly) }];
    });
    const moved = location === undefined || location === prefix ? undefined : locationOf(table, location);
    const blockedBy = table["blocked"] === true ? path : undefined;
    return [{ prefix, mirrors, moved, blockedBy }];
  });
}

function locationOf(table: Readonly<Record<string, unknown>>, location: string): Location {
  return { location, insecure: table["insecure"] === true };
}

function pullOf(mirror: Readonly<Record<string, unknown>>, digestOnly: boolean): Mirror["pull"] {
  const pull = textOf(mirror, "pull-from-mirror");
  if (digestOnly) return "digest-only";
  return pull === "tag-only" || pull === "digest-only" ? pull : "all";
}

function tablesIn(value: unknown, key: string): readonly Readonly<Record<string, unknown>>[] {
  const list = isRecord(value) ? value[key] : undefined;
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function textOf(table: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = table[key];
  return typeof value === "string" && value !== "" ? value.replace(/\/+$/, "") : undefined;
}

function unusable(file: string, what: string): LookupError {
  return new LookupError(
    "unreachable",
    `${oneLine(file)} ${what}; correct it, or set \`registriesConf\` to false`,
  );
}
