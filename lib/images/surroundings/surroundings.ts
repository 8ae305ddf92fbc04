// What the walk is in (a document, a resource, a chart's values), and whether a row holds there.
import type { ValuesFacts } from "../../charts/values-facts.js";
import type { DocumentKind, Where } from "../../vocabulary/row-types.js";
import { matchesPath, type PathPattern, type Segment } from "../../vocabulary/path.js";
import { EXPECTED, GENERATED_PATHS, NOT_RUN } from "../../vocabulary/not-pinned.js";
import { VALUES_PLACES } from "../../vocabulary/values-places.js";
import type { ValuesRoot } from "./values-root.js";

/** The document, or the resource in it, that everything below belongs to. */
export interface Surroundings {
  readonly kind: DocumentKind;
  /** The group in `apiVersion`; empty where there is none. */
  readonly group: string;
  /** The resource's kind; empty where there is none. */
  readonly resource: string;
  /** Where the resource begins in the path: the rows' paths count from there. */
  readonly base: number;
  /** Asks a chart's values for a text, such as the registry for all images. */
  readonly ask?: ValuesRoot;
  /** The index of the event at which the document or resource begins. */
  readonly root: number;
  /** The index of the event at which the document begins, or the string that the tree was read from. */
  readonly document: number;
  /** What is known of the values at hand, and where they begin in the path. */
  readonly values?: { readonly facts: ValuesFacts; readonly base: number };
}

/**
 * Whether a row's `where` holds.
 *
 * @param where the row's
 * @param at the surroundings
 * @param path of the scalar or mapping, from the file's root
 */
export function holds(where: Where, at: Surroundings, path: readonly Segment[]): boolean {
  if (where.documents && !where.documents.includes(at.kind)) return false;
  if (where.group !== undefined && where.group !== at.group) return false;
  if (where.kinds && !where.kinds.includes(at.resource)) return false;
  if (where.path && !where.path.some((pattern) => matchesBelow(pattern, at, path))) return false;
  return where.not?.some((pattern) => matchesBelow(pattern, at, path)) !== true;
}

/**
 * Whether a path below the document or resource is of a pattern.
 *
 * @param pattern counts from where the document or resource begins
 * @param at the surroundings
 * @param path from the file's root
 */
export function matchesBelow(pattern: PathPattern, at: Surroundings, path: readonly Segment[]): boolean {
  return matchesPath(at.base === 0 ? path : path.slice(at.base), pattern);
}

/** Whether the resource at hand names images that it does not run. */
export function isNotRun({ group, resource }: Surroundings): boolean {
  if (group === "" && resource === "") return false;
  return NOT_RUN.some(
    (row) => (row.group === undefined || row.group === group) && (row.kinds?.includes(resource) ?? true),
  );
}

/** Whether a test says at this path what it expects in the cluster. */
export function isExpected(at: Surroundings, path: readonly Segment[]): boolean {
  return EXPECTED.some((where) => holds(where, at, path));
}

/** Whether a chart's values begin at this path of another document. */
export function beginsValues(at: Surroundings, path: readonly Segment[]): boolean {
  return at.kind !== "values" && VALUES_PLACES.some((where) => holds(where, at, path));
}

/** Whether a cluster or a tool, and nobody else, writes what stands at this path. */
export function isGeneratedPath(at: Surroundings, path: readonly Segment[]): boolean {
  if (at.kind !== "manifest") return false;
  const below = path.slice(at.base);
  return GENERATED_PATHS.some((pattern) => matchesPath(below, pattern));
}
