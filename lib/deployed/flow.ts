// An image on its way through kustomizations: its text, and what has changed it so far.

/** A key, or an index in a list. */
export type Step = string | number;

/** The resource that an image stands in, as far as it is asked for. */
interface Resource {
  /** The text of the scalar at a path from the resource's root; `undefined` where there is none. */
  readonly text: (path: readonly Step[]) => string | undefined;
}

/** An image where it stands in a file. */
export interface PlacedImage {
  /** The image as it stands. */
  readonly text: string;
  /** From the root of its resource. */
  readonly path: readonly Step[];
  readonly resource: Resource;
}

/** Places of images that kustomizations name by `configurations`. */
export interface FieldSpec {
  readonly keys: readonly string[];
  readonly kind: string;
  readonly group: string;
}

/** One way of an image through kustomizations. */
export interface Flow {
  readonly text: string;
  /** Absent for what an entry of `images` writes. */
  readonly resource: Resource | undefined;
  /** Where the image stands by now: patches add and remove containers before it. */
  readonly path: readonly Step[];
  /** Where it stands in its file. */
  readonly written: readonly Step[];
  readonly kind: string;
  readonly group: string;
  readonly namespace: string;
  /** The resource's name, and the names that prefixes and suffixes have made of it. */
  readonly names: readonly string[];
  /** The file that has replaced or removed the image; `undefined` where the image stands as it is written. */
  readonly by: string | undefined;
  /** The file of a kustomization whose `replacements` write into the image, if one does. */
  readonly filledBy?: string;
  /** Whether no later step finds it any more. */
  readonly isGone: boolean;
  readonly specs: readonly FieldSpec[];
}

/**
 * The beginning of a way.
 *
 * @param image where it stands
 * @param resource what is known of the resource, where it is another than the file's own
 */
export function startOf(image: PlacedImage, resource: Partial<Flow> = {}): Flow {
  const text = (...path: readonly Step[]): string => image.resource.text(path) ?? "";
  const apiVersion = text("apiVersion");
  const slash = apiVersion.indexOf("/");
  return begin(image, {
    resource: image.resource,
    kind: text("kind"),
    group: slash < 0 ? "" : apiVersion.slice(0, slash),
    namespace: text("metadata", "namespace"),
    names: [text("metadata", "name")],
    ...resource,
  });
}

/**
 * The beginning of the way of what an entry of `images` writes: it stands in no resource that is known.
 *
 * @param image where it stands in the kustomization
 */
export function startOfEntry(image: PlacedImage): Flow {
  return begin(image, { resource: undefined, kind: "", group: "", namespace: "", names: [""] });
}

function begin(
  { text, path }: PlacedImage,
  its: Pick<Flow, "resource" | "kind" | "group" | "namespace" | "names">,
): Flow {
  return { text, path, written: path, by: undefined, isGone: false, specs: [], ...its };
}

/** Whether nothing deploys the image as its file says it: what comes later only replaces it once more. */
export function isReplaced(flow: Flow): boolean {
  return flow.by !== undefined;
}
