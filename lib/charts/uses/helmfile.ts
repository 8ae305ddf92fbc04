// Charts that a helmfile names: `releases[]`, with its repositories, templates and bases.
import type { ChartUse, ValuesPlace } from "./chart-use.js";
import { at, entriesAt, isMappingNode, itemsAt, textAt, type YamlNode } from "./document.js";
import { helmfilesOf, looksLikeHelmfile, type Helmfile } from "./helmfile-files.js";
import { inline, useOf, type MechanismRow } from "./mechanism.js";
import { fileNamed, filledIn, isTemplated, type Known } from "./paths.js";
import { chartReferred } from "./references.js";
import type { Survey } from "./survey.js";

/** How many templates a release may inherit from, one from the next. */
const DEEPEST_TEMPLATE = 5;

export const HELMFILE: MechanismRow = {
  mechanism: "helmfile",
  looksLike: looksLikeHelmfile,
  find: (survey) => {
    const helmfiles = helmfilesOf(survey);
    const others = new Map(helmfiles.flatMap(({ parts }) => [...repositoriesIn(parts)]));
    return helmfiles.flatMap((helmfile) => {
      const repositories = repositoriesIn(helmfile.parts);
      const context = {
        survey,
        helmfile,
        repository: (name: string) => repositories.get(name) ?? others.get(name),
      };
      return helmfile.own.flatMap((part) =>
        itemsAt(part, "releases").flatMap((release) => usesOf(context, release)),
      );
    });
  },
};

/** Keys of a release, beside `values`, that hold values or secrets of which the tree shows nothing. */
const OTHERS = ["set", "setString", "setTemplate", "setFile", "secrets", "valuesTemplate", "inherit"];

interface Context {
  readonly survey: Survey;
  readonly helmfile: Helmfile;
  readonly repository: (name: string) => string | undefined;
}

/** The URLs of repositories by their names; those of OCI registries begin with `oci://`. */
function repositoriesIn(parts: readonly YamlNode[]): ReadonlyMap<string, string> {
  return new Map(
    parts
      .flatMap((part) => itemsAt(part, "repositories"))
      .flatMap((item) => {
        const name = textAt(item, "name");
        const url = textAt(item, "url");
        if (name === undefined || url === undefined) return [];
        const oci = textAt(item, "oci") === "true";
        return [[name, oci ? `oci://${url.replace(/^\w+:\/\//, "")}` : url] as const];
      }),
  );
}

function usesOf({ survey, helmfile, repository }: Context, release: YamlNode): readonly ChartUse[] {
  const layers = [release, ...templatesOf(helmfile, release, 0)];
  const chart = layers.map((layer) => at(layer, "chart")).find((node) => textAt(node) !== undefined);
  const written = textAt(chart);
  if (!chart || written === undefined) return [];
  const name = textAt(release, "name");
  const known: Known = (expression) =>
    expression === ".Release.Name" && name !== undefined && !isTemplated(name) ? name : undefined;
  const text = filledIn(written, known);
  const named = chartReferred(survey, helmfile.folder, text, repository);
  const place = at(release, "chart") ?? at(release, "name") ?? release;
  if (!named) {
    survey.problem(place, `names no chart that can be told (helmfile "${name ?? ""}"): "${text}"`);
    return [];
  }
  const version = layers.map((layer) => textAt(layer, "version")).find((each) => each !== undefined);
  const values = layers.flatMap((layer) => valuesIn(layer, helmfile.folder, known));
  const isWhole =
    !values.includes(undefined) && layers.every((layer) => OTHERS.every((key) => !at(layer, key)));
  return [useOf("helmfile", place, named, version, values, isWhole)];
}

/** The templates that a release inherits from, and those that these inherit from. */
function templatesOf(helmfile: Helmfile, release: YamlNode, depth: number): readonly YamlNode[] {
  if (depth >= DEEPEST_TEMPLATE) return [];
  return itemsAt(release, "inherit").flatMap((item) => {
    const name = textAt(item, "template") ?? textAt(item);
    const template = name === undefined ? undefined : templateNamed(helmfile, name);
    return template ? [template, ...templatesOf(helmfile, template, depth + 1)] : [];
  });
}

function templateNamed({ parts }: Helmfile, name: string): YamlNode | undefined {
  for (const part of parts)
    for (const [key, template] of entriesAt(part, "templates")) if (key === name) return template;
  return undefined;
}

function valuesIn(layer: YamlNode, folder: string, known: Known): readonly (ValuesPlace | undefined)[] {
  return ["values", "valuesTemplate"].flatMap((key) =>
    itemsAt(layer, key).map((item) => {
      if (isMappingNode(item)) return inline(item);
      const path = textAt(item);
      return path === undefined ? undefined : fileNamed(folder, filledIn(path, known));
    }),
  );
}
