// Which versions of ESLint the plugin needs, and what is said to an older one.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The first major version with languages, of which the plugin is one. */
const FIRST_MAJOR = 9;

/**
 * Says that an ESLint is too old.
 *
 * @param version its version
 * @returns one line; `undefined` where it is new enough
 */
export function tooOld(version: string): string | undefined {
  if (!(Number.parseInt(version, 10) < FIRST_MAJOR)) return undefined;
  const { name, peerDependencies } = require("eslint-plugin-container-images/package.json") as {
    readonly name: string;
    readonly peerDependencies: Readonly<Record<"eslint", string>>;
  };
  return (
    `${name} needs ESLint ${peerDependencies.eslint}; this is ESLint ${version}: ` +
    "npm install --save-dev eslint@latest"
  );
}

/**
 * Refuses to be loaded by an ESLint that is too old: it would only say that a key of a configuration is
 * unexpected. A process that has also loaded a newer one, such as an editor's server, is not refused.
 *
 * @throws {Error} with one line that says which ESLint is needed
 */
export function refuseOldEslint(): void {
  const versions = Object.entries(require.cache).flatMap(([path, loaded]) => {
    if (!/[\\/]eslint[\\/]package\.json$/.test(path)) return [];
    const { version } = Object(loaded?.exports) as { readonly version?: unknown };
    return typeof version === "string" ? [version] : [];
  });
  const refusals = versions.flatMap((version) => tooOld(version) ?? []);
  if (refusals[0] !== undefined && refusals.length === versions.length) throw new Error(refusals[0]);
}
