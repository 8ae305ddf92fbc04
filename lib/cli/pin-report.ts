// Prints what `pin` did: each change, each failure, and the reasons for the rest.
import { NO_CHART_NAMED } from "../charts/lacks.js";
import { displayText } from "../reference/display.js";
import { asCalled, commandLine } from "./command-line.js";
import type { ProjectOptions } from "./configuration.js";
import type { ExitCode } from "./failure.js";
import { linesOfFailures, type FailedRow } from "./failure-groups.js";
import { placeAndImage } from "./place.js";
import type { Row } from "./rows.js";
import type { Terminal } from "./terminal.js";

/** What became of one image field. */
export interface Outcome {
  readonly kind: "pinned" | "moved" | "already pinned" | "not pinnable" | "failed";
  readonly row: Row;
  /** For `pinned` and `moved`: the digest that was written. */
  readonly digest?: string;
  /** For `not pinnable`: the reason, in one line. */
  readonly why?: string;
  /** For `failed`. */
  readonly failure?: FailedRow["failure"];
  /** For `failed`: the exit code that it leads to. */
  readonly exit?: ExitCode;
}

/** How the command ran. */
export interface PinReportOptions extends Pick<ProjectOptions, "cwd" | "config" | "paths"> {
  /** Whether nothing was written. */
  readonly dryRun: boolean;
  /** Whether existing digests were to be replaced too. */
  readonly update: boolean;
}

/** How many places are printed for one reason; `list` prints them all. */
const MOST_PLACES = 5;
const NAME = "eslint-plugin-container-images";

/**
 * Prints what was done: changes and reasons on standard output, failures on standard error.
 *
 * @param outcomes one for each image field, in order
 */
export function report(outcomes: readonly Outcome[], options: PinReportOptions, terminal: Terminal): void {
  const of = (kind: Outcome["kind"]): readonly Outcome[] => outcomes.filter((each) => each.kind === kind);
  const { dryRun } = options;
  const { paint } = terminal;
  const changes = [
    { verb: dryRun ? "would pin" : "pinned", of: of("pinned") },
    { verb: dryRun ? "would move" : "moved", of: of("moved") },
  ];
  for (const { verb, of: changed } of changes)
    for (const { row, digest } of changed)
      terminal.say(`${paint("green", verb)} ${placeAndImage(row)} ${paint("dim", `→ ${String(digest)}`)}`);
  for (const [why, rows] of byReason(of("not pinnable"))) {
    terminal.say(`${paint("yellow", "not pinnable")} (${String(rows.length)}) ${asCalled(why, options)}`);
    for (const row of rows.slice(0, MOST_PLACES)) terminal.say(`  ${placeAndImage(row)}`);
    const more = rows.length - MOST_PLACES;
    if (more > 0) terminal.say(`  and ${String(more)} more: ${commandLine(NAME, ["list"], options)}`);
  }
  const failed = of("failed").flatMap(({ row, failure }) => (failure ? [{ row, failure }] : []));
  for (const line of linesOfFailures(failed, paint("red", "failed"))) terminal.warn(line);
  terminal.say(summaryOf((kind) => of(kind).length, options));
  const waiting = of("not pinnable").filter(waitsForEvidence).length;
  if (waiting > 0) {
    const line = commandLine(NAME, ["charts", "--write"], options);
    terminal.say(`to pin ${String(waiting)} more, let it look at their charts: ${line}`);
  }
}

/** Whether only evidence of what its chart does is missing: without the chart's name, none can be found. */
function waitsForEvidence({ row: { evidence, reason }, why }: Outcome): boolean {
  return evidence === "none" && reason === "chart-unknown" && why?.startsWith(NO_CHART_NAMED) !== true;
}

function summaryOf(count: (kind: Outcome["kind"]) => number, { dryRun, update }: PinReportOptions): string {
  const changes = [
    dryRun ? `would pin ${String(count("pinned"))}` : `${String(count("pinned"))} pinned`,
    ...(update ? [dryRun ? `would move ${String(count("moved"))}` : `${String(count("moved"))} moved`] : []),
  ];
  const others = (["already pinned", "not pinnable", "failed"] as const).map(
    (kind) => `${String(count(kind))} ${kind}`,
  );
  return `${[...changes, ...others].join(", ")}${dryRun ? "; nothing was written (--dry-run)" : ""}`;
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
