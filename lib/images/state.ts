// In which state a field is, once its parts are put together.
import { looksLikeDomain, type Reference } from "../reference/reference.js";
import type { Settings } from "../settings/settings.js";
import type { State } from "./field.js";
import type { Untagged } from "../vocabulary/row-types.js";

const LOOPBACK = /^(?:localhost|.*\.localhost|127(?:\.\d{1,3}){3}|\[(?:0*:)*0*1\])$/;

/**
 * Whether a reference is in no registry that others can reach.
 *
 * @param reference normalised
 * @param settings the user's; a loopback registry that `registries` names is a registry
 */
export function isLocal(reference: Reference, settings: Settings): boolean {
  const host = reference.domain.replace(/:\d+$/, "");
  return (
    LOOPBACK.test(host) &&
    !settings.registries.includes(reference.domain) &&
    !settings.insecureRegistries.includes(reference.domain) &&
    !Object.hasOwn(settings.mirrors, reference.domain)
  );
}

/**
 * Whether a pull policy says that the image is never pulled (Kubernetes API, Container.imagePullPolicy).
 *
 * @param policy as it is written, if it is
 */
export function neverPulled(policy: string | undefined): boolean {
  return policy === "Never";
}

/**
 * The state of a whole reference.
 *
 * @param reference what its parts compose to
 * @param options whether it is local, and how a tag that is not written is read
 */
export function stateOf(
  reference: Reference,
  options: { readonly local: boolean; readonly untagged: Untagged },
): State {
  if (options.local) return "local";
  if (reference.digest !== undefined) return "pinned";
  return reference.tag === undefined && options.untagged === "incomplete" ? "incomplete" : "unpinned";
}

/**
 * Whether the first part of a text looks like a registry.
 *
 * @param text a reference, or the beginning of one
 */
export function namesRegistry(text: string): boolean {
  const slash = text.indexOf("/");
  return slash > 0 && looksLikeDomain(text.slice(0, slash));
}
