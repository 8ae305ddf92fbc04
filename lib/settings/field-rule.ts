// Checks the setting `fields`: shapes of the user's own.
import { isRecord, oneOf, step, textsIn, Wrong } from "./checks.js";
import { stepsOf } from "./path-steps.js";

const FIELD_PARTS = ["registry", "repository", "tag", "digest"] as const;

/** Checks one entry of `fields`, and fills in the defaults of `digestFormat` and `write`. */
export function fieldRule(value: unknown): unknown {
  const names = ["kind", "files", "path", "keys", "digestFormat", "write"];
  if (!isRecord(value)) return new Wrong("an object `{ kind?, files?, path?, keys, digestFormat?, write? }`");
  for (const name of Object.keys(value))
    if (!names.includes(name)) return new Wrong("kind, files, path, keys, digestFormat or write", step(name));
  const kept: Record<string, unknown> = {};
  for (const name of ["kind", "files"] as const) {
    if (value[name] === undefined) continue;
    const list = textsIn(value[name]);
    if (!list)
      return new Wrong(
        name === "kind" ? "a kind or an array of kinds" : "a glob or an array of globs",
        `.${name}`,
      );
    kept[name] = list;
  }
  if (value["path"] !== undefined) {
    const paths = textsIn(value["path"])?.map(stepsOf);
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
