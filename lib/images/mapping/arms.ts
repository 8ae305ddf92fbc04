// The arms of template actions (`if`, `else`) in one mapping: only keys of one arm stand together.
import { EVENT_ID } from "js-yaml";
import type { Entry } from "../../yaml/node.js";
import type { Reading, Tree } from "../../yaml/reading.js";

/** The entries of each arm, by a name of the arm. */
export type Arms = ReadonlyMap<string, readonly Entry[]>;

/**
 * Groups a mapping's entries by their arms.
 *
 * @param reading the file
 * @param tree the tree that holds the mapping
 * @param entries the mapping's
 * @returns one group where the file is no template
 */
export function armsOf(reading: Reading, tree: Tree, entries: readonly Entry[]): Arms {
  if (!reading.template) return new Map([["", entries]]);
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const event = tree.events[entry.keyIndex];
    const arms = event?.type === EVENT_ID.SCALAR ? reading.armsAt(event.valueStart) : [];
    const name = arms.map((arm) => `${String(arm.chain)}:${String(arm.index)}`).join(" ");
    const group = groups.get(name);
    if (group) group.push(entry);
    else groups.set(name, [entry]);
  }
  return groups;
}

/** In which arms each key stands; empty where there is one arm only. */
export function armsByKey(arms: Arms): ReadonlyMap<string, ReadonlySet<string>> {
  const byKey = new Map<string, Set<string>>();
  if (arms.size < 2) return byKey;
  for (const [arm, entries] of arms) {
    for (const { key } of entries) {
      const found = byKey.get(key);
      if (found) found.add(arm);
      else byKey.set(key, new Set([arm]));
    }
  }
  return byKey;
}

/** Whether one of the arms is another one than `arm`. */
export function isInOtherArm(arms: ReadonlySet<string> | undefined, arm: string): boolean {
  return arms !== undefined && arms.size > (arms.has(arm) ? 1 : 0);
}
