// A chart as tools name it in one text: a folder, an archive, an OCI reference, a git URL, a name in a
// repository.
import { isChartName } from "../chart.js";
import type { ChartSource } from "./chart-use.js";
import { textAt } from "./document.js";
import { baseOf, folderOf, isTemplated, plainText, resolvePath } from "./paths.js";
import type { Survey } from "./survey.js";

/** A chart that something names. */
export interface NamedChart {
  readonly chart: string;
  readonly from: ChartSource | undefined;
  /** Where the text that names the chart says its version, too. */
  readonly version?: string | undefined;
}

/** An archive's name: the chart's, and its version. */
const ARCHIVE = /^(?<chart>.+?)-(?<version>v?\d[\w.+-]*)\.tgz$/;

/**
 * A repository of charts.
 *
 * @param url as a file has it
 * @returns the source, without a user or a password in its URL; `undefined` where the text is templated, or
 *   is
 *   no URL of a repository
 */
export function repositoryAt(url: string | undefined): ChartSource | undefined {
  if (url === undefined || isTemplated(url) || !/^(?:https?|oci):\/\/[^/\s]/.test(url)) return undefined;
  return { kind: "repository", url: withoutUser(url).replace(/\/+$/, "") };
}

/**
 * The chart of an OCI reference.
 *
 * @param reference `oci://host/path/name`, with or without a tag or a digest
 */
export function chartInRegistry(reference: string): NamedChart | undefined {
  const [whole = "", version] = split(reference.replace(/@.*$/, ""), /:(?=[^/]*$)/);
  const url = plainText(folderOf(whole));
  const chart = baseOf(whole);
  return isChartName(chart) ? { chart, from: repositoryAt(url), version: plainText(version) } : undefined;
}

/**
 * The chart in a folder or an archive of the tree.
 *
 * @param path from the tree's root; `""` is the root
 * @returns the chart with its version; `undefined` where the tree holds no chart there
 */
export function chartInTree(survey: Survey, path: string): NamedChart | undefined {
  if (path.endsWith(".tgz")) {
    const { chart = "", version } = ARCHIVE.exec(baseOf(path))?.groups ?? {};
    return survey.has(path) && isChartName(chart)
      ? { chart, from: { kind: "tree", path }, version }
      : undefined;
  }
  const file = path === "" ? "Chart.yaml" : `${path}/Chart.yaml`;
  if (!survey.has(file)) return undefined;
  const [root] = survey.documents(file);
  const chart = textAt(root, "name") ?? "";
  if (!isChartName(chart)) return undefined;
  return { chart, from: { kind: "tree", path: path || "." }, version: plainText(textAt(root, "version")) };
}

/**
 * The chart of a text, as helmfile, Fleet, skaffold and k3s name one.
 *
 * @param folder where a path in the text is read from; `undefined` where it cannot be one
 * @param text the text
 * @param repository the URL of a repository by the name that a user gave it, `""` where the text gives none
 * @returns `undefined` where the text names no chart, or a folder that the tree does not hold
 */
export function chartReferred(
  survey: Survey,
  folder: string | undefined,
  text: string,
  repository: (name: string) => string | undefined,
): NamedChart | undefined {
  if (text.startsWith("oci://")) return chartInRegistry(text);
  if (isTemplated(text)) return undefined;
  const path = folder === undefined ? undefined : resolvePath(folder, text);
  const own = path === undefined ? undefined : chartInTree(survey, path);
  if (own) return own;
  if (/^https?:\/\/[^?#]*\.tgz(?:[?#]|$)/.test(text)) return ofArchive(text);
  if (/^git(?:::|@|\+)|\.git(?:\/\/|@)/.test(text)) return ofGit(text);
  if (/^[./~]/.test(text) || text.includes("://")) return undefined;
  const chart = baseOf(text);
  if (!isChartName(chart)) return undefined;
  const known = folderOf(text);
  // A repository of an OCI registry may hold its charts in folders.
  const [name = "", ...folders] = known.split("/");
  const url = repository(name);
  // helm-git's repositories are folders of a git repository.
  if (url?.startsWith("git+")) return ofGit(url, chart);
  return { chart, from: repositoryAt(url && [url.replace(/\/+$/, ""), ...folders].join("/")) };
}

/**
 * A chart in a folder of a git repository.
 *
 * @returns the tree's own where the tree has a chart at that path
 */
export function chartInGit(
  survey: Survey,
  url: string | undefined,
  path: string,
  ref: string | undefined,
): NamedChart | undefined {
  const inside = isTemplated(path) ? undefined : resolvePath("", path.replace(/^\/+/, ""));
  if (inside === undefined) return undefined;
  const own = chartInTree(survey, inside);
  if (own) return own;
  const chart = baseOf(inside);
  if (!isChartName(chart)) return undefined;
  const plain = plainText(url);
  const from: ChartSource | undefined =
    plain === undefined ? undefined : { kind: "git", url: withoutUser(plain), path: inside, ...refOf(ref) };
  return { chart, from };
}

function refOf(ref: string | undefined): { readonly ref?: string } {
  const plain = plainText(ref);
  return plain === undefined ? {} : { ref: plain };
}

function ofArchive(url: string): NamedChart | undefined {
  const plain = url.replace(/[?#].*$/, "");
  const { chart = "", version } = ARCHIVE.exec(decoded(baseOf(plain)))?.groups ?? {};
  return isChartName(chart) ? { chart, from: repositoryAt(plain), version } : undefined;
}

/**
 * go-getter's form: `git::https://host/repo.git//path?ref=v1`; helm-git's has `@` before the path.
 *
 * @param below the chart's folder below that path
 */
function ofGit(text: string, below = ""): NamedChart | undefined {
  const [whole = "", query] = split(text.replace(/^git(?:::|\+)/, ""), /\?/);
  const host = whole.includes("://") ? whole.indexOf("://") + 3 : 0;
  const slashes = whole.indexOf("//", host);
  const sign = whole.lastIndexOf("@");
  const end = slashes < 0 && sign > whole.indexOf("/", host) ? sign : slashes;
  if (end < 0) return undefined;
  const path = resolvePath("", `${whole.slice(end).replace(/^(?:@|\/\/)/, "")}/${below}`) ?? "";
  const chart = baseOf(path);
  if (!isChartName(chart)) return undefined;
  const ref = new URLSearchParams(query).get("ref") ?? undefined;
  return { chart, from: { kind: "git", url: withoutUser(whole.slice(0, end)), path, ...refOf(ref) } };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A password does not belong into what is printed or written. */
function withoutUser(url: string): string {
  return url.replace(/^([\w+.-]+:\/\/)[^/?#]*@/, "$1");
}

function split(text: string, at: RegExp): readonly string[] {
  const found = at.exec(text);
  return found ? [text.slice(0, found.index), text.slice(found.index + found[0].length)] : [text];
}
