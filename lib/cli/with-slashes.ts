// Paths as ESLint writes them.
import { sep } from "node:path";

/**
 * A path with `/` between its names, on every system.
 *
 * @param path as the system writes it: only on Windows does `\` part names, elsewhere it may stand in one
 */
export function withSlashes(path: string): string {
  return sep === "/" ? path : path.split(sep).join("/");
}
