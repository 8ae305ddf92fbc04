// A chart's schemas without what Helm would fetch for them: `$ref` may name any host.
import type { ChartFiles } from "./chart-files.js";

const SCHEMA = /(?:^|\/)values\.schema\.json$/;

/** The dialects, which Helm has itself. */
const DIALECT = /^https?:\/\/json-schema\.org\//;

/** Keys of JSON Schema whose text names another schema (JSON Schema 2020-12, core 8.2). */
const REFERENCES: ReadonlySet<string> = new Set(["$ref", "$dynamicRef", "$recursiveRef"]);

/** Deeper than any schema that is written by hand. */
const DEEPEST = 200;

/** A chart's files, and what its schemas refer to elsewhere. */
export interface LocalSchemas {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Each reference once, as it is written. */
  readonly left: readonly string[];
}

/**
 * Takes out of a chart's schemas, and those of its subcharts, what leads out of them: Helm fetches that from
 * any host and reads it from any file. What it stands for is then not checked.
 *
 * @param files of the chart
 * @returns the files with such schemas replaced; a schema that leads nowhere else, or is no JSON, as it is
 * @see helm, `pkg/chart/common/util/jsonschema.go`
 */
export function withLocalSchemas(files: ChartFiles): LocalSchemas {
  const left = new Set<string>();
  const local = new Map<string, Uint8Array>();
  for (const [path, bytes] of files) local.set(path, SCHEMA.test(path) ? localSchema(bytes, left) : bytes);
  return { files: local, left: [...left] };
}

function localSchema(bytes: Uint8Array, left: Set<string>): Uint8Array {
  const own = new Set<string>();
  let schema: unknown;
  try {
    schema = localPart(JSON.parse(new TextDecoder().decode(bytes)), own, 0);
  } catch {
    return bytes;
  }
  for (const reference of own) left.add(reference);
  return own.size === 0 ? bytes : new TextEncoder().encode(JSON.stringify(schema));
}

function localPart(schema: unknown, left: Set<string>, depth: number): unknown {
  if (typeof schema !== "object" || schema === null) return schema;
  if (depth > DEEPEST) {
    left.add("what is nested too deeply");
    return {};
  }
  if (Array.isArray(schema)) return schema.map((each) => localPart(each, left, depth + 1));
  const kept: [string, unknown][] = [];
  for (const [key, value] of Object.entries(schema)) {
    if (leadsOut(key, value)) left.add(String(value));
    else kept.push([key, localPart(value, left, depth + 1)]);
  }
  return Object.fromEntries(kept);
}

function leadsOut(key: string, value: unknown): boolean {
  if (typeof value !== "string") return false;
  return (REFERENCES.has(key) && !value.startsWith("#")) || (key === "$schema" && !DIALECT.test(value));
}
