// container-images verify: asks the registries whether every digest that stands is still right. The cache is
// not read.
import { createVerifier, type Pinned, type Verification } from "../digests/verify.js";
import { exemptable, exemptionFor } from "../exempt.js";
import type { State } from "../images/field.js";
import { formatReference } from "../reference/reference.js";
import type { Exemption, Settings } from "../settings.js";
import { mayAsk } from "./answers.js";
import { EXIT, gravest, type ExitCode } from "./failure.js";
import { openProject, type ProjectOptions } from "./project.js";
import type { Row } from "./rows.js";
import { survey, type Survey } from "./survey.js";
import type { Terminal } from "./terminal.js";
import { printJson, printText } from "./verify-report.js";

/** States of an image that has none; what is templated or local is not ours to name. */
const WITHOUT_DIGEST: ReadonlySet<State> = new Set(["unpinned", "incomplete", "invalid"]);

export const VERIFY_FORMATS = ["text", "json"] as const;

export type VerifyFormat = (typeof VERIFY_FORMATS)[number];

/** A reference with a digest, everywhere it stands. */
export interface Verified extends Verification {
  /** `domain/repository[:tag]@digest`. */
  readonly reference: string;
  readonly pinned: Pinned;
  readonly rows: readonly Row[];
}

/** One tag with several digests in the tree: not all of them can be right. */
export interface Disagreement {
  /** `domain/repository:tag`. */
  readonly image: string;
  readonly digests: readonly { readonly digest: string; readonly rows: readonly Row[] }[];
}

/** All that `verify` found out. */
export interface Findings {
  readonly verified: readonly Verified[];
  readonly disagreements: readonly Disagreement[];
  /** Exempt, and without a digest that could be verified. */
  readonly exemptUnpinned: readonly Row[];
  /** Not exempt and without a digest: lint's job. */
  readonly unpinned: number;
  /** A digest without a repository: the chart knows whose it is. */
  readonly nameless: readonly Row[];
  readonly unmatchedExemptions: readonly Exemption[];
}

/**
 * Verifies the digests of a project.
 *
 * @param options where, which files, and by which configuration
 * @param terminal where to say what was found
 * @returns the exit code: 0, 1 where a digest is wrong or a tag has two, 3 where a registry did not answer, 2
 *   where a file could not be read
 * @throws {CommandError} where the project can not be opened or a setting is wrong; one line
 */
export async function verify(
  options: ProjectOptions,
  format: VerifyFormat,
  terminal: Terminal,
): Promise<ExitCode> {
  const ask = mayAsk(terminal);
  const surveyed = await survey(await openProject(options));
  for (const line of surveyed.unread) terminal.warn(line);
  const verified = await verifyAll(surveyed, ask, terminal);
  const rows = surveyed.files.flatMap(({ found }) => found.map(({ row }) => row));
  const findings: Findings = {
    verified,
    disagreements: disagreementsIn(verified),
    exemptUnpinned: rows.filter(({ exempt, state }) => exempt !== null && WITHOUT_DIGEST.has(state)),
    unpinned: rows.filter(({ exempt, state }) => exempt === null && state === "unpinned").length,
    nameless: rows.filter(({ state, reference }) => state === "pinned" && reference === null),
    unmatchedExemptions: unmatchedIn(surveyed),
  };
  if (format === "json") printJson(findings, terminal);
  else printText(findings, terminal);
  const wrong =
    findings.disagreements.length > 0 ||
    verified.some(({ verdict }) => verdict !== "ok" && verdict !== "unreachable");
  const unanswered = verified.some(({ verdict }) => verdict === "unreachable");
  return gravest(
    wrong ? EXIT.findings : EXIT.fine,
    unanswered ? EXIT.lookups : EXIT.fine,
    surveyed.unread.length > 0 ? EXIT.usage : EXIT.fine,
  );
}

async function verifyAll({ files }: Survey, ask: boolean, terminal: Terminal): Promise<readonly Verified[]> {
  const places = new Map<
    string,
    { readonly pinned: Pinned; readonly settings: Settings; readonly rows: Row[] }
  >();
  for (const { found, settings } of files) {
    for (const {
      row,
      field: { reference, state },
    } of found) {
      if (state !== "pinned" || reference?.digest === undefined) continue;
      const pinned = { ...reference, digest: reference.digest };
      const key = JSON.stringify([
        formatReference(reference),
        settings.registries,
        settings.mirrors,
        settings.timeout,
      ]);
      const place = places.get(key) ?? { pinned, settings, rows: [] };
      place.rows.push(row);
      places.set(key, place);
    }
  }
  const verifier = createVerifier();
  const stop = new AbortController();
  const progress = await terminal.progress("verifying", ask ? places.size : 0);
  try {
    return await Promise.all(
      [...places.values()].map(async ({ pinned, settings, rows }): Promise<Verified> => {
        const verification: Verification = ask
          ? await verifier.verify(pinned, settings, stop.signal)
          : { verdict: "unreachable", message: "CONTAINER_IMAGES_RESOLVE forbids asking" };
        progress.step();
        return { ...verification, reference: formatReference(pinned), pinned, rows };
      }),
    );
  } finally {
    progress.end();
    verifier.close();
  }
}

function disagreementsIn(verified: readonly Verified[]): readonly Disagreement[] {
  const images = new Map<string, Map<string, Row[]>>();
  for (const {
    pinned: { domain, repository, tag, digest },
    rows,
  } of verified) {
    if (tag === undefined) continue;
    const image = formatReference({ domain, repository, tag });
    const digests = images.get(image) ?? new Map<string, Row[]>();
    digests.set(digest, [...(digests.get(digest) ?? []), ...rows]);
    images.set(image, digests);
  }
  return [...images].flatMap(([image, digests]) =>
    digests.size > 1 ? [{ image, digests: [...digests].map(([digest, rows]) => ({ digest, rows })) }] : [],
  );
}

/** Each entry by itself: one that stands behind a wider one did match. */
function unmatchedIn({ files, settings }: Survey): readonly Exemption[] {
  const entries = new Map<string, Exemption>();
  for (const { exempt } of settings) for (const entry of exempt) entries.set(JSON.stringify(entry), entry);
  const matched = new Set<string>();
  for (const { found, path, settings: own } of files) {
    for (const entry of own.exempt) {
      const key = JSON.stringify(entry);
      if (
        !matched.has(key) &&
        found.some(({ field }) => exemptionFor(exemptable(field), path, { ...own, exempt: [entry] }))
      )
        matched.add(key);
    }
  }
  return [...entries].flatMap(([key, entry]) => (matched.has(key) ? [] : [entry]));
}
