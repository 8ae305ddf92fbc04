// Checks the setting `chartFacts`: the content of a file of facts.
import { isRecord, listOf, step, textsIn, Wrong, type Check } from "./checks.js";
import { stepsOf } from "./path-steps.js";
import type { TagUse } from "./chart-facts.js";

type Fields = Readonly<Record<string, unknown>>;

/** Keys that tools and people write for themselves. */
const IGNORED = new Set(["$schema", "by"]);

/** Checks the content of a file of facts, as JSON reads it. */
export function chartFacts(value: unknown): unknown {
  const wrong = keysOf(value, "an object `{ uses?, charts, sources? }`, the content of a file of facts", {
    uses: false,
    charts: true,
    sources: false,
  });
  if (wrong || !isRecord(value)) return wrong;
  const uses = each(value["uses"] ?? [], ".uses", useOf);
  if (uses instanceof Wrong) return uses;
  const charts = each(value["charts"], ".charts", chartOf);
  if (charts instanceof Wrong) return charts;
  const sources = each(value["sources"] ?? [], ".sources", sameSources);
  return sources instanceof Wrong ? sources : { uses, charts, sources };
}

function sameSources(value: unknown): unknown {
  const texts = Array.isArray(value) ? textsIn(value) : undefined;
  return texts && texts.length > 1 ? texts : new Wrong("an array of at least two repositories");
}

function useOf(value: unknown): unknown {
  const what = "an object `{ files, chart, source?, version?, whole? }`";
  const keys = { files: true, chart: true, source: false, version: false, whole: false };
  const wrong = keysOf(value, what, keys);
  if (wrong || !isRecord(value)) return wrong;
  const files = textsIn(value["files"]);
  if (!files) return new Wrong("a glob or an array of globs", ".files");
  if (value["whole"] !== undefined && value["whole"] !== true) return new Wrong("`true`", ".whole");
  return textsOf(value, ["chart", "source", "version"]) ?? { ...value, files };
}

function chartOf(value: unknown): unknown {
  const what = "an object `{ chart, source?, versions?, images }`";
  const wrong = keysOf(value, what, { chart: true, source: false, versions: false, images: true });
  if (wrong || !isRecord(value)) return wrong;
  const texts = textsOf(value, ["chart", "source", "versions"]);
  if (texts) return texts;
  if (value["chart"] === "*" && value["source"] === undefined)
    return new Wrong("named where `chart` is `*`", ".source");
  const images = each(value["images"], ".images", imageOf);
  return images instanceof Wrong ? images : { ...value, images };
}

const EVIDENCE: readonly unknown[] = ["rendered", "read", "user"];
const TAG_USES: readonly TagUse[] = ["semver", "label", "argument", "shared", "digest"];

function imageOf(value: unknown): unknown {
  const what = "an object `{ path, reference, defaults?, digest, tagIs?, evidence }`";
  const keys = { path: true, reference: true, defaults: false, digest: true, tagIs: false, evidence: true };
  const wrong = keysOf(value, what, keys);
  if (wrong || !isRecord(value)) return wrong;
  const { path } = value;
  const texts = textsOf(value, path === "" ? ["reference"] : ["path", "reference"]);
  if (texts) return texts;
  if (path !== "" && stepsOf(String(path)) === undefined)
    return new Wrong("a path such as `controller.image` or `**.image`", ".path");
  if (!EVIDENCE.includes(value["evidence"])) return new Wrong('"rendered", "read" or "user"', ".evidence");
  const { tagIs, defaults } = value;
  if (defaults !== undefined && !(isRecord(defaults) && Object.values(defaults).every(isText)))
    return new Wrong("an object of texts", ".defaults");
  if (tagIs !== undefined && !textsIn(tagIs)?.every((use) => (TAG_USES as readonly string[]).includes(use)))
    return new Wrong(`an array of ${TAG_USES.join(", ")}`, ".tagIs");
  const digest = digestOf(value["digest"]);
  return digest instanceof Wrong ? new Wrong(digest.must, `.digest${digest.at}`) : value;
}

/** For each place of a digest, what must be said of it. */
const DIGEST_KEYS: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  reference: { to: true },
  tag: { to: true },
  key: { to: true, key: true, style: true, with: false },
  none: { to: true, reason: true, message: true },
};

function digestOf(value: unknown): Wrong | undefined {
  const to = isRecord(value) ? value["to"] : undefined;
  const keys = typeof to === "string" && Object.hasOwn(DIGEST_KEYS, to) ? DIGEST_KEYS[to] : undefined;
  if (!keys) return new Wrong('an object with `to`: "reference", "tag", "key" or "none"');
  const wrong = keysOf(value, "an object", keys);
  if (wrong || !isRecord(value)) return wrong;
  if (to === "key" && value["style"] !== "prefixed" && value["style"] !== "bare")
    return new Wrong('"prefixed" or "bare"', ".style");
  if (to === "none" && value["reason"] !== "chart-breaks" && value["reason"] !== "no-digest-slot")
    return new Wrong('"chart-breaks" or "no-digest-slot"', ".reason");
  const beside = value["with"];
  if (beside !== undefined && !(isRecord(beside) && Object.values(beside).every(isText)))
    return new Wrong("an object of texts", ".with");
  return textsOf(value, ["key", "message"]);
}

/** Whether something is an object with these keys, of which some must be there; what is wrong otherwise. */
function keysOf(value: unknown, what: string, keys: Readonly<Record<string, boolean>>): Wrong | undefined {
  if (!isRecord(value)) return new Wrong(what);
  for (const name of Object.keys(value))
    if (!Object.hasOwn(keys, name) && !IGNORED.has(name))
      return new Wrong(`one of ${Object.keys(keys).join(", ")}`, step(name));
  const missing = Object.keys(keys).find((name) => keys[name] === true && value[name] === undefined);
  return missing === undefined ? undefined : new Wrong("given", step(missing));
}

function textsOf(value: Fields, names: readonly string[]): Wrong | undefined {
  const wrong = names.find((name) => value[name] !== undefined && !isText(value[name]));
  return wrong === undefined ? undefined : new Wrong("a text of at most 1000 characters", step(wrong));
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= 1000;
}

function each(value: unknown, at: string, check: Check): unknown {
  const kept = listOf(check)(value);
  return kept instanceof Wrong ? new Wrong(kept.must, at + kept.at) : kept;
}
