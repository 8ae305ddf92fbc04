// The rows of `container-images list`: a stable shape that other programs read (schemas/list.schema.json).
import type { Evidence, ImageField, State } from "../images/field.js";
import { plan } from "../pinning/plan.js";
import { formatReference } from "../reference/reference.js";
import type { Settings } from "../settings/settings.js";

/** One image field, as `list --format json` prints it; `null` where there is none. */
export interface Row {
  /** Relative to the working directory, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly field: string;
  readonly shape: string;
  readonly written: string;
  /** `domain/repository[:tag][@digest]`, normalised; no `latest` added. */
  readonly reference: string | null;
  readonly domain: string | null;
  readonly repository: string | null;
  readonly tag: string | null;
  readonly digest: string | null;
  readonly state: State;
  /** Whether `eslint --fix` pins this image as soon as its digest is known. */
  readonly pinnable: boolean;
  readonly reason: string | null;
  readonly exempt: string | null;
  /** What proves where the digest goes. */
  readonly evidence: Evidence;
  /** The reference that the chart composes of the image's keys, where that is known. */
  readonly composition: string | null;
  /** The file that puts another image in its place, where it is `replaced`. */
  readonly replacedBy: string | null;
}

/** The columns in their order. */
export const COLUMNS = [
  "file",
  "line",
  "column",
  "field",
  "shape",
  "written",
  "reference",
  "domain",
  "repository",
  "tag",
  "digest",
  "state",
  "pinnable",
  "reason",
  "exempt",
  "evidence",
  "composition",
  "replacedBy",
] as const satisfies readonly (keyof Row)[];

/**
 * Makes the row of a field.
 *
 * @param field the field
 * @param at its file, and where a report of it points
 * @param exempt why it is exempt, where it is
 * @param settings the user's for that file
 */
export function rowOf(
  field: ImageField,
  at: Pick<Row, "file" | "line" | "column">,
  exempt: string | undefined,
  settings: Settings,
): Row {
  const { state } = field;
  const planned = plan(field, settings);
  const pinnable = state === "unpinned" && planned.kind === "fix" && exempt === undefined;
  const written = planned.reason === undefined || planned.reason === "state" ? state : planned.reason;
  return {
    ...at,
    field: field.field,
    shape: field.shape,
    written: field.written,
    ...partsOf(field),
    state,
    pinnable,
    reason: pinnable ? null : exempt === undefined ? written : "exempt",
    exempt: exempt ?? null,
    evidence: field.evidence,
    composition: field.composition ?? null,
    replacedBy: field.replacedBy ?? null,
  };
}

function partsOf({
  state,
  reference,
  parts,
}: ImageField): Pick<Row, "reference" | "domain" | "repository" | "tag" | "digest"> {
  if (state === "templated" || state === "invalid")
    return { reference: null, domain: null, repository: null, tag: null, digest: null };
  if (reference) {
    const { domain, repository, tag = null, digest = null } = reference;
    return { reference: formatReference(reference), domain, repository, tag, digest };
  }
  const [tag = "", digest] = parts.tag?.value.split("@", 2) ?? [];
  return {
    reference: null,
    domain: null,
    repository: null,
    tag: tag === "" ? null : tag,
    digest: parts.digest?.value ?? digest ?? null,
  };
}
