// Prints what `verify` found: lines for the user, or JSON (schemas/verify.schema.json).
import { displayText } from "../reference/display.js";
import { linesOfFailures } from "./failure-groups.js";
import { placeAndImage, placeOf } from "./place.js";
import type { Row } from "./rows.js";
import { unmatchedText } from "./settings-notices.js";
import type { Terminal } from "./terminal.js";
import type { Disagreement, Findings, Verified } from "./verify-findings.js";

/**
 * Prints the findings as text: problems on standard error, also under `--quiet`; the rest on standard output.
 */
export function printText(findings: Findings, terminal: Terminal): void {
  const { paint } = terminal;
  for (const each of findings.verified) printVerdict(each, terminal);
  const failed = findings.verified.flatMap(({ failure, rows }) =>
    failure ? rows.map((row) => ({ row, failure })) : [],
  );
  for (const line of linesOfFailures(failed, paint("yellow", "unreachable"))) terminal.warn(line);
  for (const each of findings.disagreements) printDisagreement(each, terminal);
  for (const row of findings.exemptUnpinned) {
    const reason = displayText(row.exempt ?? "");
    terminal.say(`${paint("dim", "no digest")} ${placeAndImage(row)} (exempt: ${reason})`);
  }
  for (const row of findings.nameless)
    terminal.say(
      `${paint("dim", "not verified")} ${placeAndImage(row)}: no repository stands beside its digest`,
    );
  for (const entry of findings.unmatchedExemptions)
    terminal.say(`${paint("yellow", "exempts nothing:")} ${unmatchedText(entry, findings.surveyed)}`);
  terminal.say(summaryOf(findings));
}

function printVerdict(verified: Verified, { paint, warn }: Terminal): void {
  if (verified.verdict === "ok" || verified.verdict === "unreachable") return;
  const { current } = verified;
  const detail = current === undefined ? "" : `: the tag points to ${current}`;
  for (const row of verified.rows)
    warn(`${paint("red", verdictOf(verified))} ${placeAndImage(row)}${detail}`);
}

function printDisagreement({ image, digests }: Disagreement, { paint, warn }: Terminal): void {
  warn(`${paint("red", `${String(digests.length)} digests`)} for ${displayText(image)}:`);
  for (const { digest, rows } of digests) warn(`  ${digest} at ${rows.map(placeOf).join(", ")}`);
}

function summaryOf({ verified, unpinned }: Findings): string {
  const verdicts = new Map<string, number>();
  for (const { verdict } of verified) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  const counts = [...verdicts].sort().map(([verdict, count]) => `${String(count)} ${verdict}`);
  const pinned = `${String(verified.length)} pinned ${verified.length === 1 ? "reference" : "references"}`;
  const images = `${String(unpinned)} ${unpinned === 1 ? "image has" : "images have"}`;
  return [
    counts.length === 0 ? pinned : `${pinned}: ${counts.join(", ")}`,
    ...(unpinned === 0 ? [] : [`${images} no digest (see \`eslint\`)`]),
  ].join("; ");
}

function verdictOf({ verdict, platformCount }: Verified): string {
  return verdict === "one platform" ? `one platform of ${String(platformCount)}` : verdict;
}

/** Prints the findings as one JSON object on standard output. */
export function printJson(
  { verified, disagreements, exemptUnpinned, unpinned, nameless, unmatchedExemptions }: Findings,
  terminal: Terminal,
): void {
  const document = {
    verified: verified.map((each) => {
      const { domain, repository, tag = null, digest } = each.pinned;
      const { reference, current = null, platformCount = null, failure, rows } = each;
      return {
        reference,
        domain,
        repository,
        tag,
        digest,
        verdict: verdictOf(each),
        current,
        platforms: platformCount,
        message: failure?.message ?? null,
        places: rows.map(placeIn),
      };
    }),
    disagreements: disagreements.map(({ image, digests }) => ({
      image,
      digests: digests.map(({ digest, rows }) => ({ digest, places: rows.map(placeIn) })),
    })),
    exemptUnpinned: exemptUnpinned.map((row) => ({ ...placeIn(row), written: row.written })),
    notVerified: nameless.map((row) => ({ ...placeIn(row), written: row.written })),
    unmatchedExemptions,
    unpinned,
  };
  terminal.result(`${JSON.stringify(document, undefined, 2)}\n`);
}

function placeIn({
  file,
  line,
  column,
  field,
  exempt,
}: Row): Pick<Row, "file" | "line" | "column" | "field" | "exempt"> {
  return { file, line, column, field, exempt };
}
