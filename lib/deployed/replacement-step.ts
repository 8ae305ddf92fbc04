// Marks an image that a replacement of a kustomization writes into: nothing here says what it becomes.
import type { Flow, Step } from "./flow.js";
import { targetOf, type Target } from "./kustomization.js";
import { selects } from "./patch-target.js";
import { itemsAt, textsAt, valueAt } from "./plain.js";

/** In characters; longer than any path that is written by hand. */
const LONGEST_PATH = 1000;

/** What a replacement writes into. */
interface Written {
  readonly select: Target;
  readonly rejects: readonly Target[];
  /** The steps of each path; `undefined` for one that is too long to be read. */
  readonly paths: readonly (readonly string[] | undefined)[];
}

/** Kept, since every image below a kustomization asks for the same. */
const known = new WeakMap<object, readonly Written[]>();

/**
 * Marks an image that a replacement writes into, or may write into.
 *
 * @param flow the image
 * @param replacements what the kustomization says, in place or in files
 * @param by the kustomization's file
 * @returns the same image where no replacement is for it
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replacements/
 */
export function withReplacements(flow: Flow, replacements: readonly unknown[], by: string): Flow {
  if (flow.isGone || flow.resource === undefined) return flow;
  const textOf = keyedTexts(flow);
  const isWritten = replacements.some((each) =>
    targetsOf(each).some((target) => isFor(target, flow, textOf)),
  );
  return isWritten ? { ...flow, filledBy: by } : flow;
}

function targetsOf(replacement: unknown): readonly Written[] {
  if (typeof replacement !== "object" || replacement === null) return [];
  const before = known.get(replacement);
  if (before) return before;
  const targets = itemsAt(replacement, "targets").map((target): Written => ({
    // No label is looked at: a selector of several may select it.
    select: { ...targetOf(valueAt(target, "select")), labels: "", annotations: "" },
    rejects: itemsAt(target, "reject").map(targetOf),
    paths: textsAt(target, "fieldPaths").map(stepsOf),
  }));
  known.set(replacement, targets);
  return targets;
}

/** The steps of `spec.containers.[name=app].image`. A dot in a key is written `\.` or in brackets. */
function stepsOf(path: string): readonly string[] | undefined {
  if (path.length > LONGEST_PATH) return undefined;
  const steps = path.match(/\[[^\]]*\]|(?:\\.|[^.\\[])+/g) ?? [];
  return steps.map((step) => step.replaceAll("\\.", "."));
}

/** What stands at a key of the list item that the first steps of an image lead to. */
type KeyedText = (steps: number, key: string) => string | undefined;

/** Each is looked for once: many paths name the same key. */
function keyedTexts({ written, resource }: Flow): KeyedText {
  const texts = new Map<string, string | undefined>();
  return (steps, key) => {
    const name = `${String(steps)} ${key}`;
    if (!texts.has(name))
      texts.set(name, resource?.text([...written.slice(0, steps), key] satisfies readonly Step[]));
    return texts.get(name);
  };
}

/** What cannot be told counts as a yes: a digest in a text that is taken apart would break it. */
function isFor({ select, rejects, paths }: Written, flow: Flow, textOf: KeyedText): boolean {
  if (!selects(select, flow)) return false;
  const isKnown = flow.names.length === 1;
  if (isKnown && rejects.some((each) => selects(each, flow))) return false;
  return paths.some((steps) => steps === undefined || reaches(steps, flow, textOf));
}

/** Whether a path is that of the image, or of something that it stands in. */
function reaches(steps: readonly string[], { path, written }: Flow, textOf: KeyedText): boolean {
  if (steps.length === 0 || steps.length > path.length) return false;
  return steps.every((step, index) => {
    const own = path[index];
    if (step === "*" || step === String(own)) return true;
    const [, key, value] = /^\[([^=\]]+)=(.*)\]$/.exec(step) ?? [];
    if (typeof own !== "number" || key === undefined) return step === `[${String(own)}]`;
    const text = textOf(index + 1, key);
    return text === undefined || written.length !== path.length || text === value;
  });
}
