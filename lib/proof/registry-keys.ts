// Where a chart's values may name a registry for all images.
import { isMapping, type Values } from "./values.js";

const REGISTRY_KEY = /registry|^hub$|repository$/i;
const ROOT_KEY = /registry$/i;
const BUILT_IN = "global.imageRegistry";
const MAX_PATHS = 8;

/**
 * Paths at which values may name a registry for all images: keys of `global`, keys of the mappings in it
 * (`global.image.registry`), and keys of the root.
 *
 * @param values the chart's own, joined with those of a user
 * @returns the paths, joined with dots
 */
export function registryPaths(values: Values): readonly string[] {
  const global = Object.hasOwn(values, "global") && isMapping(values["global"]) ? values["global"] : {};
  const inMappings = Object.entries(global).flatMap(([key, below]) =>
    isMapping(below) ? keysIn(below, /^registry$/i).map((name) => `${key}.${name}`) : [],
  );
  const inGlobal = [...keysIn(global, REGISTRY_KEY), ...inMappings].map((path) => `global.${path}`);
  return [...new Set([BUILT_IN, ...inGlobal, ...keysIn(values, ROOT_KEY)])].slice(0, MAX_PATHS);
}

/** Keys whose value is a text or nothing. A dot would be taken for a step of the path. */
function keysIn(mapping: Values, pattern: RegExp): readonly string[] {
  return Object.keys(mapping).filter(
    (key) =>
      pattern.test(key) && !key.includes(".") && (typeof mapping[key] === "string" || mapping[key] === null),
  );
}
