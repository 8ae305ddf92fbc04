// What `pin` did, for a person: each change, each failure, and the rest by its reason.
import { displayText } from "../reference/display.js";
import type { ExitCode } from "./failure.js";
import type { Row } from "./rows.js";
import type { Terminal } from "./terminal.js";

/** What became of one image field. */
export interface Outcome {
  readonly kind: "pinned" | "moved" | "already pinned" | "not pinnable" | "failed";
  readonly row: Row;
  /** The digest that was written. */
  readonly digest?: string;
  readonly why?: string;
  /** For a failure: the exit code that it stands for. */
  readonly exit?: ExitCode;
}

/** Places that are named for each reason; `list` names them all. */
const PLACES = 5;

/**
 * Says what was done: changes and reasons on standard output, failures on standard error.
 *
 * @param outcomes one for each image field, in order
 * @param options whether anything was written, and whether digests that stand were to move
 */
export function report(
  outcomes: readonly Outcome[],
  { dryRun, update }: { readonly dryRun: boolean; readonly update: boolean },
  terminal: Terminal,
): void {
  const of = (kind: Outcome["kind"]): readonly Outcome[] => outcomes.filter((each) => each.kind === kind);
  for (const { row, digest } of of("pinned"))
    terminal.say(
      `${terminal.paint("green", dryRun ? "would pin" : "pinned")} ${placeOf(row)} ${imageOf(row)} ${terminal.paint("dim", `→ ${String(digest)}`)}`,
    );
  for (const { row, digest } of of("moved"))
    terminal.say(
      `${terminal.paint("green", dryRun ? "would move" : "moved")} ${placeOf(row)} ${imageOf(row)} ${terminal.paint("dim", `→ ${String(digest)}`)}`,
    );
  for (const [why, rows] of byReason(of("not pinnable"))) {
    terminal.say(`${terminal.paint("yellow", "not pinnable")} (${String(rows.length)}) ${why}`);
    for (const row of rows.slice(0, PLACES)) terminal.say(`  ${placeOf(row)} ${imageOf(row)}`);
    if (rows.length > PLACES)
      terminal.say(`  and ${String(rows.length - PLACES)} more: container-images list`);
  }
  for (const { row, why } of of("failed"))
    terminal.warn(`${terminal.paint("red", "failed")} ${placeOf(row)} ${imageOf(row)}: ${String(why)}`);
  const count = (kind: Outcome["kind"]): string => String(of(kind).length);
  const moved = update ? `${count("moved")} moved, ` : "";
  terminal.say(
    `${count("pinned")} pinned, ${moved}${count("already pinned")} already pinned, ${count("not pinnable")} not pinnable, ${count("failed")} failed${dryRun ? "; nothing was written (--dry-run)" : ""}`,
  );
}

function byReason(outcomes: readonly Outcome[]): ReadonlyMap<string, readonly Row[]> {
  const reasons = new Map<string, Row[]>();
  for (const { row, why = "" } of outcomes) {
    const rows = reasons.get(displayText(why)) ?? [];
    rows.push(row);
    reasons.set(displayText(why), rows);
  }
  return reasons;
}

/** Where it stands, as editors and terminals link it. */
export function placeOf({ file, line }: Pick<Row, "file" | "line">): string {
  return `${displayText(file)}:${String(line)}`;
}

function imageOf({ written }: Row): string {
  return displayText(written);
}
