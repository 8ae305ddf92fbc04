// Values in ConfigMaps and Secrets: of a kustomization's generators, or written as a resource.
import type { ValuesPlace } from "./chart-use.js";
import { at, entriesAt, itemsAt, textAt, type YamlNode } from "./document.js";
import { inline } from "./mechanism.js";
import { resourcesNamed } from "./nearest.js";
import { baseOf, fileNamed, folderOf } from "./paths.js";
import type { Survey } from "./survey.js";

const KUSTOMIZATION = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

const GENERATORS: readonly (readonly [kind: string, key: string])[] = [
  ["ConfigMap", "configMapGenerator"],
  ["Secret", "secretGenerator"],
];

interface Generator {
  readonly node: YamlNode;
  readonly namespace: string | undefined;
}

const kept = new WeakMap<Survey, ReadonlyMap<string, readonly Generator[]>>();

/** The kustomizations of a tree: every document of such a file. */
export function kustomizationsOf(survey: Survey): readonly YamlNode[] {
  return survey.files.filter((file) => KUSTOMIZATION.test(file)).flatMap((file) => survey.documents(file));
}

/**
 * Where the values of a ConfigMap or Secret stand.
 *
 * @param survey the tree
 * @param wanted its kind, name and namespace, the key in it, and the file that names it
 * @returns the files of all generators of that name, since each overlay has one, and else the resource itself
 */
export function valuesInConfigMap(
  survey: Survey,
  wanted: {
    readonly kind: string;
    readonly name: string;
    readonly namespace: string | undefined;
    readonly key: string;
    readonly file: string;
  },
): readonly ValuesPlace[] {
  const generators = kept.get(survey) ?? generatorsOf(survey);
  kept.set(survey, generators);
  const named = generators.get(`${wanted.kind}/${wanted.name}`) ?? [];
  const exact = named.filter(({ namespace }) => namespace !== undefined && namespace === wanted.namespace);
  const files = (exact.length > 0 ? exact : named).flatMap(({ node }) => filesOf(node, wanted.key));
  if (files.length > 0) return files;
  return resourcesNamed(survey, wanted, hasValues)
    .flatMap((resource) => [at(resource, "data", wanted.key), at(resource, "stringData", wanted.key)])
    .map(inline)
    .filter((place) => place !== undefined)
    .slice(0, 1);
}

function hasValues(resource: YamlNode): boolean {
  return hasKey(resource, "data") || hasKey(resource, "stringData");
}

function generatorsOf(survey: Survey): ReadonlyMap<string, readonly Generator[]> {
  const found = new Map<string, Generator[]>();
  for (const kustomization of kustomizationsOf(survey))
    for (const [kind, key] of GENERATORS)
      for (const node of itemsAt(kustomization, key)) {
        const name = `${kind}/${textAt(node, "name") ?? ""}`;
        const namespace = textAt(node, "namespace") ?? textAt(kustomization, "namespace");
        const same = found.get(name);
        if (same) same.push({ node, namespace });
        else found.set(name, [{ node, namespace }]);
      }
  return found;
}

/** The files under a key: `key=path`, or `path` alone, whose key is the file's name. */
function filesOf(generator: YamlNode, wanted: string): readonly ValuesPlace[] {
  const folder = folderOf(generator.source.file);
  return itemsAt(generator, "files").flatMap((item) => {
    const text = textAt(item) ?? "";
    const equals = text.indexOf("=");
    const key = equals < 0 ? baseOf(text) : text.slice(0, equals).trim();
    const place = key === wanted ? fileNamed(folder, text.slice(equals + 1).trim()) : undefined;
    return place ? [place] : [];
  });
}

/** Whether a mapping has a key. */
export function hasKey(node: YamlNode | undefined, key: string): boolean {
  return entriesAt(node).some(([each]) => each === key);
}
