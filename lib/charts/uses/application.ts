// Charts that an Application or an ApplicationSet of Argo CD names.
import { matchesPath } from "../../exempt.js";
import { isChartName } from "../chart.js";
import type { ChartUse, ValuesPlace } from "./chart-use.js";
import { at, itemsAt, textAt, type YamlNode } from "./document.js";
import { generatedBy, knownOfFolder, NOTHING_GENERATED, variantsOf, type Generated } from "./generators.js";
import { inline, useOf, type MechanismRow } from "./mechanism.js";
import {
  baseOf,
  fileNamed,
  filledIn,
  folderOf,
  globNamed,
  isTemplated,
  resolvePath,
  type Known,
} from "./paths.js";
import { chartInGit, chartInTree, repositoryAt, type NamedChart } from "./references.js";
import { nameOf, type Survey } from "./survey.js";

export const APPLICATION: MechanismRow = {
  mechanism: "Application",
  kinds: ["Application"],
  find: (survey) =>
    ofArgo(survey, "Application").flatMap((resource) =>
      usesOf(survey, { mechanism: "Application", resource, generated: NOTHING_GENERATED }, ["spec"]),
    ),
};

export const APPLICATION_SET: MechanismRow = {
  mechanism: "ApplicationSet",
  kinds: ["ApplicationSet"],
  find: (survey) =>
    ofArgo(survey, "ApplicationSet").flatMap((resource) =>
      usesOf(survey, { mechanism: "ApplicationSet", resource, generated: generatedBy(resource) }, [
        "spec",
        "template",
        "spec",
      ]),
    ),
};

interface Application {
  readonly mechanism: "Application" | "ApplicationSet";
  readonly resource: YamlNode;
  readonly generated: Generated;
}

function ofArgo(survey: Survey, kind: string): readonly YamlNode[] {
  return survey
    .resources(kind)
    .filter((resource) => textAt(resource, "apiVersion")?.startsWith("argoproj.io/") ?? false);
}

function usesOf(survey: Survey, application: Application, path: readonly string[]): readonly ChartUse[] {
  const spec = at(application.resource, ...path);
  const several = itemsAt(spec, "sources");
  const one = at(spec, "source");
  const sources = several.length > 0 ? several : one ? [one] : [];
  const refs = new Set(sources.map((source) => textAt(source, "ref")).filter((ref) => ref !== undefined));
  return sources.flatMap((source) =>
    at(source, "chart")
      ? ofRepository(survey, application, source, refs)
      : ofFolder(survey, application, source, refs),
  );
}

/** `chart` of `repoURL`. */
function ofRepository(
  survey: Survey,
  { mechanism, resource, generated }: Application,
  source: YamlNode,
  refs: ReadonlySet<string>,
): readonly ChartUse[] {
  const place = at(source, "chart") ?? source;
  const written = [
    textAt(source, "chart"),
    textAt(source, "repoURL"),
    textAt(source, "targetRevision"),
  ] as const;
  const fillings: readonly Known[] = generated.folders.map(knownOfFolder);
  return variantsOf(written, generated.elements).flatMap(({ texts: [chart, url, revision], known }) => {
    const named = chartInRepository(chart ?? "", url);
    if (!named) {
      const called = nameOf(resource) ?? "";
      survey.problem(place, `names no chart that can be told (${mechanism} "${called}"): "${chart ?? ""}"`);
      return [];
    }
    const files = (fillings.length > 0 ? fillings : [undefined]).flatMap((filling) =>
      valueFiles(source, refs, undefined, known, filling),
    );
    return [
      useOf(mechanism, place, named, revision, [...files, ...inlineIn(source)], isWhole(source, files)),
    ];
  });
}

/** Argo CD takes a `repoURL` without a scheme as a registry. */
function chartInRepository(text: string, url: string | undefined): NamedChart | undefined {
  const chart = baseOf(text);
  if (!isChartName(chart)) return undefined;
  const base = url === undefined || url.includes("://") ? url : `oci://${url}`;
  const folders = folderOf(text);
  const whole = base !== undefined && folders !== "" ? `${base.replace(/\/+$/, "")}/${folders}` : base;
  return { chart, from: repositoryAt(whole) };
}

/**
 * `path` of a git repository: the tree's own folders, or one of another repository that is said to be a
 * chart.
 */
function ofFolder(
  survey: Survey,
  { mechanism, generated }: Application,
  source: YamlNode,
  refs: ReadonlySet<string>,
): readonly ChartUse[] {
  const place = at(source, "path");
  const text = textAt(place);
  if (!place || text === undefined) return [];
  return variantsOf([text], generated.elements).flatMap(({ texts: [path = ""], known }) => {
    if (!isTemplated(path)) {
      const named = chartInGit(survey, textAt(source, "repoURL"), path, textAt(source, "targetRevision"));
      const own = named?.from?.kind === "tree" ? named.from.path : undefined;
      // What is neither a chart of the tree nor said to be Helm's may be a folder of plain manifests.
      if (!named || (own === undefined && !at(source, "helm"))) return [];
      const files = valueFiles(source, refs, own, known, undefined);
      return [
        useOf(mechanism, place, named, undefined, [...files, ...inlineIn(source)], isWhole(source, files)),
      ];
    }
    return foldersMatching(survey, path, generated).flatMap((folder) => {
      const named = chartInTree(survey, folder);
      const both: Known = (expression) => known?.(expression) ?? knownOfFolder(folder)(expression);
      const files = valueFiles(source, refs, folder, both, undefined);
      return named
        ? [useOf(mechanism, place, named, undefined, [...files, ...inlineIn(source)], isWhole(source, files))]
        : [];
    });
  });
}

/** The folders of charts in the tree for which a templated path may stand. */
function foldersMatching(survey: Survey, path: string, { folders }: Generated): readonly string[] {
  const fillings: readonly (Known | undefined)[] =
    folders.length > 0 ? folders.map(knownOfFolder) : [undefined];
  const globs = fillings
    .map((known) => globNamed("", path.replace(/^\/+/, ""), known))
    .filter((glob) => glob !== undefined)
    // Of a path that is all filled in, and by what nobody says, nothing is known.
    .filter((glob) => folders.length > 0 || /[^*/]/.test(glob));
  return survey.charts().filter((folder) => matchesPath(folder, globs));
}

function valueFiles(
  source: YamlNode,
  refs: ReadonlySet<string>,
  folder: string | undefined,
  element: Known | undefined,
  filling: Known | undefined,
): readonly (ValuesPlace | undefined)[] {
  return itemsAt(source, "helm", "valueFiles").map((item) => {
    const written = textAt(item) ?? "";
    const text = element ? filledIn(written, element) : written;
    const [, ref = "", inRepository = ""] = /^\$([\w.-]+)\/(.*)$/.exec(text) ?? [];
    if (ref !== "") return refs.has(ref) ? fileNamed("", inRepository, filling) : undefined;
    if (text.startsWith("/")) return fileNamed("", text.replace(/^\/+/, ""), filling);
    // Beside a chart of a repository there are only the files in its archive.
    return folder === undefined ? undefined : fileNamed(resolvePath("", folder) ?? "", text, filling);
  });
}

/** Whether a source has no other values than in these files. */
function isWhole(source: YamlNode, files: readonly (ValuesPlace | undefined)[]): boolean {
  const others = ["parameters", "fileParameters", "values", "valuesObject"];
  return !files.includes(undefined) && others.every((key) => !at(source, "helm", key));
}

function inlineIn(source: YamlNode): readonly (ValuesPlace | undefined)[] {
  return [inline(at(source, "helm", "values")), inline(at(source, "helm", "valuesObject"))];
}
