// How the surroundings change on the way down: at a document, at a resource in it, and at a chart's values.
import { chartOfResource, isOnlyValues } from "../../charts/chart-of-resource.js";
import { valuesInResource, type ValuesFacts } from "../../charts/values-facts.js";
import type { DocumentKind } from "../../vocabulary/row-types.js";
import { GROUP_OF_KIND } from "../../vocabulary/api-groups.js";
import type { Entry } from "../../yaml/node.js";
import { documentKind } from "./document-kind.js";
import type { Surroundings } from "./surroundings.js";
import { topLevel, type TopLevel } from "./top-level.js";
import type { TreeContext } from "../tree-context.js";
import { valuesRoot } from "./values-root.js";

/** Documents in which a mapping may describe itself as a resource. */
const MAY_HOLD_RESOURCES: ReadonlySet<DocumentKind> = new Set([
  "manifest",
  "embedded",
  "kustomization",
  "other",
]);

/**
 * The surroundings at the top of a document.
 *
 * @param context the walk's
 * @param root the index of the event at which the document's content begins
 */
export function enterDocument(context: TreeContext, root: number): Surroundings {
  const { facts, embedded, path } = context;
  const top = topLevel(context.reading, context.tree, root);
  const kind = documentKind(facts, top);
  // A tree in a string has keys above it, from which its rows' paths do not count.
  const base = embedded === "not" ? 0 : path.length;
  return {
    kind,
    group: groupOf(top),
    resource: top.text("kind"),
    base,
    root,
    document: root,
    ...(kind === "values" && facts.values ? { values: { facts: facts.values, base } } : {}),
    ...(kind === "values" ? { ask: valuesRoot(context, root) } : {}),
  };
}

/**
 * The surroundings in a mapping, which may be a resource of its own: an item of a `List`, or a resource that
 * another one, or a file of no known kind, embeds.
 *
 * @param context the walk's
 * @param at the surroundings of the mapping
 * @param index of the mapping's event
 * @param entries the mapping's
 * @returns `at` itself where the mapping describes no resource
 */
export function enterResource(
  context: TreeContext,
  at: Surroundings,
  index: number,
  entries: readonly Entry[],
): Surroundings {
  if (!MAY_HOLD_RESOURCES.has(at.kind) || !entries.some(({ key }) => key === "kind")) return at;
  const also = at.kind === "manifest" ? ["apiVersion", "spec"] : ["apiVersion"];
  if (!entries.some(({ key }) => also.includes(key))) return at;
  const top = topLevel(context.reading, context.tree, index);
  const resource = top.text("kind");
  if (resource === "") return at;
  return {
    kind: "manifest",
    group: groupOf(top),
    resource,
    base: context.path.length,
    root: index,
    document: at.document,
  };
}

/**
 * The surroundings in values that stand in another document.
 *
 * @param context the walk's, its path being that of the values
 * @param at the surroundings of the values
 * @param root the index of the event at which they begin
 */
export function enterValues(context: TreeContext, at: Surroundings, root: number): Surroundings {
  const values = { facts: valuesFactsAt(context, at), base: context.path.length };
  return { ...at, kind: "values", values, ask: valuesRoot(context, root) };
}

/**
 * What is known of values that stand in another document: the chart that the resource around them names.
 *
 * @param context the walk's, its path being that of the values
 * @param at the surroundings of the values
 */
export function valuesFactsAt(context: TreeContext, at: Surroundings): ValuesFacts {
  const { tree, path, facts, settings } = context;
  const below = path.slice(at.base);
  const chart = chartOfResource(tree, at.root, at.resource, below);
  return valuesInResource(chart, facts.filename, settings, isOnlyValues(tree, at.root, at.resource, below));
}

function groupOf(top: TopLevel): string {
  const apiVersion = top.text("apiVersion");
  if (!top.has("apiVersion")) return GROUP_OF_KIND.get(top.text("kind")) ?? "";
  return apiVersion.includes("/") ? (apiVersion.split("/", 1)[0] ?? "") : "";
}
