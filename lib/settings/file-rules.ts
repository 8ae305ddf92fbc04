// Checks the settings `exempt`, `charts` and `files`: lists of rules that name files by globs.
import { isRecord, step, textsIn, Wrong } from "./checks.js";

/** Checks one entry of `exempt`. */
export function exemption(value: unknown): unknown {
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
    const globs = textsIn(value[name]);
    if (!globs) return new Wrong("a glob or an array of globs", `.${name}`);
    kept[name] = globs;
  }
  return Object.keys(kept).length > 1
    ? kept
    : new Wrong("an object with at least one of image, files and field");
}

/** A name as in Chart.yaml, with or without a publisher: not a path, not a URL. */
const CHART_NAME = /^(?:[A-Za-z0-9][\w.-]*\/)?[A-Za-z0-9][\w.-]*$/;

/** A URL without a password in it: Helm has the logins. */
const REPOSITORY = /^(?:https?|oci):\/\/[^\s/@]+(?:\/|$)/;

/** Checks one entry of `charts`. */
export function chartRule(value: unknown): unknown {
  if (!isRecord(value)) return new Wrong("an object `{ files, chart, repository?, version? }`");
  const keys = ["files", "chart", "repository", "version"];
  for (const name of Object.keys(value))
    if (!keys.includes(name)) return new Wrong("files, chart, repository or version", step(name));
  const files = textsIn(value["files"]);
  if (!files) return new Wrong("a glob or an array of globs", ".files");
  const { chart, repository, version } = value;
  if (typeof chart !== "string" || !CHART_NAME.test(chart))
    return new Wrong("a chart's `name` or `publisher/name`", ".chart");
  if (repository !== undefined && (typeof repository !== "string" || !REPOSITORY.test(repository)))
    return new Wrong("the URL of a chart repository, `https://…` or `oci://…`", ".repository");
  if (version !== undefined && (typeof version !== "string" || version === ""))
    return new Wrong("a version as a text", ".version");
  return {
    files,
    chart,
    ...(repository === undefined ? {} : { repository }),
    ...(version === undefined ? {} : { version }),
  };
}

/** Checks one entry of `files`. */
export function fileRule(value: unknown): unknown {
  const kinds: readonly unknown[] = ["values", "manifest", "compose", "none"];
  if (!isRecord(value)) return new Wrong("an object `{ files, kind }`");
  for (const name of Object.keys(value))
    if (name !== "files" && name !== "kind") return new Wrong("files or kind", step(name));
  const files = textsIn(value["files"]);
  if (!files) return new Wrong("a glob or an array of globs", ".files");
  if (!kinds.includes(value["kind"]))
    return new Wrong('one of "values", "manifest", "compose", "none"', ".kind");
  return { files, kind: value["kind"] };
}
