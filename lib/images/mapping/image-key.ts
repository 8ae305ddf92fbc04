// Whether a mapping may be an image, by the key above it and by its own keys.
import { IMAGE_KEY, LONGEST_KEY, REPOSITORY_KEY } from "../../vocabulary/keys.js";
import { MAPPING_KEYS } from "../../vocabulary/rows.js";
import type { UserRows } from "../../vocabulary/user-rows.js";
import type { Segment } from "../../vocabulary/path.js";
import type { Entry } from "../../yaml/node.js";
import { MERGE_KEY } from "../merge-key.js";

/**
 * Whether a mapping stands at a key that names an image.
 *
 * @param path of the mapping
 */
export function isAtImageKey(path: readonly Segment[]): boolean {
  const name = path.at(-1);
  const isNamed =
    typeof name === "string" &&
    name.length <= LONGEST_KEY &&
    IMAGE_KEY.test(name) &&
    !name.startsWith("default");
  if (isNamed) return true;
  // What stands below these keys are images, whatever their own keys are.
  const above = path.at(-2);
  return above === "images" || above === "image_resource";
}

/**
 * Whether a mapping is worth a closer look. Most mappings of most files end here: away from an image key one
 * part alone makes no field, unless it is an `image`, its key says that it is a repository, or other mappings
 * are merged in. `{ name: A, value: b }` stands thousands of times in some files.
 *
 * @param entries the mapping's
 * @param atImageKey whether it stands at an image key
 * @param own the user's rows
 */
export function mayBeImage(
  entries: readonly Entry[],
  atImageKey: boolean,
  own: UserRows | undefined,
): boolean {
  let parts = 0;
  let isOneEnough = atImageKey;
  for (const { key } of entries) {
    if (own?.keys.has(key) === true) return true;
    if (MAPPING_KEYS.has(key)) parts++;
    isOneEnough ||= key === "image" || key === MERGE_KEY || REPOSITORY_KEY.test(key);
  }
  return parts > (isOneEnough ? 0 : 1);
}
