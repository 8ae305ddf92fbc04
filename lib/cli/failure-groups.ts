// Groups failed lookups by their cause, so that one cause is one line: without a network every image fails
// for the same reason.
import { displayText } from "../reference/display.js";
import type { Failure, FailureReason } from "../reference/answer.js";
import { placeAndImage } from "./place.js";
import type { Row } from "./rows.js";

/** A failure, and a place of the image that it is about. Without a reason it is about the file. */
export interface FailedRow {
  readonly row: Row;
  readonly failure: Pick<Failure, "message" | "about"> & Partial<Pick<Failure, "reason">>;
}

/** How many places are printed for one cause. */
const MOST_PLACES = 5;

/** Failures of the registry itself: which images they are about does not help to solve them. */
const OF_THE_HOST: ReadonlySet<FailureReason> = new Set([
  "unreachable",
  "timeout",
  "tls",
  "rate-limited",
  "credentials",
  "gave-up",
  "offline",
]);

/**
 * The lines for failed lookups.
 *
 * @param failed in the order in which they are to be told
 * @param title what stands before each line: `failed`, `unreachable`
 * @returns for each cause one line with its count and its hosts, and a few places where the cause lies with
 *   the image; a failure that is alone is one line with its place
 */
export function linesOfFailures(failed: readonly FailedRow[], title: string): readonly string[] {
  const groups = new Map<string, FailedRow[]>();
  for (const each of failed) {
    const { reason, message, about } = each.failure;
    const key = JSON.stringify([reason, about?.cause ?? message]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap((group) => linesOfGroup(group, title));
}

function linesOfGroup(group: readonly FailedRow[], title: string): readonly string[] {
  const [first] = group;
  if (!first) return [];
  const { reason, message, about } = first.failure;
  if (group.length === 1) return [`${title} ${placeAndImage(first.row)}: ${displayText(message, 300)}`];
  const hosts = new Set(group.flatMap(({ failure }) => (failure.about ? [failure.about.host] : [])));
  const cause = about
    ? `${displayText(about.cause, 300)}: ${displayText([...hosts].join(", "), 300)}`
    : message;
  const head = `${title} (${String(group.length)}) ${displayText(cause, 600)}`;
  if (reason !== undefined && OF_THE_HOST.has(reason)) return [head];
  const places = group.slice(0, MOST_PLACES).map(({ row }) => `  ${placeAndImage(row)}`);
  const more = group.length - MOST_PLACES;
  return [head, ...places, ...(more > 0 ? [`  and ${String(more)} more`] : [])];
}
