// What each alias of a tree stands for.
import { EVENT_ID, type Event } from "js-yaml";
import type { Tree } from "./reading.js";

/** Kept, since a mapping is read many times. */
const known = new WeakMap<Tree, ReadonlyMap<number, number>>();

/**
 * For each alias, what it stands for: the last node before it with that anchor, in the same document (YAML
 * 1.2.2, 7.1).
 *
 * @param tree the tree; its events are looked at once
 * @returns from the index of an alias's event to that of the node; without aliases that stand for nothing
 */
export function aliasTargets(tree: Tree): ReadonlyMap<number, number> {
  const targets = known.get(tree) ?? targetsOf(tree);
  known.set(tree, targets);
  return targets;
}

function targetsOf(tree: Tree): ReadonlyMap<number, number> {
  const targets = new Map<number, number>();
  // Most files have no anchor, and need no look at every event.
  if (!tree.source.includes("&")) return targets;
  const named = new Map<string, number>();
  for (const [index, event] of tree.events.entries()) {
    if (event.type === EVENT_ID.DOCUMENT) named.clear();
    const name = anchorName(tree, event);
    if (name === "") continue;
    if (event.type !== EVENT_ID.ALIAS) {
      named.set(name, index);
      continue;
    }
    const target = named.get(name);
    if (target !== undefined) targets.set(index, target);
  }
  return targets;
}

/** The name of the anchor that an event defines, or that an alias refers to; empty where there is none. */
function anchorName({ source }: Tree, event: Event): string {
  return "anchorStart" in event && event.anchorStart >= 0
    ? source.slice(event.anchorStart, event.anchorEnd)
    : "";
}
