// What Skaffold builds: the images of its `build.artifacts`, whose names it replaces in every manifest.
import { documentsOf, itemsAt, textAt, valueAt } from "./plain.js";

/** The names by which Skaffold knows its file. */
export const SKAFFOLD_NAMES = ["skaffold.yaml", "skaffold.yml"] as const;

/**
 * The names of the images that a skaffold file builds.
 *
 * @param text of its file
 * @returns the names, of its profiles too
 * @see https://skaffold.dev/docs/references/yaml/#build-artifacts
 */
export function artifactsOf(text: string): ReadonlySet<string> {
  const artifacts = documentsOf(text)
    .filter((document) => textAt(document, "apiVersion").startsWith("skaffold/"))
    .flatMap((document) => [document, ...itemsAt(document, "profiles")])
    .flatMap((part) => itemsAt(valueAt(part, "build"), "artifacts"))
    .map((artifact) => textAt(artifact, "image"));
  return new Set(artifacts.filter((image) => image !== ""));
}
