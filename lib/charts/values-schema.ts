// What a values.schema.json beside the values refuses. Helm validates values by it, so a write that it
// refuses would break the chart.
import type { Neighbour } from "../neighbour.js";
import { isRecord } from "../settings/checks.js";
import type { Segment } from "../vocabulary/path.js";

/** Whether a key may hold a text; `undefined` where the schema says nothing of its place. */
export type SchemaVerdict = "allowed" | "refused" | undefined;

/** The schema of a chart's values. */
export interface ValuesSchema {
  /**
   * Whether a key may hold a text.
   *
   * @param path of the mapping, from the values' root
   * @param key a key of it
   * @param text what would stand there
   */
  verdict(path: readonly Segment[], key: string, text: string): SchemaVerdict;
}

/** Longer patterns are not tried: they are input, and may be slow. In characters. */
const MAX_PATTERN = 200;

/** How many `$ref` may follow one another; a schema may refer to itself. */
const MAX_REFERENCES = 20;

type Schema = Readonly<Record<string, unknown>>;

/**
 * Reads the schema beside a values file.
 *
 * @param neighbour reads files beside it
 * @returns the schema, or `undefined` where there is none that can be read
 */
export function valuesSchema(neighbour: Neighbour): ValuesSchema | undefined {
  const text = neighbour("values.schema.json");
  if (text === undefined) return undefined;
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(root)) return undefined;
  const whole = root;
  return {
    verdict(path, key, value) {
      const mapping = path.reduce<Schema | undefined>(
        (schema, step) => schema && child(whole, schema, step),
        whole,
      );
      const resolved = mapping && resolve(whole, mapping);
      return resolved && keyVerdict(whole, resolved, key, value);
    },
  };
}

function keyVerdict(root: Schema, mapping: Schema, key: string, value: string): SchemaVerdict {
  const properties = mapping["properties"];
  if (isRecord(properties) && Object.hasOwn(properties, key)) {
    const schema = isRecord(properties[key]) ? resolve(root, properties[key]) : undefined;
    return schema && refusesText(schema, value) ? "refused" : "allowed";
  }
  if (
    mapping["patternProperties"] !== undefined ||
    mapping["allOf"] !== undefined ||
    mapping["$ref"] !== undefined
  )
    return undefined;
  return mapping["additionalProperties"] === false ? "refused" : undefined;
}

function refusesText(schema: Schema, text: string): boolean {
  const { type, pattern, maxLength, enum: words, const: only } = schema;
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  if (type !== undefined && !types.includes("string")) return true;
  if (typeof maxLength === "number" && text.length > maxLength) return true;
  if (Array.isArray(words) && !words.includes(text)) return true;
  if (only !== undefined && only !== text) return true;
  return typeof pattern === "string" && !matches(pattern, text);
}

/**
 * Whether a text fits a pattern. One that may be slow, or is invalid, fits nothing: then a person decides.
 */
function matches(pattern: string, text: string): boolean {
  if (pattern.length > MAX_PATTERN) return false;
  const shape = pattern.replace(/\\.|\[(?:\\.|[^\]])*\]/g, "x").replace(/\{\d+\}/g, "");
  const quantifiers = shape.match(/[*+]|\{\d*,\d*\}/g)?.length ?? 0;
  const nested = /[*+}]\)+[*+{]/.test(shape) || /\([^)]*[*+}][^)]*\)[*+{]/.test(shape);
  if (quantifiers > 4 || nested) return false;
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return false;
  }
}

/** The schema of a key or item; `undefined` where the schema says nothing of it. */
function child(root: Schema, schema: Schema, step: Segment): Schema | undefined {
  const at = resolve(root, schema);
  if (!at) return undefined;
  if (typeof step === "number") return isRecord(at["items"]) ? at["items"] : undefined;
  const properties = at["properties"];
  if (isRecord(properties) && Object.hasOwn(properties, step) && isRecord(properties[step]))
    return properties[step];
  return isRecord(at["additionalProperties"]) ? at["additionalProperties"] : undefined;
}

/** The schema that a `$ref` leads to; `undefined` for one outside the schema itself. */
function resolve(root: Schema, schema: Schema): Schema | undefined {
  let at = schema;
  for (let count = 0; count < MAX_REFERENCES; count++) {
    const reference = at["$ref"];
    if (typeof reference !== "string") return at;
    if (!reference.startsWith("#")) return undefined;
    let target: unknown = root;
    for (const step of reference
      .slice(1)
      .split("/")
      .filter((part) => part !== "")) {
      const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
      target = isRecord(target) && Object.hasOwn(target, key) ? target[key] : undefined;
    }
    if (!isRecord(target)) return undefined;
    at = target;
  }
  return undefined;
}
