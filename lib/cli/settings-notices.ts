// Says which settings do nothing: exemptions that match no image, and names of charts that are not known.
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { exemptable, exemptionFor, matchesRepository } from "../exempt.js";
import { displayText } from "../reference/display.js";
import { parseReference } from "../reference/reference.js";
import type { Exemption } from "../settings/settings.js";
import type { Survey } from "./survey.js";

/**
 * The exemptions that match nothing. Each is tried alone: another, wider one may cover the same images.
 *
 * @param surveyed the project's image fields and settings
 */
export function unmatchedExemptions({ files, settings }: Survey): readonly Exemption[] {
  const entries = new Map<string, Exemption>();
  for (const { exempt } of settings) for (const entry of exempt) entries.set(JSON.stringify(entry), entry);
  const matched = new Set<string>();
  for (const { found, path, settings: own } of files) {
    for (const entry of own.exempt) {
      const key = JSON.stringify(entry);
      const alone = { ...own, exempt: [entry] };
      if (!matched.has(key) && found.some(({ field }) => exemptionFor(exemptable(field), path, alone)))
        matched.add(key);
    }
  }
  return [...entries].flatMap(([key, entry]) => (matched.has(key) ? [] : [entry]));
}

/**
 * An exemption that matches nothing, in words, with what it would have to say.
 *
 * @param surveyed whose images may be meant
 */
export function unmatchedText(entry: Exemption, surveyed: Survey): string {
  const { image, files, field, reason } = entry;
  const parts = Object.entries({ image, files, field }).flatMap(([name, globs]) =>
    globs ? [`${name} ${globs.join(", ")}`] : [],
  );
  const meant = (image ?? []).flatMap((glob) => meantBy(glob, surveyed) ?? []);
  const advice = meant.length === 0 ? "" : `; an image is named as ${meant.join(", ")}`;
  return displayText(`${parts.join("; ")} (${reason})${advice}`, 300);
}

/** The glob with registry and path, as images are compared; `undefined` where it has them. */
function meantBy(glob: string, { files }: Survey): string | undefined {
  const names = files.flatMap(({ found }) =>
    found.flatMap(({ field: { reference } }) =>
      reference ? [`${reference.domain}/${reference.repository}`] : [],
    ),
  );
  const colon = glob.lastIndexOf(":");
  const tag = colon > glob.lastIndexOf("/") ? glob.slice(colon) : "";
  const name = tag === "" ? glob : glob.slice(0, colon);
  const wider = [`docker.io/library/${name}`, `docker.io/${name}`, `*/${name}`, `**/${name}`];
  const found = wider.find((each) => names.some((repository) => matchesRepository(repository, [each])));
  if (found !== undefined) return `${found}${tag}`;
  const parsed = parseReference(name);
  if (!parsed.ok) return undefined;
  const { domain, repository } = parsed.reference;
  const whole = `${domain}/${repository}`;
  return whole === name ? undefined : `${whole}${tag}`;
}

/**
 * A line for each exemption that matches nothing, for standard error.
 *
 * @param options the paths that the user named: where all of them are files, as in a pre-commit hook, they are
 *   a part of the project, and an exemption for the rest of it is no mistake
 */
export function exemptionNotices(
  surveyed: Survey,
  { cwd, paths }: { readonly cwd: string; readonly paths: readonly string[] },
): readonly string[] {
  const isFile = (path: string): boolean =>
    statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isFile() === true;
  if (paths.length > 0 && paths.every(isFile)) return [];
  return unmatchedExemptions(surveyed).map((entry) => `exempts nothing: ${unmatchedText(entry, surveyed)}`);
}
