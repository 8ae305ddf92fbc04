// Follows one image through the kustomizations that reach it, as `kustomize build` applies them.
import { findsNothing } from "./aimless.js";
import { isReplaced, startOf, startOfEntry, type FieldSpec, type Flow, type PlacedImage } from "./flow.js";
import { withImages, specsIn } from "./image-step.js";
import type { ImageEntry } from "./image-entry.js";
import { imageEntry, type Patch, type PatchKey } from "./kustomization.js";
import { mayChange, patchedBy, startInPatch } from "./patch-step.js";
import { withReplacements } from "./replacement-step.js";
import { itemsAt, textAt, valueAt } from "./plain.js";
import { DEEPEST, folderOf, type Node, type Tree } from "./tree.js";

/** Where an image stands: in a file that kustomizations use, or in a kustomization itself. */
export type Origin =
  | { readonly role: "file"; readonly file: string }
  | { readonly role: "entry"; readonly folder: string; readonly index: number }
  | { readonly role: "inline"; readonly folder: string; readonly key: PatchKey; readonly index: number };

/** Ways of one image; more have something to do with each other only by accident. */
const MOST_FLOWS = 200;

/** One image and where it stands. */
export class Journey {
  /** The kustomizations that the image goes through. */
  readonly #reaching = new Map<string, Node>();
  readonly #done = new Map<string, readonly Flow[]>();
  #aimless: string | undefined;

  /**
   * @param tree the kustomizations
   * @param origin where the image stands
   * @param image what is known of it there
   */
  constructor(
    private readonly tree: Tree,
    private readonly origin: Origin,
    private readonly image: PlacedImage,
  ) {
    this.#climb();
  }

  /**
   * @returns for each kustomization that is built by itself, what becomes of the image there: one flow for
   *   each way that leads to it
   */
  run(): ReadonlyMap<Node, readonly Flow[]> {
    const tops = [...this.#reaching.values()].filter((node) => this.tree.isTop(node));
    return new Map(
      tops.map((node) => [node, this.#built(node, 0)] as const).filter(([, flows]) => flows.length > 0),
    );
  }

  /** After the run: a kustomization whose patch holds the image and finds nothing, if there is one. */
  get aimless(): string | undefined {
    return this.#aimless;
  }

  #climb(): void {
    const { origin, tree } = this;
    const first = origin.role === "file" ? tree.usersOf(origin.file) : [tree.nodeIn(origin.folder)];
    const open = first.filter((node) => node !== undefined);
    for (let node = open.pop(); node; node = open.pop()) {
      if (this.#reaching.has(node.folder)) continue;
      this.#reaching.set(node.folder, node);
      open.push(...tree.usersOf(node.folder));
    }
  }

  #built(node: Node, depth: number): readonly Flow[] {
    const known = this.#done.get(node.folder);
    if (known) return known;
    // A circle finds nothing more.
    this.#done.set(node.folder, []);
    const flows = this.#through(node, [], depth);
    this.#done.set(node.folder, flows);
    return flows;
  }

  #through(node: Node, incoming: readonly Flow[], depth: number): readonly Flow[] {
    if (depth > DEEPEST) return incoming;
    let flows = [...incoming];
    for (const path of node.resources) {
      if (this.origin.role === "file" && path === this.origin.file) flows.push(startOf(this.image));
      const below = this.#reaching.get(path);
      if (below) flows.push(...this.#built(below, depth + 1));
    }
    for (const path of node.components) {
      const component = this.tree.nodeIn(path);
      if (component) flows = [...this.#through(component, flows, depth + 1)];
    }
    for (const file of node.configurations)
      flows = flows.map(withSpecs(specsIn(this.tree.documentsOf({ file }))));
    return distinct(node.changesNothing ? flows : this.#transformed(node, flows));
  }

  #transformed(node: Node, gathered: readonly Flow[]): readonly Flow[] {
    const { says } = node;
    // Whatever a patch does, these entries replace: most patches need not be read.
    let flows: readonly Flow[] = gathered.map((flow) => replacedBy(says.images, flow, node.file));
    const isPrefixed = says.namePrefix !== "" || says.nameSuffix !== "";
    for (const patch of says.patches)
      if (patch.key !== "patchesJson6902") flows = this.#patched(node, patch, flows);
    if (isPrefixed) flows = flows.map((flow) => renamed(flow, says.namePrefix, says.nameSuffix));
    for (const patch of says.patches)
      if (patch.key === "patchesJson6902") flows = this.#patched(node, patch, flows);
    for (const [index, entry] of says.images) {
      flows = flows.map((flow) => (isReplaced(flow) ? flow : withImages(flow, entry, node.file)));
      if (this.origin.role === "entry" && this.origin.folder === node.folder && this.origin.index === index)
        flows = [...flows, startOfEntry(this.image)];
    }
    if (node.replacements.length > 0 && flows.length > 0) {
      const replacements = node.replacements.flatMap((each) =>
        typeof each === "string" ? this.tree.documentsOf({ file: each }).flat() : [each.says],
      );
      flows = flows.map((flow) => withReplacements(flow, replacements, node.file));
    }
    for (const { file, text } of node.transformers)
      for (const document of this.tree.documentsOf(text === undefined ? { file } : { text }))
        flows = flows.map((flow) => transformed(flow, document, file));
    return flows;
  }

  #isAimless(node: Node, patch: Patch): boolean {
    const isAimless = findsNothing(this.tree, node, patch);
    if (isAimless) this.#aimless ??= node.file;
    return isAimless;
  }

  #patched(node: Node, patch: Patch, flows: readonly Flow[]): readonly Flow[] {
    const file = node.patchFiles.get(patch);
    const isOrigin =
      this.origin.role === "file"
        ? file === this.origin.file
        : this.origin.role === "inline" &&
          this.origin.folder === node.folder &&
          this.origin.key === patch.key &&
          this.origin.index === patch.index;
    const own = isOrigin && !this.#isAimless(node, patch) ? [startInPatch(this.image, patch.target)] : [];
    if (flows.every(isReplaced)) return [...flows, ...own];
    const text = file === undefined ? patch.text : this.tree.textOf(file);
    if (text === undefined) return [...flows, ...own];
    const by = file ?? node.file;
    return [
      ...flows.map((flow) =>
        !isReplaced(flow) && mayChange(text, flow)
          ? patchedBy(this.tree.documentsOf({ text }), patch, flow, by)
          : flow,
      ),
      ...own,
    ];
  }
}

function transformed(flow: Flow, document: unknown, by: string): Flow {
  switch (textAt(document, "kind")) {
    case "ImageTagTransformer":
      return withImages(flow, imageEntry(valueAt(document, "imageTag")), by);
    case "ReplacementTransformer":
      return withReplacements(flow, itemsAt(document, "replacements"), by);
    default:
      return flow;
  }
}

/** The image as entries replace it; as it was where they do not. */
function replacedBy(entries: ReadonlyMap<number, ImageEntry>, flow: Flow, file: string): Flow {
  let now = flow;
  for (const entry of entries.values()) now = withImages(now, entry, file);
  return isReplaced(now) ? now : flow;
}

function renamed(flow: Flow, prefix: string, suffix: string): Flow {
  const name = flow.names.at(-1) ?? "";
  return { ...flow, names: [...flow.names, prefix + name + suffix] };
}

function withSpecs(specs: readonly FieldSpec[]): (flow: Flow) => Flow {
  return (flow) => ({ ...flow, specs: [...flow.specs, ...specs] });
}

function distinct(flows: readonly Flow[]): readonly Flow[] {
  if (flows.length < 2) return flows;
  const byKey = new Map(
    flows.map((flow) => [
      JSON.stringify([flow.text, flow.by, flow.filledBy, flow.isGone, flow.names, flow.path]),
      flow,
    ]),
  );
  return [...byKey.values()].slice(0, MOST_FLOWS);
}

/**
 * The kustomization whose file this is.
 *
 * @param tree the kustomizations
 * @param file a path
 */
export function nodeOfFile(tree: Tree, file: string): Node | undefined {
  const node = tree.nodeIn(folderOf(file));
  return node?.file === file ? node : undefined;
}
