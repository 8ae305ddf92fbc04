// Checks the setting `chartCatalogues`: files of the user's own that list charts.
import { isRecord, step, textsIn, Wrong } from "./checks.js";

const NAMES = ["file", "list", "chart", "repository", "version", "values"];

/** Keys with dots between, such as `helm.defaultChart`. */
const PATH = /^[^.\s{}]+(?:\.[^.\s{}]+)*$/;

/** Checks one entry of `chartCatalogues`. */
export function chartCatalogue(value: unknown): unknown {
  if (!isRecord(value)) return new Wrong("an object `{ file, list, chart, repository?, version?, values }`");
  for (const name of Object.keys(value))
    if (!NAMES.includes(name))
      return new Wrong("file, list, chart, repository, version or values", step(name));
  const file = textsIn(value["file"])?.map(withoutDot);
  if (!file || file.some((glob) => /^\/|(?:^|\/)\.\.(?:\/|$)/.test(glob)))
    return new Wrong("a glob or an array of globs, from the project's root", ".file");
  const kept: Record<string, unknown> = { file };
  for (const name of ["list", "chart", "repository", "version"]) {
    const path = value[name];
    if (path === undefined && name !== "list" && name !== "chart") continue;
    if (typeof path !== "string" || path.length > 200 || !PATH.test(path))
      return new Wrong("keys with dots between, such as `helm.chart`", `.${name}`);
    kept[name] = path;
  }
  const values = textsIn(value["values"])?.map(withoutDot);
  if (!values || values.some((glob) => glob.startsWith("/") || !hasPaths(glob)))
    return new Wrong(
      "a glob or an array of globs, with keys in braces: `components/{name}/*.yaml`",
      ".values",
    );
  return { ...kept, values };
}

function withoutDot(glob: string): string {
  return glob.replace(/^(?:\.\/)+/, "");
}

/** Whether all that stands in braces is a path of keys. */
function hasPaths(glob: string): boolean {
  const rest = glob.replace(/\{([^{}]*)\}/g, (whole, path: string) => (PATH.test(path) ? "" : whole));
  return !/[{}]/.test(rest);
}
