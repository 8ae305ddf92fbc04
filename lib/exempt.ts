// Applies the setting `exempt`, in the same way for every rule and for the command.
import { createRequire } from "node:module";
import type Picomatch from "picomatch";
import type { Reference } from "./reference/reference.js";
import type { Exemption, Settings } from "./settings/settings.js";

/** The parts of an image field that an exemption can match. */
export interface Exemptable {
  /** `domain/repository`, normalised; absent where the field has no reference. */
  readonly image?: string;
  readonly tag?: string;
  /** The field's path, as `list` prints it. */
  readonly field: string;
}

type Matcher = (text: string) => boolean;

const matchers = new Map<string, Matcher>();
const require = createRequire(import.meta.url);

/**
 * Whether a file's path matches one of some globs.
 *
 * @param filename the file's path, with `/` or `\`
 * @param globs matched against the end of the path, beginning at a folder, as in .gitignore, so that the
 *   working directory does not matter; a leading `/` or `./` is ignored
 */
export function matchesFile(filename: string, globs: readonly string[]): boolean {
  const path = filename.replaceAll("\\", "/");
  return globs.some((glob) => matcher(`**/${glob.replace(/^(?:\.?\/)+/, "")}`)(path.replace(/^\/+/, "")));
}

/**
 * Whether a whole path matches one of some globs.
 *
 * @param path with `/`, from the folder from which the globs are written
 * @param globs matched from the path's beginning to its end
 */
export function matchesPath(path: string, globs: readonly string[]): boolean {
  return globs.some((glob) => matcher(glob)(path));
}

/**
 * The parts of an image field that an exemption can match.
 *
 * @param place the field's path, and its reference where it has one
 */
export function exemptable({
  field,
  reference,
}: {
  readonly field: string;
  readonly reference?: Reference;
}): Exemptable {
  return {
    field,
    ...(reference ? { image: `${reference.domain}/${reference.repository}` } : {}),
    ...(reference?.tag === undefined ? {} : { tag: reference.tag }),
  };
}

/**
 * The first entry of `settings.exempt` that covers a field.
 *
 * @param subject the field
 * @param filename the file of the field
 * @param settings the user's
 * @returns the entry, which has a reason; `undefined` where no entry covers the field
 */
export function exemptionFor(
  subject: Exemptable,
  filename: string,
  settings: Settings,
): Exemption | undefined {
  return settings.exempt.find((entry) => covers(entry, subject, filename));
}

/**
 * Whether a repository matches one of some globs.
 *
 * @param image `domain/repository`, normalised
 * @param globs over `domain/repository`, as in the setting `exempt`; a glob without a `/` means a registry
 *   and all its repositories
 */
export function matchesRepository(image: string, globs: readonly string[]): boolean {
  return globs.some((glob) => matcher(glob.includes("/") ? glob : `${glob}/**`)(image));
}

function covers(entry: Exemption, subject: Exemptable, filename: string): boolean {
  if (entry.files && !matchesFile(filename, entry.files)) return false;
  if (entry.image && !entry.image.some((glob) => matchesImage(glob, subject))) return false;
  return !entry.field || entry.field.some((glob) => matchesField(glob, subject.field));
}

function matchesImage(glob: string, { image, tag }: Exemptable): boolean {
  if (image === undefined) return false;
  const withTag = glob.lastIndexOf(":") > glob.lastIndexOf("/");
  if (!withTag) return matcher(glob)(image);
  return tag !== undefined && matcher(glob)(`${image}:${tag}`);
}

/**
 * A field's path has no `/`, so `*` would match `.` and brackets too. Keys and indices become segments for
 * the matcher.
 */
function matchesField(glob: string, field: string): boolean {
  return matcher(fieldSegments(glob))(fieldSegments(field));
}

function fieldSegments(path: string): string {
  return path
    .replaceAll("/", "\u0001")
    .replace(/\[("(?:[^"\\]|\\.)*"|\d+|\*)\]/g, (_, inside: string) =>
      inside.startsWith('"') ? `.${inside.slice(1, -1).replaceAll(".", "\u0002")}` : `.${inside}`,
    )
    .replaceAll(".", "/")
    .replace(/^\//, "");
}

function matcher(glob: string): Matcher {
  let match = matchers.get(glob);
  if (!match) {
    // Loaded here and not above, because most projects have no globs in their settings.
    const picomatch = require("picomatch") as typeof Picomatch;
    match = picomatch(glob, { dot: true, nonegate: true });
    matchers.set(glob, match);
  }
  return match;
}
