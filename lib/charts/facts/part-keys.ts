// Which keys of a composed reference hold the image's repository and its tag.

/** A repository in braces, and a tag behind it. A digest that takes the tag's place may stand between. */
const PARTS = /\{([^{}|.]+)\}(?:\[@[^[\]]*\|)?:\{([^{}|.]+)\}/;

/** The keys that every image has. */
export interface PartKeys {
  readonly repository: string;
  readonly tag: string;
}

/**
 * The keys of a composed reference that hold the repository and the tag.
 *
 * @param reference as a fact says it (`ImageFact.reference`)
 * @returns `undefined` where one of the two is no key beside the image
 */
export function partKeys(reference: string): PartKeys | undefined {
  const [, repository, tag] = PARTS.exec(reference) ?? [];
  return repository === undefined || tag === undefined ? undefined : { repository, tag };
}
