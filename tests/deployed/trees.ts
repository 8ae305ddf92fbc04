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
  const tree = treeOf(files);
  const built = new Map(
    Object.entries(files)
      .filter(([name]) => basename(name) === "skaffold.yaml")
      .map(([name, text]) => [join(ROOT, name), artifactsOf(text)] as const),
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

function treeOf(files: Readonly<Record<string, string>>): Tree {
  const texts = new Map(Object.entries(files).map(([name, text]) => [join(ROOT, name), text]));
  const kustomizations = [...texts.keys()].filter((name) => /^kustomization\.ya?ml$/.test(basename(name)));
  return new Tree(kustomizations, { read: (name) => texts.get(name), isFile: (name) => texts.has(name) });
}

/**
 * Whether the kustomization in a folder is built.
 *
 * @param files texts by path
 * @param folder the folder's path
 */
export function isBuilt(files: Readonly<Record<string, string>>, folder: string): boolean {
  return treeOf(files).nodeIn(join(ROOT, folder)) !== undefined;
}
