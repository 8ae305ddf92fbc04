// What a file is, as far as its path, the settings and the files beside it tell.
import type { ValuesFacts } from "../charts/values-facts.js";
import type { FateOf } from "../deployed/fate.js";
import { matchesFile } from "../exempt.js";
import type { Neighbour } from "../neighbour.js";
import type { Settings } from "../settings/settings.js";
import { CHART_FILE, DOCUMENT_NAMES, VALUES_FOLDER, VALUES_NAME } from "../vocabulary/document-names.js";
import type { DocumentKind } from "../vocabulary/row-types.js";
import type { UserRows } from "../vocabulary/user-rows.js";

/** What is known of a file before any document of it is looked at. */
export interface FileFacts {
  /** The file's path. */
  readonly filename: string;
  /** Decided: by the settings or by the name. */
  readonly kind?: DocumentKind;
  /** What a document is that has no keys of a known kind. */
  readonly otherwise: DocumentKind;
  /** What the user's settings add to the vocabulary here. */
  readonly own?: UserRows;
  /** What is known of the chart that the file's values are for. */
  readonly values?: ValuesFacts;
  /** Set where facts may complete a tag alone to an image. */
  readonly completesTags?: true;
  /** Finds out what becomes of the file's images when they are deployed; called when an image is found. */
  readonly fates?: () => FateOf | undefined;
}

/**
 * What a file is before any document of it is looked at.
 *
 * @param filename the file's path, with `/` or `\`
 * @param template whether it is a Go template
 * @param settings the user's; `files` decides before anything else
 * @param neighbour reads a file beside it; without it, a chart's folder is not recognised
 * @returns the kind of all its documents, or what a document is that no key of a known kind describes
 */
export function fileFacts(
  filename: string,
  template: boolean,
  settings: Settings,
  neighbour?: Neighbour,
): Pick<FileFacts, "kind" | "otherwise"> {
  const path = filename.replaceAll("\\", "/");
  const set = settings.files.find((rule) => matchesFile(path, rule.files));
  if (set) return { kind: set.kind, otherwise: set.kind };
  const named = DOCUMENT_NAMES.find((row) => row.name.test(path));
  if (named) return { kind: named.kind, otherwise: named.kind };
  if (VALUES_NAME.test(path)) return { otherwise: "values" };
  if (template) return { otherwise: "manifest" };
  if (!CHART_FILE.test(path) && neighbour?.("Chart.yaml") !== undefined) return { otherwise: "values" };
  if (VALUES_FOLDER.test(path) && neighbour?.("../Chart.yaml") !== undefined) return { otherwise: "values" };
  return { otherwise: "other" };
}
