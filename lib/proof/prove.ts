// Proves with Helm where the digests of a chart's images may stand: with its default values and with the
// user's, before and after.
import type { FactDigest, ImageFact, TagUse } from "../settings/chart-facts.js";
import { candidatesOf, type Candidate } from "./candidates.js";
import type { ChartImage } from "./chart-images.js";
import { withDigest } from "./markers.js";
import type { Session, Verdict } from "./session.js";

/** What was proven of a chart's images, and which images no rendering shows. */
export interface Proof {
  readonly images: readonly ImageFact[];
  /** Paths of images that are rendered, and of which a limit left nothing known. */
  readonly leftOut: readonly string[];
  /** Paths of images that no rendering shows. */
  readonly hidden: readonly string[];
  /** Places that Helm shows to be wrong, by the images' paths. */
  readonly refuted: ReadonlyMap<string, readonly Candidate[]>;
}

/** An image in all sessions of a chart, and the verdicts on its places. */
interface Subject {
  readonly candidates: readonly Candidate[];
  /** The place that is tried now; behind the last one: none takes a digest. */
  at: number;
  /** By session, the verdict on the place that is tried now. */
  readonly current: Map<Session, Verdict>;
  /** Set where an operator gets the image, and takes no digest. */
  readonly closed: (FactDigest & { readonly to: "none" }) | undefined;
  /** Set where a limit ended the renderings before anything was known. */
  isUnknown?: true;
  /** Why places were given up, in order. */
  readonly failed: { readonly candidate: Candidate; readonly verdict: Verdict }[];
}

/**
 * Proves where digests may stand.
 *
 * @param sessions the chart with its default values, and with those of each user
 * @returns a fact for each image that is rendered in at least one of them
 */
export async function prove(sessions: readonly Session[]): Promise<Proof> {
  const subjects = subjectsOf(sessions);
  for (let isDone = false; !isDone;) {
    isDone = true;
    for (const session of sessions) {
      const wanted = wantedIn(session, subjects);
      if (wanted.size === 0) continue;
      isDone = false;
      await session.try(wanted, (image, verdict) => {
        subjects.get(image.field)?.current.set(session, verdict);
      });
    }
    for (const subject of subjects.values()) giveUp(subject);
  }
  const hidden = new Set(sessions.flatMap(({ images }) => images.map(({ field }) => field)));
  const images = [...subjects].flatMap(([field, subject]) => {
    hidden.delete(field);
    return factOf(field, subject, sessions);
  });
  const refuted = new Map(
    [...subjects].map(([field, { failed }]) => [field, failed.map(({ candidate }) => candidate)]),
  );
  const leftOut = [...subjects].flatMap(([field, { isUnknown }]) => (isUnknown ? [field] : []));
  return { images, leftOut, hidden: [...hidden], refuted };
}

function subjectsOf(sessions: readonly Session[]): Map<string, Subject> {
  const subjects = new Map<string, Subject>();
  for (const session of sessions)
    for (const image of session.images) {
      if (!session.isShown(image) || subjects.has(image.field)) continue;
      subjects.set(image.field, {
        candidates: session.closed.has(image.id) ? [] : candidatesOf(image),
        closed: session.closed.get(image.id),
        at: 0,
        current: new Map(),
        failed: [],
      });
    }
  return subjects;
}

/** The images of a session whose present place has not been tried there. */
function wantedIn(session: Session, subjects: ReadonlyMap<string, Subject>): Map<ChartImage, Candidate> {
  const wanted = new Map<ChartImage, Candidate>();
  for (const image of session.images) {
    const subject = session.isShown(image) ? subjects.get(image.field) : undefined;
    const candidate = subject?.candidates[subject.at];
    // An image is one string for one user and a mapping for another.
    if (!subject || !candidate || subject.current.has(session)) continue;
    if ((candidate.to === "reference") === (image.keys !== undefined)) continue;
    wanted.set(image, candidate);
  }
  return wanted;
}

/** Goes on to the next place where a verdict is against this one; to none where nothing is known. */
function giveUp(subject: Subject): void {
  if ([...subject.current.values()].some(({ kind }) => kind === "unknown")) {
    subject.isUnknown = true;
    subject.at = subject.candidates.length;
    subject.current.clear();
    return;
  }
  const candidate = subject.candidates[subject.at];
  const bad = [...subject.current.values()].find(({ kind }) => kind !== "right");
  if (!candidate || !bad) return;
  subject.failed.push({ candidate, verdict: bad });
  subject.at += 1;
  subject.current.clear();
}

function factOf(field: string, subject: Subject, sessions: readonly Session[]): readonly ImageFact[] {
  if (subject.isUnknown) return [];
  const candidate = subject.candidates[subject.at];
  const digest: FactDigest = candidate ?? subject.closed ?? { to: "none", ...reasonOf(subject) };
  const form = [...subject.current.values()].some((each) => each.kind === "right" && each.form === "no-tag")
    ? "no-tag"
    : "tag";
  const composition = compositionOf(field, sessions);
  if (composition === undefined) return [];
  const tagIs = tagUses(subject);
  return [
    {
      path: field,
      reference: withDigest(composition, digest, form),
      digest,
      ...(tagIs.length > 0 ? { tagIs } : {}),
      evidence: "rendered",
    },
  ];
}

/** Where a chart was not rendered with made-up parts, the usual composition was compared all the same. */
function compositionOf(field: string, sessions: readonly Session[]): string | undefined {
  for (const session of sessions) {
    const image = session.images.find((each) => each.field === field);
    const composition = image && session.compositions.get(image.id);
    if (composition !== undefined) return composition;
  }
  for (const { images } of sessions) {
    const image = images.find((each) => each.field === field);
    if (!image) continue;
    const { keys, path } = image;
    if (!keys) return `{${String(path.at(-1))}}`;
    const registry = keys.registry === undefined ? "" : `[{${keys.registry}}/]`;
    return `${registry}{${keys.repository}}:{${keys.tag}}`;
  }
  return undefined;
}

function reasonOf({ failed }: Subject): { reason: "chart-breaks" | "no-digest-slot"; message: string } {
  const usual = failed.find(({ candidate }) => candidate.to !== "key") ?? failed[0];
  if (usual?.verdict.kind === "breaks") {
    const where = usual.candidate.to === "reference" ? "behind the reference" : "in the tag";
    const { how, place } = usual.verdict;
    const what = place === "failed" ? how : `the chart's ${how}`;
    return { reason: "chart-breaks", message: `with a digest ${where}, ${what}` };
  }
  return { reason: "no-digest-slot", message: "no digest in its keys reaches what the chart renders" };
}

const TAG_USES: Readonly<Record<string, TagUse>> = { label: "label", argument: "argument", shared: "shared" };

function tagUses({ failed }: Subject): readonly TagUse[] {
  return failed.flatMap(({ candidate, verdict }): readonly TagUse[] => {
    if (candidate.to !== "tag" || verdict.kind !== "breaks") return [];
    if (verdict.place === "failed") return /semver|version/i.test(verdict.how) ? ["semver"] : [];
    const use = TAG_USES[verdict.place];
    return use ? [use] : [];
  });
}
