// What a file and each of its documents are, by name and by top-level keys, and so what counts as an image in them.
import type { Settings } from "../settings.js";
import { matchesFile } from "../exempt.js";
import type { DocumentKind } from "./fields.js";

/** Reads a file beside the one at hand; `undefined` where it is not there. */
export type Neighbour = (relativePath: string) => string | undefined;

/** What the path alone says. `undefined`: the document's own keys decide between manifest and other. */
interface NameRow {
  readonly name: RegExp;
  readonly kind: DocumentKind;
}

/** Matched against the whole path with `/` between folders, so that a repository below the root is read the same. */
const NAMES: readonly NameRow[] = [
  { name: /(?:^|\/)kustomization\.ya?ml$/i, kind: "kustomization" },
  { name: /(?:^|\/)(?:docker-)?compose(?:[.-][^/]*)?\.ya?ml$/i, kind: "compose" },
  { name: /(?:^|\/)[^/]*\.(?:docker-)?compose\.ya?ml$/i, kind: "compose" },
  { name: /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/, kind: "github" },
  { name: /(?:^|\/)action\.ya?ml$/, kind: "github" },
  { name: /(?:^|\/)[^/]*\.gitlab-ci\.ya?ml$/, kind: "gitlab" },
];

const VALUES_NAME = /(?:^|\/)[^/]*values[^/]*\.ya?ml$/i;
/** Chart.yaml itself holds no values, whatever stands beside it. */
const CHART_FILE = /(?:^|\/)(?:Chart|requirements)\.ya?ml$/;

/** What is known of a file before any document of it is looked at. */
export interface FileFacts {
  /** Decided: by the settings or by the name. */
  readonly kind?: DocumentKind;
  /** What a document is that has no `apiVersion` and `kind`. */
  readonly otherwise: DocumentKind;
}

/**
 * What a file is, as far as its name, the settings and the files beside it tell.
 *
 * @param filename the file's path, with `/` or `\`
 * @param template whether it is a Go template
 * @param settings the user's; `files` decides before anything else
 * @param neighbour reads a file beside it; without it, a chart's folder is not recognised
 */
export function fileFacts(filename: string, template: boolean, settings: Settings, neighbour?: Neighbour): FileFacts {
  const path = filename.replaceAll("\\", "/");
  const set = settings.files.find((rule) => matchesFile(path, rule.files));
  if (set) return { kind: set.kind, otherwise: set.kind };
  const named = NAMES.find((row) => row.name.test(path));
  if (named) return { kind: named.kind, otherwise: named.kind };
  if (VALUES_NAME.test(path)) return { otherwise: "values" };
  if (template) return { otherwise: "manifest" };
  if (!CHART_FILE.test(path) && neighbour?.("Chart.yaml") !== undefined) return { otherwise: "values" };
  return { otherwise: "other" };
}

/** Top-level keys of a document that decide its kind where the file's name does not. */
export interface TopKeys {
  has(key: string): boolean;
}

/**
 * What a document is.
 *
 * @param facts what {@link fileFacts} said of its file
 * @param keys the document's top-level keys
 */
export function documentKind(facts: FileFacts, keys: TopKeys): DocumentKind {
  if (facts.kind !== undefined) return facts.kind;
  if (keys.has("apiVersion") && keys.has("kind")) return "manifest";
  return facts.otherwise;
}
