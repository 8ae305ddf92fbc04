// Trees of files in memory, and what becomes of the images in them.
import { loadAll } from "js-yaml";
import { basename, join } from "node:path";
import { fatesIn, type Fate } from "../../lib/deployed/fate.js";
import type { Step } from "../../lib/deployed/flow.js";
import { artifactsOf } from "../../lib/deployed/skaffold.js";
import { Tree } from "../../lib/deployed/tree.js";

const ROOT = "/tree";

/** A Deployment with one container. */
export const deployment = (image: string, name = "web"): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  labels:\n    app: ${name}\n` +
  `spec:\n  template:\n    spec:\n      containers:\n      - name: app\n        image: ${image}\n`;

export const IMAGE: readonly Step[] = ["spec", "template", "spec", "containers", 0, "image"];

/**
 * What becomes of an image.
 *
 * @param files texts by path
 * @param file where the image stands, in its first document
 * @param path where it stands there
 * @returns `undefined` where nothing reaches the file
 */
export function fateOf(
  files: Readonly<Record<string, string>>,
  file: string,
  path: readonly Step[] = IMAGE,
  written?: string,
): Fate | undefined {
  const texts = new Map(Object.entries(files).map(([name, text]) => [join(ROOT, name), text]));
  const named = (pattern: RegExp): readonly string[] =>
    [...texts.keys()].filter((name) => pattern.test(basename(name)));
  const tree = new Tree(named(/^kustomization\.ya?ml$/), {
    read: (name) => texts.get(name),
    isFile: (name) => texts.has(name),
  });
  const built = new Map(
    named(/^skaffold\.yaml$/).map((name) => [name, artifactsOf(texts.get(name) ?? "")] as const),
  );
  const [document] = loadAll(files[file] ?? "");
  const text = (steps: readonly Step[]): string | undefined => {
    const value = steps.reduce<unknown>(
      (at, step) => (at as Readonly<Record<Step, unknown>> | undefined)?.[step],
      document,
    );
    return typeof value === "string" ? value : undefined;
  };
  const image = { text: written ?? text(path) ?? "", path, resource: { text } };
  return fatesIn({ root: ROOT, tree, built }, join(ROOT, file))?.(image);
}
