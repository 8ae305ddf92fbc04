// What stands at a path that a user or a file of the user names: whatever it says, nothing throws.
import { statSync, type Stats } from "node:fs";

/**
 * What the system says of a path.
 *
 * @param path of a file or a folder, or of a link to one
 * @returns `undefined` where nothing stands there: also below a file, in a circle of links, or under a name
 *   that is too long, for which Node throws whatever `throwIfNoEntry` says; never throws
 */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
