// What a row of the vocabulary may say: where it applies, which keys it reads, and where a digest goes.
import type { PathPattern } from "./path.js";

/** What a document is, as far as its images are concerned (docs/files.md). */
export type DocumentKind =
  | "kustomization"
  | "compose"
  | "github"
  | "gitlab"
  | "circleci"
  | "drone"
  | "cloudbuild"
  | "bitbucket"
  | "azure"
  | "buildkite"
  | "gitpod"
  | "manifest"
  | "values"
  /** YAML in a string of a manifest, of no kind of its own. */
  | "embedded"
  | "other"
  | "none";

/**
 * How a missing tag is read: Docker and Kubernetes take `latest`; a chart or an operator fills in its own.
 */
export type Untagged = "latest" | "incomplete";

/** The documents, and the paths in them, to which a row applies. What is absent does not restrict. */
export interface Where {
  readonly documents?: readonly DocumentKind[];
  /** The group of `apiVersion`, which is what stands before the `/`. */
  readonly group?: string;
  readonly kinds?: readonly string[];
  /** The path of the scalar (scalar rows) or of the mapping that holds the keys (mapping rows). */
  readonly path?: readonly PathPattern[];
  /** Paths to which it does not apply. */
  readonly not?: readonly PathPattern[];
}

/** A reference in one scalar. */
export interface ScalarRow {
  readonly shape: string;
  readonly where: Where;
  /** The key that holds the reference: exact words, or a pattern. */
  readonly key: RegExp;
  /**
   * The key itself says little; the last fixed key of the path decides. Such a row is tried only below that
   * key, and not for every key of every file.
   */
  readonly anyKey?: true;
  /** Whether an image must stand here, so that any other text is `invalid`. */
  readonly must: boolean;
  readonly untagged: Untagged;
  /**
   * What a text must show before it counts as an image:
   * - `none`: nothing
   * - `some`: a tag, a digest or a registry
   * - `version`: a tag or a digest
   * - `path`: a digest, or a tag with a registry or a path before it
   */
  readonly evidence: "none" | "some" | "version" | "path";
  /**
   * Must stand before the reference and is no part of it, as in `docker://`. A text without it is no image.
   */
  readonly scheme?: string;
  /** May stand before the reference, and is no part of it. */
  readonly prefix?: RegExp;
  /** The reference is the text behind the last of these. */
  readonly after?: string;
  /** Set if no digest may be written behind the reference, and why. */
  readonly takes?: DigestRule & { readonly to: "none" };
  /** Set for a row of the user's settings. */
  readonly own?: true;
  /** A sibling key that says that the image is built here and not pulled. */
  readonly unless?: string;
  /**
   * What must stand beside the key: a sibling key whose text fits a pattern; or one of several sibling keys,
   * and perhaps one more that must be there, too.
   */
  readonly beside?:
    | { readonly key: string; readonly text: RegExp }
    | { readonly anyOf: readonly string[]; readonly and?: string };
  /** The specification, or the code, that says so. */
  readonly source: string;
}

/** Where a mapping takes its digest. */
export type DigestRule =
  /** Appended to the tag: `tag: v1@sha256:…`. */
  | { readonly to: "tag" }
  /** In a key of its own, which is added where it is missing. */
  | { readonly to: "new-key"; readonly key: string }
  | {
      readonly to: "none";
      readonly reason: "no-digest-slot" | "chart-unknown" | "chart-breaks";
      readonly message: string;
    };

/** A reference in several keys of one mapping. */
export interface MappingRow {
  readonly shape: string;
  readonly where: Where;
  /** For each part, the keys that may hold it. The first one that is there holds it. */
  readonly keys: {
    readonly registry?: readonly string[];
    readonly repository: readonly string[];
    readonly tag?: readonly string[];
    readonly digest?: readonly string[];
  };
  /**
   * What makes a mapping this shape:
   * - `operator`: `where` proves it; any part may be missing
   * - `image-key`: it stands at an image key or in `images`; any part may be missing
   * - `override`: a new name alone, or any name with a new tag or digest
   * - `image-version`: it stands at an image key, with a repository and a version
   * - `repository-and-tag`: anywhere, with a repository and a tag or digest
   * - `triplet`: anywhere, with a name that has no registry, and all three keys
   * - `siblings`: anywhere, with a name that has no tag of its own, and a tag; where the key says
   *   "repository", a registry takes the tag's place
   * - `chart`: a tag without a repository, where a fact says which one the chart's own values name. No row of
   *   the vocabulary has it: such a mapping takes the row of its keys
   */
  readonly when:
    | "operator"
    | "override"
    | "image-key"
    | "image-version"
    | "repository-and-tag"
    | "triplet"
    | "siblings"
    | "chart";
  /**
   * Set for a row of the user's settings, which decides before any chart: how its digest key holds a digest.
   */
  readonly own?: "sha256:" | "hex";
  /** Keys that must not be there. */
  readonly without?: readonly string[];
  readonly digest: DigestRule;
  /** Paths at which another digest rule holds, and that rule. */
  readonly except?: { readonly path: readonly PathPattern[]; readonly digest: DigestRule };
  /** The specification, or the code, that says so. */
  readonly source: string;
}
