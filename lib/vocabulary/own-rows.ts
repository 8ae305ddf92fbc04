// The user's own shapes (`settings.fields`) as rows of the vocabulary, tried before all others.
import { matchesFile } from "../exempt.js";
import type { FieldRule, Settings } from "../settings/settings.js";
import type { DigestRule, MappingRow, ScalarRow, Where } from "./fields.js";

/** The rows that a user's settings add in one file. */
export interface OwnRows {
  readonly scalars: readonly ScalarRow[];
  readonly mappings: readonly MappingRow[];
  /** Every key that one of them reads. */
  readonly keys: ReadonlySet<string>;
}

const NONE: OwnRows = { scalars: [], mappings: [], keys: new Set() };
const SHAPE = "settings.fields";
const NO_DIGEST: DigestRule & { readonly to: "none" } = {
  to: "none",
  reason: "no-digest-slot",
  message: "`settings.fields` says it takes no digest; exempt it with a reason",
};

/**
 * The user's own rows for a file.
 *
 * @param settings the user's
 * @param filename the file's path
 */
export function ownRows(settings: Settings, filename: string): OwnRows {
  const rules = settings.fields.filter((rule) => !rule.files || matchesFile(filename, rule.files));
  if (rules.length === 0) return NONE;
  return {
    scalars: rules.filter(isScalar).map(scalarRow),
    mappings: rules.filter((rule) => !isScalar(rule)).map(mappingRow),
    keys: new Set(rules.flatMap(keysOf)),
  };
}

/** The keys that a rule of the user's reads. */
export function keysOf({ keys }: FieldRule): readonly string[] {
  return [keys.registry, keys.repository, keys.tag, keys.digest].filter((key) => key !== undefined);
}

/** One key alone holds the whole reference. */
function isScalar({ keys }: FieldRule): boolean {
  return keys.registry === undefined && keys.tag === undefined && keys.digest === undefined;
}

function scalarRow(rule: FieldRule): ScalarRow {
  const { repository } = rule.keys;
  return {
    shape: SHAPE,
    where: where(rule, [repository]),
    key: new RegExp(`^${repository.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}$`),
    anyKey: true,
    must: false,
    untagged: "latest",
    evidence: "none",
    ...(rule.write === "none" ? { takes: NO_DIGEST } : {}),
    source: "the user's settings",
  };
}

function mappingRow(rule: FieldRule): MappingRow {
  const { registry, repository, tag, digest } = rule.keys;
  return {
    shape: SHAPE,
    where: where(rule, []),
    keys: {
      repository: [repository],
      ...(registry === undefined ? {} : { registry: [registry] }),
      ...(tag === undefined ? {} : { tag: [tag] }),
      ...(digest === undefined ? {} : { digest: [digest] }),
    },
    when: "operator",
    digest: digestRule(rule),
    own: rule.digestFormat,
    source: "the user's settings",
  };
}

function digestRule({ write, keys }: FieldRule): DigestRule {
  if (write === "none") return NO_DIGEST;
  return write === "digest" && keys.digest !== undefined
    ? { to: "new-key", key: keys.digest, comments: "behind-line" }
    : { to: "tag" };
}

function where({ kind, path }: FieldRule, key: readonly string[]): Where {
  return {
    ...(kind ? { kinds: kind } : {}),
    ...(path ? { path: path.map((steps) => [...steps, ...key]) } : {}),
  };
}
