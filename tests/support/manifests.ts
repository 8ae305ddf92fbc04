// Manifests that tests of several rooms use.

/** A Pod with a container for each image, the first of them on line 5. */
export function pod(...images: readonly string[]): string {
  const containers = images.map((image) => `    - image: ${image}\n`).join("");
  return `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n${containers}`;
}
