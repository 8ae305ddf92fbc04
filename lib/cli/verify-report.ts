// What `verify` found out: in lines for a person, or as JSON (schemas/verify.schema.json).
import { displayText } from "../reference/display.js";
import type { Exemption } from "../settings.js";
import { placeOf } from "./pin-report.js";
import type { Row } from "./rows.js";
import type { Terminal } from "./terminal.js";
import type { Findings, Verified } from "./verify.js";

/**
 * Says what was found: problems on standard error under `--quiet` too, the rest on standard output.
 */
export function printText(
  { verified, disagreements, exemptUnpinned, unpinned, nameless, unmatchedExemptions }: Findings,
  terminal: Terminal,
): void {
  for (const each of verified) {
    if (each.verdict === "ok") continue;
    for (const row of each.rows)
      terminal.warn(
        `${terminal.paint(each.verdict === "unreachable" ? "yellow" : "red", verdictOf(each))} ${placeOf(row)} ${displayText(row.written)}${detailOf(each)}`,
      );
  }
  for (const { image, digests } of disagreements) {
    terminal.warn(`${terminal.paint("red", `${String(digests.length)} digests`)} ${displayText(image)} has`);
    for (const { digest, rows } of digests) terminal.warn(`  ${digest} at ${rows.map(placeOf).join(", ")}`);
  }
  for (const row of exemptUnpinned)
    terminal.say(
      `${terminal.paint("dim", "no digest")} ${placeOf(row)} ${displayText(row.written)} (exempt: ${displayText(row.exempt ?? "")})`,
    );
  for (const row of nameless)
    terminal.say(
      `${terminal.paint("dim", "not verified")} ${placeOf(row)} ${displayText(row.written)}: no repository stands beside its digest`,
    );
  for (const entry of unmatchedExemptions)
    terminal.say(`${terminal.paint("yellow", "exempts nothing")} ${exemptionText(entry)}`);
  const verdicts = new Map<string, number>();
  for (const { verdict } of verified) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  const counts = [...verdicts].sort().map(([verdict, count]) => `${String(count)} ${verdict}`);
  const rest =
    unpinned === 0
      ? ""
      : `; ${String(unpinned)} ${unpinned === 1 ? "image has" : "images have"} no digest (see \`eslint\`)`;
  terminal.say(
    `${String(verified.length)} pinned references${counts.length === 0 ? "" : `: ${counts.join(", ")}`}${rest}`,
  );
}

function verdictOf({ verdict, platformCount }: Verified): string {
  return verdict === "one platform" ? `one platform of ${String(platformCount)}` : verdict;
}

function detailOf({ verdict, current, message }: Verified): string {
  if (verdict === "unreachable") return `: ${String(message)}`;
  return current === undefined ? "" : `: the tag points to ${current}`;
}

function exemptionText({ image, files, field, reason }: Exemption): string {
  const parts = Object.entries({ image, files, field }).flatMap(([name, globs]) =>
    globs ? [`${name} ${globs.join(", ")}`] : [],
  );
  return displayText(`${parts.join("; ")} (${reason})`);
}

/** Prints the same as one JSON object. */
export function printJson(
  { verified, disagreements, exemptUnpinned, unpinned, nameless, unmatchedExemptions }: Findings,
  terminal: Terminal,
): void {
  const document = {
    verified: verified.map((each) => {
      const { domain, repository, tag = null, digest } = each.pinned;
      const { reference, current = null, platformCount = null, message = null, rows } = each;
      return {
        reference,
        domain,
        repository,
        tag,
        digest,
        verdict: verdictOf(each),
        current,
        platforms: platformCount,
        message,
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
