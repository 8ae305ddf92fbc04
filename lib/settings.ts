// settings["container-images"]: one table of rows, from which the check, the defaults and the page in the docs come.
import { isDomain } from "./reference/reference.js";

export type Resolve = "auto" | "cache" | "registry" | "background";
type FileKind = "values" | "manifest" | "compose" | "none";

export interface Exemption {
  readonly image?: readonly string[];
  readonly files?: readonly string[];
  readonly field?: readonly string[];
  readonly reason: string;
}

interface FileRule {
  readonly files: readonly string[];
  readonly kind: FileKind;
}

/** Says which chart the values in some files are for. */
interface ChartRule {
  readonly files: readonly string[];
  /** `name` or `publisher/name`. */
  readonly chart: string;
}

/** A shape of the user's own: which keys of a mapping hold an image, and where its digest goes. */
export interface FieldRule {
  /** The resource's kinds; any document where absent. */
  readonly kind?: readonly string[];
  readonly files?: readonly string[];
  /** Where the mapping that holds the keys stands, as steps: `*` any key, `#` any index, `**` any number of either. */
  readonly path?: readonly (readonly string[])[];
  readonly keys: {
    readonly registry?: string;
    readonly repository: string;
    readonly tag?: string;
    readonly digest?: string;
  };
  /** What the digest key holds: `sha256:` and the digits, or the digits alone. */
  readonly digestFormat: "sha256:" | "hex";
  /** Where the digest is written: behind the reference, behind the tag, in its own key, or nowhere. */
  readonly write: "inline" | "tag" | "digest" | "none";
}

/** The validated settings: every field is there, nothing in it is wrong. Plain data, so that it can cross to a thread. */
export interface Settings {
  /** When a lookup may happen. */
  readonly resolve: Resolve;
  /** Registries trusted beside the built-in public list, `host` or `host:port`, lower case. */
  readonly registries: readonly string[];
  /** Domain → URL of the registry to ask in its stead, without a slash at the end. */
  readonly mirrors: Readonly<Record<string, string>>;
  readonly exempt: readonly Exemption[];
  readonly files: readonly FileRule[];
  readonly charts: readonly ChartRule[];
  /** Shapes of the user's own. */
  readonly fields: readonly FieldRule[];
  /** What to do with `repository` and `tag` of a chart that nothing is known of. */
  readonly unknownCharts: "fix" | "suggest";
  /** Seconds that a cached answer counts. */
  readonly maxAge: number;
  /** Folder of the cache; without it, the user's own cache folder. */
  readonly cacheDirectory?: string;
  /** Milliseconds that one reference's lookup may take. */
  readonly timeout: number;
}

export type SettingsResult =
  { readonly ok: true; readonly settings: Settings } | { readonly ok: false; readonly message: string };

/** A row of the table: what a setting is called, takes and does. */
export interface SettingRow {
  readonly name: keyof Settings;
  /** For the docs: the type in words. */
  readonly type: string;
  /** For the docs: the default in words. */
  readonly fallback: string;
  readonly description: string;
  /** The value to keep, or a {@link Wrong} that says what it must be. */
  readonly read: (value: unknown) => unknown;
}

/** What a setting must be, where it is not. */
class Wrong {
  constructor(
    readonly must: string,
    readonly at = "",
  ) {}
}

const DEFAULTS: Settings = {
  resolve: "auto",
  registries: [],
  mirrors: {},
  exempt: [],
  files: [],
  charts: [],
  fields: [],
  unknownCharts: "fix",
  maxAge: 86_400,
  timeout: 15_000,
};

/** The name of our object in ESLint's `settings`. */
export const SETTINGS_KEY = "container-images";

export const SETTING_ROWS: readonly SettingRow[] = [
  {
    name: "resolve",
    type: '`"auto"` \\| `"cache"` \\| `"registry"` \\| `"background"`',
    fallback: '`"auto"`',
    description:
      "When a registry may be asked. `auto`: when ESLint was started with `--fix`, in the background in an editor's server, never otherwise. `cache`: never, cached answers alone. `registry`: whenever a digest is missing, and the lint waits. `background`: after the lint, without credentials; the next lint has the answer.",
    read: oneOf("auto", "cache", "registry", "background"),
  },
  {
    name: "registries",
    type: "`string[]`",
    fallback: "`[]`",
    description:
      "Registries that may be asked, beside the built-in public list: exact `host` (port 443) or `host:port`, lower case, no wildcard.",
    read: listOf(registry),
  },
  {
    name: "mirrors",
    type: "`{ [domain]: url }`",
    fallback: "`{}`",
    description:
      'Where to ask instead of a domain: `{ "docker.io": "https://mirror.example" }`. The mirror alone is asked, with its own credentials; what is written keeps the user\'s spelling. A path in the URL goes before the repository.',
    read: mirrors,
  },
  {
    name: "exempt",
    type: "`[{ image?, files?, field?, reason }]`",
    fallback: "`[]`",
    description:
      "Images to leave alone, each with a reason. All that are given must match. `image`: a glob over `domain/repository`, or over `domain/repository:tag` where a `:` follows its last `/`; `files`: globs over the end of the path; `field`: a glob over the field's path, `[*]` for any index. Each takes a string or an array.",
    read: listOf(exemption),
  },
  {
    name: "files",
    type: "`[{ files, kind }]`",
    fallback: "`[]`",
    description:
      "Says what a file is where its name does not: `kind` is `values`, `manifest`, `compose` or `none` (no images in it).",
    read: listOf(fileRule),
  },
  {
    name: "charts",
    type: "`[{ files, chart }]`",
    fallback: "`[]`",
    description:
      "Says which chart values files are for, where neither a `Chart.yaml` beside them nor a `HelmRelease` or `Application` around the values does: `chart` is its `name` or `publisher/name`. A known chart decides where the digest goes (docs/charts.md).",
    read: listOf(chartRule),
  },
  {
    name: "fields",
    type: "`[{ kind?, files?, path?, keys: { registry?, repository, tag?, digest? }, digestFormat?, write? }]`",
    fallback: "`[]`",
    description:
      "Shapes of your own, tried before all others ([fields.md](fields.md)). `keys` names the keys of one mapping; `repository` alone holds a whole reference. `kind`: the resource's; `files`: globs over the end of the path; `path`: where the mapping stands (`spec.apps.*`, `[*]` any index, `**` any depth). `write`: `inline`, `tag`, `digest` or `none`; without it, the digest goes into the digest key, else behind the tag, else behind the reference. `digestFormat`: `sha256:` or `hex`.",
    read: listOf(fieldRule),
  },
  {
    name: "unknownCharts",
    type: '`"fix"` \\| `"suggest"`',
    fallback: '`"fix"`',
    description:
      "Whether `repository` + `tag` of a chart that nothing is known of is pinned by `--fix`, or only suggested in the editor.",
    read: oneOf("fix", "suggest"),
  },
  {
    name: "maxAge",
    type: "seconds",
    fallback: "`86400` (one day)",
    description:
      "How long a cached answer counts. An older one is looked up again where a lookup may happen, and is not used where it may not.",
    read: wholeNumber(0, 366 * 86_400, "a whole number of seconds from 0 to 31622400"),
  },
  {
    name: "cacheDirectory",
    type: "path",
    fallback: "the user's cache folder",
    description:
      "Where answers are kept. Keep it outside the repository: a pull request must not be able to write there.",
    read: (value) =>
      typeof value === "string" && value !== "" && !value.includes("\0")
        ? value
        : new Wrong("the path of a folder"),
  },
  {
    name: "timeout",
    type: "milliseconds",
    fallback: "`15000`",
    description: "How long the lookup of one reference may take.",
    read: wholeNumber(1, 600_000, "a whole number of milliseconds from 1 to 600000"),
  },
];

const parsed = new WeakMap<object, SettingsResult>();

/**
 * Validates the user's settings.
 *
 * @param all ESLint's whole `settings` object (of a configuration or a rule's context)
 * @returns the settings with defaults filled in, or one line that names the first setting that is wrong and what it must
 *   be; never throws. The result for one object is computed once.
 */
export function readSettings(all: unknown): SettingsResult {
  const raw = isRecord(all) && Object.hasOwn(all, SETTINGS_KEY) ? all[SETTINGS_KEY] : undefined;
  if (raw === undefined) return { ok: true, settings: DEFAULTS };
  if (!isRecord(raw)) return { ok: false, message: `settings["${SETTINGS_KEY}"] must be an object` };
  const known = parsed.get(raw);
  if (known) return known;
  const result = validate(raw);
  parsed.set(raw, result);
  return result;
}

function validate(raw: Readonly<Record<string, unknown>>): SettingsResult {
  const settings: Record<string, unknown> = { ...DEFAULTS };
  for (const [name, value] of Object.entries(raw)) {
    const row = SETTING_ROWS.find((candidate) => candidate.name === name);
    if (!row)
      return {
        ok: false,
        message: `settings["${SETTINGS_KEY}"]${step(name)} is no setting; there are ${SETTING_ROWS.map((each) => each.name).join(", ")}`,
      };
    if (value === undefined) continue;
    const kept = row.read(value);
    if (kept instanceof Wrong)
      return { ok: false, message: `settings["${SETTINGS_KEY}"].${name}${kept.at} must be ${kept.must}` };
    settings[name] = kept;
  }
  return { ok: true, settings: settings as unknown as Settings };
}

/** A key of the user's as a step of a path, on one line whatever is in it. */
function step(name: string): string {
  return /^\w+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function oneOf(...words: readonly string[]) {
  return (value: unknown): unknown =>
    typeof value === "string" && words.includes(value)
      ? value
      : new Wrong(`one of ${words.map((word) => `"${word}"`).join(", ")}`);
}

function wholeNumber(least: number, most: number, must: string) {
  return (value: unknown): unknown =>
    typeof value === "number" && Number.isInteger(value) && value >= least && value <= most
      ? value
      : new Wrong(must);
}

function listOf(read: (value: unknown) => unknown) {
  return (value: unknown): unknown => {
    if (!Array.isArray(value)) return new Wrong("an array");
    const kept: unknown[] = [];
    for (const [index, item] of value.entries()) {
      const one = read(item);
      if (one instanceof Wrong) return new Wrong(one.must, `[${String(index)}]${one.at}`);
      kept.push(one);
    }
    return kept;
  };
}

function registry(value: unknown): unknown {
  const good = typeof value === "string" && value === value.toLowerCase() && isDomain(value);
  return good
    ? value
    : new Wrong("a registry's `host` or `host:port` in lower case, without scheme, path or wildcard");
}

function mirrors(value: unknown): unknown {
  if (!isRecord(value)) return new Wrong("an object of `domain: url`");
  // Without a prototype, or a domain called `constructor` would find Object's.
  const kept = Object.create(null) as Record<string, string>;
  for (const [domain, url] of Object.entries(value)) {
    if (domain !== domain.toLowerCase() || !isDomain(domain))
      return new Wrong("keyed by registry hosts in lower case", `[${JSON.stringify(domain)}]`);
    if (typeof url !== "string" || !isMirror(url))
      return new Wrong(
        "an https URL (http for loopback only) without user, query or fragment",
        `[${JSON.stringify(domain)}]`,
      );
    kept[domain] = url.replace(/\/+$/, "");
  }
  return kept;
}

function isMirror(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || text.includes("?") || text.includes("#")) return false;
  const loopback =
    url.hostname === "localhost" || url.hostname === "[::1]" || /^127(?:\.\d+){3}$/.test(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && loopback);
}

function texts(value: unknown): readonly string[] | undefined {
  const list: unknown = typeof value === "string" ? [value] : value;
  return Array.isArray(list) &&
    list.length > 0 &&
    list.every((item): item is string => typeof item === "string" && item !== "")
    ? list
    : undefined;
}

function exemption(value: unknown): unknown {
  const keys = ["image", "files", "field"] as const;
  if (!isRecord(value)) return new Wrong("an object `{ image?, files?, field?, reason }`");
  for (const name of Object.keys(value))
    if (name !== "reason" && !(keys as readonly string[]).includes(name))
      return new Wrong("image, files, field or reason", step(name));
  if (typeof value["reason"] !== "string" || value["reason"].trim() === "")
    return new Wrong("a text that says why", ".reason");
  const kept: Record<string, unknown> = { reason: value["reason"].trim() };
  for (const name of keys) {
    if (value[name] === undefined) continue;
    const globs = texts(value[name]);
    if (!globs) return new Wrong("a glob or an array of globs", `.${name}`);
    kept[name] = globs;
  }
  return Object.keys(kept).length > 1
    ? kept
    : new Wrong("an object with at least one of image, files and field");
}

/** Names as Chart.yaml has them: no path, no URL. */
const CHART_NAME = /^(?:[A-Za-z0-9][\w.-]*\/)?[A-Za-z0-9][\w.-]*$/;

function chartRule(value: unknown): unknown {
  if (!isRecord(value)) return new Wrong("an object `{ files, chart }`");
  for (const name of Object.keys(value))
    if (name !== "files" && name !== "chart") return new Wrong("files or chart", step(name));
  const files = texts(value["files"]);
  if (!files) return new Wrong("a glob or an array of globs", ".files");
  const { chart } = value;
  return typeof chart === "string" && CHART_NAME.test(chart)
    ? { files, chart }
    : new Wrong("a chart's `name` or `publisher/name`", ".chart");
}

function fileRule(value: unknown): unknown {
  const kinds: readonly unknown[] = ["values", "manifest", "compose", "none"];
  if (!isRecord(value)) return new Wrong("an object `{ files, kind }`");
  for (const name of Object.keys(value))
    if (name !== "files" && name !== "kind") return new Wrong("files or kind", step(name));
  const files = texts(value["files"]);
  if (!files) return new Wrong("a glob or an array of globs", ".files");
  if (!kinds.includes(value["kind"]))
    return new Wrong('one of "values", "manifest", "compose", "none"', ".kind");
  return { files, kind: value["kind"] };
}

const FIELD_PARTS = ["registry", "repository", "tag", "digest"] as const;

function fieldRule(value: unknown): unknown {
  const names = ["kind", "files", "path", "keys", "digestFormat", "write"];
  if (!isRecord(value)) return new Wrong("an object `{ kind?, files?, path?, keys, digestFormat?, write? }`");
  for (const name of Object.keys(value))
    if (!names.includes(name)) return new Wrong("kind, files, path, keys, digestFormat or write", step(name));
  const kept: Record<string, unknown> = {};
  for (const name of ["kind", "files"] as const) {
    if (value[name] === undefined) continue;
    const list = texts(value[name]);
    if (!list)
      return new Wrong(
        name === "kind" ? "a kind or an array of kinds" : "a glob or an array of globs",
        `.${name}`,
      );
    kept[name] = list;
  }
  if (value["path"] !== undefined) {
    const paths = texts(value["path"])?.map(stepsOf);
    if (!paths || paths.includes(undefined))
      return new Wrong(
        "a path such as `spec.apps.*`, `items[*]` or `**.container`, or an array of them",
        ".path",
      );
    kept["path"] = paths;
  }
  const keys = fieldKeys(value["keys"]);
  return keys instanceof Wrong ? keys : fieldWriting(value, keys, kept);
}

function fieldWriting(
  value: Readonly<Record<string, unknown>>,
  keys: Readonly<Record<string, string>>,
  kept: Readonly<Record<string, unknown>>,
): unknown {
  const { digestFormat } = value;
  if (digestFormat !== undefined && digestFormat !== "sha256:" && digestFormat !== "hex")
    return new Wrong('"sha256:" or "hex"', ".digestFormat");
  if (digestFormat !== undefined && keys["digest"] === undefined)
    return new Wrong("left out where `keys` names no digest", ".digestFormat");
  const write =
    value["write"] ??
    (keys["digest"] !== undefined ? "digest" : keys["tag"] !== undefined ? "tag" : "inline");
  const known = oneOf("inline", "tag", "digest", "none")(write);
  if (known instanceof Wrong) return new Wrong(known.must, ".write");
  if ((write === "tag" || write === "digest") && keys[write] === undefined)
    return new Wrong(`something else where \`keys\` names no ${write}`, ".write");
  if (write === "inline" && Object.keys(keys).length > 1)
    return new Wrong("something else where the image stands in several keys", ".write");
  return { ...kept, keys, digestFormat: digestFormat ?? "sha256:", write };
}

function fieldKeys(value: unknown): Readonly<Record<string, string>> | Wrong {
  if (!isRecord(value)) return new Wrong("an object `{ registry?, repository, tag?, digest? }`", ".keys");
  const kept: Record<string, string> = {};
  for (const [name, key] of Object.entries(value)) {
    if (!(FIELD_PARTS as readonly string[]).includes(name))
      return new Wrong("registry, repository, tag or digest", `.keys${step(name)}`);
    if (typeof key !== "string" || key === "" || key.length > 100)
      return new Wrong("the name of a key", `.keys.${name}`);
    if (Object.values(kept).includes(key))
      return new Wrong("a key that holds no other part", `.keys.${name}`);
    kept[name] = key;
  }
  return kept["repository"] === undefined
    ? new Wrong("the name of the key that holds the repository, or the whole reference", ".keys.repository")
    : kept;
}

/** A path as `list` prints a field's, with `[*]` for any index, as steps; `undefined` where it is none. */
function stepsOf(path: string): readonly string[] | undefined {
  const steps: string[] = [];
  const token = /(?:^|\.)(\*\*|\*|[A-Za-z0-9_-]+)|\[(\*|"[^"\\]*")\]/y;
  while (token.lastIndex < path.length) {
    const match = token.exec(path);
    if (!match) return undefined;
    const [, word, inside = ""] = match;
    steps.push(word ?? (inside === "*" ? "#" : inside.slice(1, -1)));
  }
  return steps.length > 0 ? steps : undefined;
}
