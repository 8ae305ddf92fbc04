// Marks an image that a replacement of a kustomization writes into: nothing here says what it becomes.
import type { Flow, Step } from "./flow.js";
import { targetOf } from "./kustomization.js";
import { selects } from "./patch-target.js";
import { itemsAt, textsAt, valueAt } from "./plain.js";

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
  const targets = replacements.flatMap((each) => itemsAt(each, "targets"));
  return targets.some((target) => isFor(target, flow)) ? { ...flow, filledBy: by } : flow;
}

/** What cannot be told counts as a yes: a digest in a text that is taken apart would break it. */
function isFor(target: unknown, flow: Flow): boolean {
  const select = valueAt(target, "select");
  // No label is looked at: a selector of several may select it.
  if (!selects({ ...targetOf(select), labels: "", annotations: "" }, flow)) return false;
  const isKnown = flow.names.length === 1;
  if (isKnown && itemsAt(target, "reject").some((each) => selects(targetOf(each), flow))) return false;
  return textsAt(target, "fieldPaths").some((path) => reaches(stepsOf(path), flow));
}

/** The steps of `spec.containers.[name=app].image`. A dot in a key is written `\.` or in brackets. */
function stepsOf(path: string): readonly string[] {
  const steps = path.match(/\[[^\]]*\]|(?:\\.|[^.\\[])+/g) ?? [];
  return steps.map((step) => step.replaceAll("\\.", "."));
}

/** Whether a path is that of the image, or of something that it stands in. */
function reaches(steps: readonly string[], { path, written, resource }: Flow): boolean {
  if (steps.length === 0 || steps.length > path.length) return false;
  return steps.every((step, index) => {
    const own = path[index];
    if (step === "*" || step === String(own)) return true;
    const [, key, value] = /^\[([^=\]]+)=(.*)\]$/.exec(step) ?? [];
    if (typeof own !== "number" || key === undefined) return step === `[${String(own)}]`;
    const text = resource?.text([...written.slice(0, index + 1), key] satisfies readonly Step[]);
    return text === undefined || written.length !== path.length || text === value;
  });
}
