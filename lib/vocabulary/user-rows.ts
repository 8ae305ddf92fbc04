// The user's own shapes (`settings.fields`, docs/fields.md) as rows, which are tried before all others.
import { matchesFile } from "../exempt.js";
import type { FieldRule, Settings } from "../settings/settings.js";
import type { DigestRule, MappingRow, ScalarRow, Where } from "./row-types.js";

/** The rows that a user's settings add in one file. */
export interface UserRows {
  readonly scalars: readonly ScalarRow[];
  readonly mappings: readonly MappingRow[];
  /** Every key that one of them reads. */
  readonly keys: ReadonlySet<string>;
}

const NONE: UserRows = { scalars: [], mappings: [], keys: new Set() };
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
 * @param filename the file's path, which the globs of each shape are tried on
 * @returns the rows of the shapes that hold in this file, in the user's order; none where no shape does
 */
export function userRows(settings: Settings, filename: string): UserRows {
  const rules = settings.fields.filter((rule) => !rule.files || matchesFile(filename, rule.files));
  if (rules.length === 0) return NONE;
  return {
    scalars: rules.filter(isScalar).map(scalarRow),
    mappings: rules.filter((rule) => !isScalar(rule)).map(mappingRow),
    keys: new Set(rules.flatMap(keysOf)),
  };
}

/**
 * The keys that one of the user's shapes reads.
 *
 * @param rule an item of `settings.fields`
 * @returns its keys, in the order registry, repository, tag, digest
 */
export function keysOf({ keys }: FieldRule): readonly string[] {
  return [keys.registry, keys.repository, keys.tag, keys.digest].filter((key) => key !== undefined);
}

/** Whether one key alone holds the whole reference. */
function isScalar({ keys }: FieldRule): boolean {
  return keys.registry === undefined && keys.tag === undefined && keys.digest === undefined;
}

function scalarRow(rule: FieldRule): ScalarRow {
  const { repository } = rule.keys;
  return {
    own: true,
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
    ? { to: "new-key", key: keys.digest }
    : { to: "tag" };
}

function where({ kind, path }: FieldRule, key: readonly string[]): Where {
  return {
    ...(kind ? { kinds: kind } : {}),
    ...(path ? { path: path.map((steps) => [...steps, ...key]) } : {}),
  };
}
