// What stands in a file where an image is named, and what may be written there.
import type { Reference } from "../reference/reference.js";
import type { Range } from "../yaml/reading.js";
import type { WrittenScalar } from "../yaml/scalar.js";

/**
 * What is known of an image. The first that holds, in this order:
 * - `replaced`: whatever it is, a kustomization or a build puts another image in its place
 * - `templated`: an action or expression stands in it, and what it comes to is not known
 * - `invalid`: it breaks the grammar of references
 * - `local`: it is in no registry that others can reach, or is never pulled
 * - `pinned`: it has a digest
 * - `incomplete`: a part is missing that a chart or operator fills in
 * - `unpinned`: a whole reference without a digest
 */
export type State = "replaced" | "templated" | "invalid" | "local" | "pinned" | "incomplete" | "unpinned";

/** The parts of a reference that may stand in a scalar each. */
export type PartName = "registry" | "repository" | "tag" | "digest";

/** One scalar that holds a part of a reference. */
export interface Part extends WrittenScalar {
  /** Set where the scalar is written elsewhere and stands here by an alias. */
  readonly alias?: true;
}

/** Where in the file this field's digest goes. */
export type Slot =
  /** Behind the reference, in its one scalar. */
  | { readonly kind: "inline" }
  /** Behind the tag, in the tag's scalar. */
  | { readonly kind: "tag" }
  /** In a key that is there. `style`: whether it holds `sha256:` before the hexadecimal digits. */
  | {
      readonly kind: "key";
      readonly range: Range;
      readonly quote: Part["quote"];
      readonly style: "prefixed" | "bare" | "unknown";
    }
  /** In a key that is not there yet: inserted at `offset`, the text before the digest being `before`. */
  | {
      readonly kind: "new-key";
      readonly offset: number;
      readonly before: string;
      readonly style?: "prefixed" | "bare";
    }
  | { readonly kind: "none"; readonly reason: PlanReason; readonly message: string };

/**
 * What proves where an image's digest goes (docs/charts.md#evidence):
 * - `place`: a reference that is printed as it stands, or a key that an operator or tool documents
 * - `rendered`: Helm rendered the chart before and after
 * - `read`: the chart's templates, in which every use of the image was understood
 * - `user`: the user's settings or facts
 * - `none`: nothing; the digest is only suggested
 */
export type Evidence = "place" | "rendered" | "read" | "user" | "none";

/** An image in a file. */
export interface ImageField {
  /**
   * The name of its row in the vocabulary: `container`, `registry/repository/tag`,
   * `image+version+containerSHA`.
   */
  readonly shape: string;
  /** Its YAML path: `spec.containers[0].image`. */
  readonly field: string;
  /** The image as it stands: the scalar, or its parts joined. */
  readonly written: string;
  /** What the chart composes of the parts, if that is not what stands there. */
  readonly composed?: string;
  readonly state: State;
  /** Normalised; absent where the state leaves none. */
  readonly reference?: Reference;
  /** Why it is `invalid`, or what is missing where it is `incomplete`; a part of a sentence. */
  readonly problem?: string;
  readonly parts: Readonly<Partial<Record<PartName, Part>>>;
  /** Where a report points; the same before and after pinning. */
  readonly at: Range;
  readonly slot: Slot;
  /** Scalars that must change with the digest, for it to count: `useDigest: false`. */
  readonly also?: readonly { readonly range: Range; readonly text: string }[];
  /** What Helm makes of a tag that is no string to it, where that is not the text itself. */
  readonly helmReads?: string;
  /** Why a digest at the slot is only a guess, in a few words. */
  readonly doubt?: { readonly reason: PlanReason; readonly message: string };
  /**
   * Why a digest in the tag breaks, where that is known: behind "the digest of … cannot stand in the tag: ".
   */
  readonly tagBreaks?: string;
  /** The known chart, `publisher/name`, whose convention decided where the digest goes. */
  readonly chart?: string;
  /** The reference that the chart composes, where that is known: `{registry}/{repository}:{tag}`. */
  readonly composition?: string;
  /** What proves that the digest goes to the slot. */
  readonly evidence: Evidence;
  /** Where nothing proves it: what is missing, and what to do; the end of "… is not pinned by digest: ". */
  readonly lacks?: string;
  /** Set where the file could only be read line by line here. */
  readonly scanned?: true;
  /** Set where the file says of itself that it is generated. */
  readonly generated?: true;
  /** The file that replaces or builds it, where it is `replaced`. */
  readonly replacedBy?: string;
  /** What it is called where some kustomizations give it other names than its `reference`. */
  readonly deployedAs?: readonly Reference[];
  /** Where other kustomizations replace it: one that deploys it as it stands. */
  readonly deployedBy?: string;
}

/** Why nothing, or only a suggestion, may be written at a field. */
export type PlanReason =
  | "no-digest-slot"
  | "templated"
  | "anchor-shared"
  | "numeric-tag"
  | "chart-breaks"
  | "chart-unknown"
  | "sha-style"
  | "suffixed-tag"
  | "own-digest"
  | "generated"
  | "arms"
  | "embedded"
  | "scanned"
  | "state";
