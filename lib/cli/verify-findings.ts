// Collects what `verify` reports: the registries' verdicts, and what the project's own files show.
import type { Pinned, Verification } from "../digests/verify.js";
import type { State } from "../images/field.js";
import { formatReference } from "../reference/reference.js";
import type { Exemption } from "../settings/settings.js";
import type { Row } from "./rows.js";
import { unmatchedExemptions } from "./settings-notices.js";
import type { Survey } from "./survey.js";

/**
 * States of an image without a digest. A templated or a local image is not counted: its digest is not ours.
 */
const WITHOUT_DIGEST: ReadonlySet<State> = new Set(["unpinned", "incomplete", "invalid"]);

/** A reference with a digest, the verdict on it, and every place where it stands. */
export interface Verified extends Verification {
  /** `domain/repository[:tag]@digest`. */
  readonly reference: string;
  readonly pinned: Pinned;
  readonly rows: readonly Row[];
}

/** One tag that is pinned to several digests in the project: at most one of them can be right. */
export interface Disagreement {
  /** `domain/repository:tag`. */
  readonly image: string;
  readonly digests: readonly { readonly digest: string; readonly rows: readonly Row[] }[];
}

/** All that `verify` found out. */
export interface Findings {
  readonly verified: readonly Verified[];
  readonly disagreements: readonly Disagreement[];
  /** Exempt images without a digest: there is nothing to verify. */
  readonly exemptUnpinned: readonly Row[];
  /** How many images have neither a digest nor an exemption. The lint reports them. */
  readonly unpinned: number;
  /** Digests without a repository beside them: only the chart knows which image they are for. */
  readonly nameless: readonly Row[];
  /** Entries of the setting `exempt` that match no image. */
  readonly unmatchedExemptions: readonly Exemption[];
  /** What they were compared with. */
  readonly surveyed: Survey;
}

/**
 * Collects what there is to report.
 *
 * @param surveyed the project's image fields
 * @param verified the registries' verdicts
 */
export function findingsOf(surveyed: Survey, verified: readonly Verified[]): Findings {
  const rows = surveyed.files.flatMap(({ found }) => found.map(({ row }) => row));
  return {
    verified,
    disagreements: disagreementsIn(verified),
    exemptUnpinned: rows.filter(({ exempt, state }) => exempt !== null && WITHOUT_DIGEST.has(state)),
    unpinned: rows.filter(({ exempt, state }) => exempt === null && state === "unpinned").length,
    nameless: rows.filter(({ state, reference }) => state === "pinned" && reference === null),
    unmatchedExemptions: unmatchedExemptions(surveyed),
    surveyed,
  };
}

function disagreementsIn(verified: readonly Verified[]): readonly Disagreement[] {
  const images = new Map<string, Map<string, Row[]>>();
  for (const { pinned, rows } of verified) {
    const { domain, repository, tag, digest } = pinned;
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
