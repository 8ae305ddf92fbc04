// In which state a mapping's field is, and the reference that it has then.
import { parseDigest } from "../../reference/digest.js";
import { isTag, parseReference, type Reference, type ReferenceError } from "../../reference/reference.js";
import type { MappingRow } from "../../vocabulary/row-types.js";
import { touchesAction } from "../actions.js";
import type { ImageField, Part } from "../field.js";
import { helmPrints } from "../helm-scalar.js";
import { asComposed, completed } from "./composed.js";
import type { MappingKeys } from "./key-reader.js";
import { partsOf, type RowMapping } from "./mapping-parts.js";
import type { MappingPlace } from "./mapping-place.js";
import type { MappingText } from "./mapping-text.js";
import { isLocal, namesRegistry, neverPulled, stateOf } from "../state.js";
import { isExpression, isPlaceholder } from "../text-kind.js";

/** A field's state, and what goes with it. */
export type Decision = Pick<ImageField, "state" | "reference" | "problem" | "helmReads" | "composed">;

/** Who fills in a part that is not there. */
const DECIDES: Readonly<Record<MappingRow["when"], string>> = {
  operator: "operator",
  triplet: "operator",
  override: "base",
  "image-key": "chart",
  "image-version": "chart",
  "repository-and-tag": "chart",
  siblings: "chart",
  chart: "chart",
};

/**
 * Decides the state of a mapping's field.
 *
 * @param mapping the mapping
 * @param text what its parts compose to
 * @param place what else is known of it
 * @returns the first state that holds; `undefined` where the mapping is no image. There is a reference only
 *   where the mapping names its repository
 */
export function mappingState(
  mapping: RowMapping,
  text: MappingText,
  place: MappingPlace,
): Decision | undefined {
  const parts = Object.values(partsOf(mapping));
  if (place.opaque || parts.some((part) => isTemplated(part, place))) return { state: "templated" };
  if (parts.some((part) => isPlaceholder(part.value)) || isSwitch(mapping.picked.repository?.part))
    return undefined;
  const problem = digestProblem(mapping, text);
  if (problem !== undefined) return { state: "invalid", problem };
  if (mapping.row.when === "chart") return ofTag(mapping, text, place);
  const repository = mapping.picked.repository?.part;
  return repository ? withRepository(mapping, repository, text, place) : withoutRepository(mapping, text);
}

function isTemplated(part: Part, { reading }: MappingPlace): boolean {
  return touchesAction(reading, part.range) || isExpression(part.value);
}

/** `image: true` and its like. */
function isSwitch(repository: Part | undefined): boolean {
  return repository?.quote === "" && /^(?:true|false)$/i.test(repository.value);
}

/** What is wrong with the digests, whatever the rest is. */
function digestProblem(mapping: RowMapping, text: MappingText): string | undefined {
  const { digest, isDigestInTag, readsDigestInTag } = text;
  if (digest && hasInlineDigest(mapping, text)) return "two digests; a reference has one";
  const checked = digest && parseDigest(digest.text);
  if (checked?.ok === false) return checked.message;
  if (!isDigestInTag || readsDigestInTag) return undefined;
  const tag = mapping.picked.tag?.part.value ?? "";
  const algorithm = tag.slice(0, tag.indexOf(":"));
  return `a digest where a tag stands, and \`:\` is put before it; write \`<tag>@${algorithm}:…\``;
}

/** Whether a digest, or what was meant as one, stands in the tag or in the repository. */
function hasInlineDigest(
  { picked: { tag, repository } }: RowMapping,
  { isDigestInTag }: MappingText,
): boolean {
  return (
    isDigestInTag || tag?.part.value.includes("@") === true || repository?.part.value.includes("@") === true
  );
}

/** A tag or a digest alone: the repository stands elsewhere. */
function withoutRepository(mapping: RowMapping, { digest }: MappingText): Decision | undefined {
  const { row, keys } = mapping;
  if (neverPulled(pullPolicy(keys))) return { state: "local" };
  const tag = mapping.picked.tag?.part;
  const [name = "", inline] = tag?.value.split("@", 2) ?? [];
  if (tag && !isTag(name)) return undefined;
  if (digest) return { state: "pinned" };
  if (inline === undefined)
    return {
      state: "incomplete",
      problem: missing(row, "a tag without a repository", row.keys.repository[0] ?? "repository"),
    };
  const checked = parseDigest(inline);
  return checked.ok ? { state: "pinned" } : { state: "invalid", problem: checked.message };
}

/** A tag alone, to which the chart's own values have a repository. */
function ofTag(mapping: RowMapping, text: MappingText, place: MappingPlace): Decision | undefined {
  const composed = completed(mapping, text, place);
  if (composed === undefined || neverPulled(pullPolicy(mapping.keys))) return undefined;
  const result = parseReference(composed);
  if (!result.ok) return undefined;
  const decision = ofReference(mapping, { ...result.reference, written: text.written }, place);
  return { ...decision, composed };
}

function withRepository(
  mapping: RowMapping,
  repository: Part,
  text: MappingText,
  place: MappingPlace,
): Decision | undefined {
  const { row, picked } = mapping;
  const composed = asComposed(mapping, repository, text.written, place);
  const result = parseReference(composed);
  if (!result.ok)
    return isMeantAsImage(mapping, repository, text, result.error)
      ? { state: "invalid", problem: result.error.message }
      : undefined;
  const reference = { ...result.reference, written: text.written };
  const isNameAlone = !picked.registry && !repository.value.includes("/") && isLastPart(mapping);
  if (isNameAlone && reference.digest === undefined)
    return { state: "incomplete", problem: missing(row, "a name without its registry", "registry") };
  const decision = ofReference(mapping, reference, place);
  return composed === text.written ? decision : { ...decision, composed };
}

/** Whether a text that breaks the grammar was meant as an image. */
function isMeantAsImage(
  mapping: RowMapping,
  repository: Part,
  text: MappingText,
  { code }: ReferenceError,
): boolean {
  const { row, picked } = mapping;
  // Where an operator proves the shape, what does not compose is no other shape either.
  if (row.when === "operator") return true;
  if (code === "digest" || code === "two-digests") return hasInlineDigest(mapping, text);
  return (
    code === "upper-case" &&
    (picked.tag !== undefined || picked.registry !== undefined || namesRegistry(repository.value))
  );
}

/** Whether the repository's key holds only the last part of a repository, whose rest stands elsewhere. */
function isLastPart({ row, keys, picked }: RowMapping): boolean {
  if (row.when === "image-key") return picked.repository?.key === "name";
  return row.when === "siblings" && [...keys.keys()].some((key) => /registry$/i.test(key));
}

function ofReference({ row, keys, picked }: RowMapping, reference: Reference, place: MappingPlace): Decision {
  const local = isLocal(reference, place.settings) || neverPulled(pullPolicy(keys));
  const state = stateOf(reference, { local, untagged: "incomplete" });
  if (state === "incomplete") {
    const problem = missing(row, "a repository without a tag", row.keys.tag?.[0] ?? "tag");
    return { state, reference, problem };
  }
  if (state !== "unpinned") return { state, reference };
  const tag = picked.tag?.part;
  const printed = tag?.quote === "" ? helmPrints(tag.value) : undefined;
  return {
    state,
    reference,
    ...(printed !== undefined && printed !== tag?.value ? { helmReads: printed } : {}),
  };
}

function missing({ when }: MappingRow, what: string, key: string): string {
  return `${what}: the ${DECIDES[when]} decides which image this is; add \`${key}\``;
}

function pullPolicy(keys: MappingKeys): string | undefined {
  return (keys.get("pullPolicy") ?? keys.get("imagePullPolicy"))?.part?.value;
}
