// A reference in one scalar: whether what stands there is an image, and the field that it makes.
import { parseReference, type Reference, type ReferenceError } from "../../reference/reference.js";
import type { Settings } from "../../settings/settings.js";
import type { ImageField, Part, State } from "../field.js";
import { expandDefaults } from "./default-expression.js";
import type { DocumentKind, ScalarRow } from "../../vocabulary/row-types.js";
import { isLocal, namesRegistry, neverPulled, stateOf } from "../state.js";
import { isExpression, isOtherThing, isPlaceholder } from "../text-kind.js";

/** What is known of the scalar's place besides its row. */
export interface ScalarPlace {
  readonly field: string;
  /** An action stands in the scalar. */
  readonly touched: boolean;
  /** White space stands around it, between its quotes, in a resource. */
  readonly isSpaced?: boolean;
  /** The `imagePullPolicy` beside it. */
  readonly pullPolicy: string | undefined;
  /** Who fills in a tag that is not there. */
  readonly decides: string;
  readonly settings: Settings;
}

/**
 * Who fills in a tag that is not there: a chart in its values, an operator in the resources that it reads.
 *
 * @param kind of the document that the scalar stands in
 * @returns words for a message
 */
export function decidesIn(kind: DocumentKind): string {
  return kind === "manifest" ? "the operator" : "the chart";
}

/**
 * Makes a field of a scalar at a place of the vocabulary.
 *
 * @param part the scalar
 * @param row the row that the place belongs to
 * @param place what else is known of it
 * @returns the field, or `undefined` where what stands there is no image
 */
export function scalarField(part: Part, row: ScalarRow, place: ScalarPlace): ImageField | undefined {
  const text = withoutScheme(part.value, row);
  if (text === undefined) return undefined;
  const bare = row.prefix ? text.replace(row.prefix, "") : text;
  const expanded = expandDefaults(bare) ?? bare;
  const field = (
    state: State,
    rest: { readonly reference?: Reference; readonly problem?: string } = {},
  ): ImageField => ({
    shape: row.shape,
    field: place.field,
    written: text,
    state,
    parts: { repository: part },
    at: part.range,
    evidence: row.own === true ? "user" : "place",
    slot: row.takes
      ? { kind: "none", reason: row.takes.reason, message: row.takes.message }
      : { kind: "inline" },
    ...rest,
  });
  // An expression is no evidence of a registry or a tag.
  if (place.touched || isExpression(expanded))
    return row.evidence === "path" || row.evidence === "version" ? undefined : field("templated");
  if (isPlaceholder(text)) return undefined;
  // Kubernetes, pkg/apis/core/validation: "must not have leading or trailing whitespace".
  if (row.must && place.isSpaced === true)
    return field("invalid", { problem: "white space around it, which Kubernetes refuses" });
  const result = parseReference(expanded);
  if (!result.ok)
    return meantAsImage(expanded, row, result.error)
      ? field("invalid", { problem: result.error.message })
      : undefined;
  const reference = { ...result.reference, written: bare };
  if (!row.must && (isOtherThing(expanded) || !shows(row.evidence, result.reference))) return undefined;
  const local = isLocal(reference, place.settings) || neverPulled(place.pullPolicy);
  const state = stateOf(reference, { local, untagged: row.untagged });
  return field(state, {
    reference,
    ...(state === "incomplete"
      ? {
          problem: `a repository without a tag: ${place.decides} decides which image this is; add \`:<tag>\``,
        }
      : {}),
  });
}

function withoutScheme(value: string, { scheme, after }: ScalarRow): string | undefined {
  if (after !== undefined) return value.slice(value.lastIndexOf(after) + 1);
  if (scheme === undefined) return value;
  return value.startsWith(scheme) ? value.slice(scheme.length) : undefined;
}

/** Whether a text that breaks the grammar was meant as an image: a registry, a tag or an `@` shows it. */
function meantAsImage(text: string, row: ScalarRow, error: ReferenceError): boolean {
  if (row.must) return true;
  if (isOtherThing(text) || /[\s()]/.test(text) || error.code === "scheme") return false;
  // `user@host` and `@scope/name` have an `@` too; a digest's algorithm behind it does not happen by chance.
  if (/@[A-Za-z0-9]+:/.test(text)) return true;
  if (row.evidence === "path" || error.code !== "upper-case") return false;
  const lower = parseReference(text.toLowerCase());
  return lower.ok && shows(row.evidence === "none" ? "some" : row.evidence, lower.reference);
}

function shows(evidence: ScalarRow["evidence"], reference: Reference): boolean {
  const version = reference.tag !== undefined || reference.digest !== undefined;
  if (evidence === "none") return true;
  if (evidence === "version") return version;
  if (evidence === "some") return version || namesRegistry(reference.written);
  return reference.digest !== undefined || (version && reference.written.includes("/"));
}
